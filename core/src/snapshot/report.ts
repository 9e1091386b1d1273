import type { HealingMode, Risk } from "@compline/schemas";
import type { Digest, Instant } from "../evidence/statement.ts";
import type { ExpressionPlace } from "../judge/expression-place.ts";

/** What a box may do at most, written on the box at enrolment; no assignment can raise it. */
export interface BoxCeiling {
  readonly mode: HealingMode;
  readonly risk: Risk;
  /** Whether programs may be run at all. */
  readonly argv: boolean;
  /** Which hosts may be changed: `practice` leaves every real machine alone. */
  readonly hosts: "practice" | "all";
}

/** Healing stopped on the box by a person, until a person lets it go on. */
export interface Suspension {
  readonly since: Instant;
  /** In that person's words. */
  readonly reason: string;
}

/** What a person let be tried on the box, although its own pauses hold it back. */
export interface Override extends Suspension {
  /** By the box's clock. */
  readonly until: Instant;
}

/** A failing pair that is not healed now. */
export interface HeldPair {
  /** ULID. */
  readonly host: string;
  readonly check: string;
  /** A `HoldCode`, or one of a newer agent. */
  readonly code: string;
  /** Not before then, by the box's clock; null when no time ends it. */
  readonly until: Instant | null;
}

/** The most held pairs that one report names. */
export const HELD_REPORTED = 200;

/** Where an expression of a check went wrong on some host. */
export interface ReportedFault extends ExpressionPlace {
  readonly check: string;
  /** What evidence has for a reason. */
  readonly reason: string;
}

/** The most faults that one report names. */
export const FAULTS_REPORTED = 50;

/** What an appliance says of itself: liveness only, unsigned, never a verdict. */
export interface ApplianceReport {
  readonly schemaVersion: "1";
  readonly asOf: Instant;
  readonly startedAt: Instant;
  /** The newest bundle it has signed. */
  readonly head: { readonly epoch: number; readonly seq: number; readonly digest: Digest } | null;
  /** Bundles not yet accepted by the evidence API. */
  readonly outbox: number;
  /** The assignment in force. */
  readonly assignment: Digest | null;
  /** The effective mode, and codes of what lowered it. */
  readonly healing: { readonly mode: HealingMode; readonly reasons: readonly string[] };
  readonly ceiling: BoxCeiling;
  readonly suspension: Suspension | null;
  /** Null when none is in force. */
  readonly override: Override | null;
  /** The first `HELD_REPORTED` by host and check. */
  readonly held: readonly HeldPair[];
  /** The first `FAULTS_REPORTED`, each once, however many hosts show it. */
  readonly faults: readonly ReportedFault[];
  readonly software: { readonly name: string; readonly version: string };
  readonly nextRunAt: Instant | null;
  /** The largest checkpoint of its log that it was told of: the signed note, as it came. */
  readonly checkpoint: string | null;
}

/** The longest note of a checkpoint that is told or taken, in characters. */
export const CHECKPOINT_LENGTH = 4096;
