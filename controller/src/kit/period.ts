import type { Predicate } from "@compline/core";
import { instantOf, readInstant } from "../clock.ts";
import { ControllerError } from "../errors.ts";
import type { StoredBundle } from "../store/contract.ts";
import { isOfAuthority, storedPredicate } from "../store/kept-predicate.ts";

/** A period, both ends included; UTC with milliseconds. */
export interface Period {
  readonly from: string;
  readonly to: string;
}

/**
 * Reads a period that somebody typed: instants in UTC, or days, of which the first counts from its beginning and the last
 * to its end. What is still to come is cut off: nothing could be there. Throws KIT_INVALID.
 */
export function readPeriod(text: Period, nowMs: number): Period {
  const [from, end] = [readBound("from", text.from), readBound("to", text.to)];
  const to = Date.parse(end) > nowMs ? instantOf(nowMs) : end;
  if (to < from)
    throw new ControllerError("KIT_INVALID", `the period ends (${to}) before it begins (${from})`);
  return { from, to };
}

function readBound(name: keyof Period, text: string): string {
  const ofDay = name === "from" ? "T00:00:00.000Z" : "T23:59:59.999Z";
  const instant = readInstant(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}${ofDay}` : text);
  if (instant !== null) return instant;
  throw new ControllerError(
    "KIT_INVALID",
    `${name}: expected a day such as 2026-11-23, or a time in UTC such as 2026-11-23T10:00:00Z; found ${JSON.stringify(text)}`,
  );
}

/**
 * The part of a chain that a kit of a period has: from the newest snapshot that begins by the period's beginning (else
 * from the chain's), up to the last bundle that begins by its end. What lies between is whole, and so is an authority's
 * chain: what was decided later says what counts of it. Throws STORE_IO.
 */
export function bundlesOfPeriod(
  chain: readonly StoredBundle[],
  { from, to }: Period,
): readonly StoredBundle[] {
  if (chain.some((bundle) => isOfAuthority(bundle))) return chain;
  const told = chain.map((bundle) => storedPredicate(bundle));
  const first = told.findLastIndex((predicate) => startsBy(predicate, from));
  const last = told.findLastIndex((predicate) => timeOf(predicate) <= to);
  return chain.slice(Math.max(0, first), last + 1);
}

function startsBy(predicate: Predicate, from: string): boolean {
  return (
    predicate.kind === "snapshot" && (predicate.parts?.part ?? 1) === 1 && predicate.window.start <= from
  );
}

function timeOf(predicate: Predicate): string {
  return predicate.kind === "event" || predicate.kind === "authority" ? predicate.at : predicate.window.start;
}
