import type { HealAttempt } from "../heal/situation.ts";
import { pairWaits, ruleWaits } from "../heal/pauses.ts";
import type { HealLimits } from "./heal-limits.ts";
import { pairKey } from "./state.ts";
import {
  type ApplianceEvent,
  type HealRecord,
  type Instant,
  isObservation,
  type Observation,
} from "./statement.ts";

/** A bundle's place in time: by the clock that only counts what passes, and by the one that evidence goes by. */
interface Moment {
  readonly bootId: string;
  readonly monotonicMs: number;
  readonly at: Instant;
}

/** A heal that ran: no earlier than the bundle before its own was signed. */
interface Ran {
  readonly rule: string;
  readonly outcome: "healed" | "failed";
  readonly after: Moment;
}

/** Heals that ran, as far as a chain was walked without a break. */
export interface RanHeals {
  /** By pair, newest first. */
  readonly byPair: Map<string, readonly Ran[]>;
  before: Moment | null;
}

/** As many as any budget can count. */
const MOST = 20;

/** Nothing is known to have run. */
export function createRanHeals(): RanHeals {
  return { byPair: new Map(), before: null };
}

/** What comes may be without what went before. */
export function forgetRan(ran: RanHeals): void {
  ran.byPair.clear();
  ran.before = null;
}

/** Takes a bundle as the one before the next. */
export function passMoment(ran: RanHeals, bundle: Observation | ApplianceEvent): void {
  ran.before = momentOf(bundle);
}

/**
 * Answers, for each heal that names no approval, why the box had to wait for one, as its assignment says; heals are given in
 * their order, and remembered. A time is known at most by the monotonic clock of the bundles around it; what is not known is
 * long ago. FORMAT.md section 5.4.
 */
export function unapprovedHeals(
  ran: RanHeals,
  heals: readonly HealRecord[],
  { signed, limits }: { readonly signed: Observation; readonly limits: HealLimits | null },
): readonly { readonly heal: HealRecord; readonly why: string }[] {
  return heals.filter(hasRun).flatMap((heal) => {
    const key = pairKey(heal.host, heal.check);
    const earlier = ran.byPair.get(key) ?? [];
    remember(ran, key, heal);
    if (heal.approval !== null || limits === null) return [];
    const now = momentOf(signed);
    const why = waitOf(
      heal,
      limits,
      earlier.map((each) => ({ ...each, agoMs: mostBetween(each.after, now) })),
    );
    return why === null ? [] : [{ heal, why }];
  });
}

function waitOf(
  { rule }: HealRecord,
  { rules }: HealLimits,
  attempts: readonly HealAttempt[],
): string | null {
  const declared = rules.get(rule ?? "");
  const waits = [
    ...pairWaits(attempts),
    ...(declared === undefined ? [] : ruleWaits(rule ?? "", declared, attempts)),
  ];
  const [longest] = waits.toSorted((a, b) => b.leftMs - a.leftMs);
  if (longest === undefined) return null;
  const left = `for another ${Math.ceil(longest.leftMs / 1000)} s at least`;
  return longest.code === "COOLDOWN"
    ? `was just tried, and had to wait ${left}`
    : `had failed too often, ${left}`;
}

/** One that was refused before its first step changed nothing, and is counted by no box. */
function hasRun({ outcome, errorClass }: HealRecord): boolean {
  return outcome === "healed" || (outcome === "failed" && errorClass !== "PRACTICE_HOST");
}

/** One that began before the last bundle was signed (a crash cut it short) has no known time. */
function remember({ byPair, before }: RanHeals, key: string, { rule, outcome, startedAt }: HealRecord): void {
  if (before === null || startedAt < before.at) return;
  const one: Ran = { rule: rule ?? "", outcome: outcome === "healed" ? "healed" : "failed", after: before };
  byPair.set(key, [one, ...(byPair.get(key) ?? [])].slice(0, MOST));
}

function mostBetween(after: Moment, now: Moment): number {
  return after.bootId === now.bootId ? now.monotonicMs - after.monotonicMs : Number.POSITIVE_INFINITY;
}

function momentOf(bundle: Observation | ApplianceEvent): Moment {
  const { bootId, monotonicMs } = bundle.clock;
  return { bootId, monotonicMs, at: isObservation(bundle) ? bundle.window.end : bundle.at };
}
