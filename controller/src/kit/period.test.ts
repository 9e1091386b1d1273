import { isObservation, readEnvelope } from "@compline/core";
import { describe, expect, test } from "vitest";
import type { StoredBundle } from "../store/contract.ts";
import { makeChains } from "../testdata/chain.ts";
import { bundlesOfPeriod, readPeriod } from "./period.ts";

/** A snapshot and nine deltas, as they are kept. */
const [chain] = await makeChains(1, 10);
const stored = (chain?.envelopes ?? []).map(
  (bytes, seq) => ({ bytes, seq, chain: "c", site: "s" }) as StoredBundle,
); // all that is read of it

function windowOf(seq: number): { readonly start: string; readonly end: string } {
  const read = readEnvelope(stored[seq]?.bytes ?? new Uint8Array());
  if (!read.ok || !isObservation(read.statement.predicate)) throw new Error("no observation");
  return read.statement.predicate.window;
}

const seqs = (from: string, to: string): number[] =>
  bundlesOfPeriod(stored, { from, to }).map(({ seq }) => seq);

test("a period in the middle begins at the snapshot before it, and ends with the last bundle that begins in it", () => {
  expect(seqs(windowOf(5).start, windowOf(7).start)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
});

test("a period from before the chain has it from its beginning", () => {
  expect(seqs("2000-01-01T00:00:00.000Z", "2999-01-01T00:00:00.000Z")).toHaveLength(10);
});

test("a period before the chain has nothing of it", () => {
  expect(seqs("2000-01-01T00:00:00.000Z", "2000-01-02T00:00:00.000Z")).toEqual([]);
});

describe("a period that somebody typed", () => {
  const now = Date.parse("2027-01-01T12:00:00.000Z");

  test("ends now when it would end later", () => {
    const period = readPeriod({ from: "2027-01-01", to: "2027-01-01" }, now);
    expect(period).toEqual({ from: "2027-01-01T00:00:00.000Z", to: "2027-01-01T12:00:00.000Z" });
  });

  test.each([
    ["2026-10-01", "2026-12-31", "2026-10-01T00:00:00.000Z", "2026-12-31T23:59:59.999Z"],
    ["2026-10-01", "2026-10-01", "2026-10-01T00:00:00.000Z", "2026-10-01T23:59:59.999Z"],
    [
      "2026-10-01T10:00:00Z",
      "2026-10-01T10:00:00.000Z",
      "2026-10-01T10:00:00.000Z",
      "2026-10-01T10:00:00.000Z",
    ],
  ])("%s to %s", (from, to, first, last) => {
    expect(readPeriod({ from, to }, now)).toEqual({ from: first, to: last });
  });

  test.each([
    ["2026-02-30", "2026-12-31"],
    ["2026-10-01", "2026-02-30T00:00:00Z"],
    ["2026-10-01T10:00:00+01:00", "2026-12-31"],
    ["2026-10-01 10:00", "2026-12-31"],
    ["yesterday", "2026-12-31"],
    ["", "2026-12-31"],
    ["2026-10-02", "2026-10-01"],
    ["2027-01-02", "2027-01-03"],
    ["2026-10-01T10:00:00Z", "2026-10-01T09:59:59.999Z"],
  ])("%s to %s is none", (from, to) => {
    expect(() => readPeriod({ from, to }, now)).toThrow(expect.objectContaining({ code: "KIT_INVALID" }));
  });
});
