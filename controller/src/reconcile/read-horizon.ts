import { instantOf, readInstant } from "../clock.ts";
import { ControllerError } from "../errors.ts";
import type { Horizon } from "./chain-book.ts";

/** What was asked for, as it was typed. */
export interface HorizonText {
  readonly at: string;
  /** The newest position when absent. */
  readonly known: string | undefined;
}

/**
 * Reads a time and a position to answer as of. Throws AS_OF_INVALID for a time that is not UTC with Z, does not exist
 * or is still to come, and for a position that is no count or beyond the newest.
 */
export function readHorizon(
  { at, known }: HorizonText,
  { nowMs, newest }: { readonly nowMs: number; readonly newest: number },
): Horizon {
  return { at: readPast(at, nowMs), known: known === undefined ? newest : readPosition(known, newest) };
}

function readPast(text: string, nowMs: number): string {
  const instant = readInstant(text);
  if (instant === null) {
    throw new ControllerError(
      "AS_OF_INVALID",
      `expected a time in UTC with Z, such as ${instantOf(nowMs).slice(0, 19)}Z; found ${JSON.stringify(text)}: a local time or a day alone names no instant`,
    );
  }
  if (Date.parse(instant) > nowMs) {
    throw new ControllerError(
      "AS_OF_INVALID",
      `${text} is still to come, it is ${instantOf(nowMs)} now; nothing can be said of it`,
    );
  }
  return instant;
}

function readPosition(text: string, newest: number): number {
  const position = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN;
  if (position <= newest) return position;
  throw new ControllerError(
    "AS_OF_INVALID",
    `expected a position from 0 to ${newest}, the newest bundle that is kept; found ${JSON.stringify(text)}`,
  );
}
