import * as fc from "fast-check";
import { expect, test } from "vitest";
import type { ObservationResult } from "../evidence/statement.ts";
import { noRows, type RecordedRow, rowOf, rowsAfter } from "./recorded-rows.ts";

const by = { bundle: "b".repeat(64), assignment: "a".repeat(64) };

/** Of few values each, so that many rows are alike. */
const result: fc.Arbitrary<ObservationResult> = fc.record({
  host: fc.constantFrom("H1", "H2", "H3"),
  check: fc.constantFrom("one", "two"),
  verdict: fc.constantFrom("pass", "fail"),
  reason: fc.constantFrom(null, "TIMEOUT"),
  observed: fc.option(fc.dictionary(fc.constantFrom("x", "y"), fc.constantFrom(0, 1, null)), { nil: null }),
  since: fc.constantFrom(null, "2026-11-23T10:00:00.000Z", "2026-11-23T11:00:00.000Z"),
  exception: fc.constant(null),
});

test("each pair has what was said of it last, though rows that say the same are one", () => {
  fc.assert(
    fc.property(fc.array(result, { maxLength: 12 }), (results) => {
      const rows = rowsAfter(noRows, results, by);
      for (const one of results) {
        const last = results.findLast(({ host, check }) => host === one.host && check === one.check) ?? one;
        const { verdict, reason, observed, since } = last;
        expect(rowOf(rows, one)).toEqual({ verdict, reason, observed, since, ...by } satisfies RecordedRow);
      }
    }),
  );
});

test("hosts of which a check says the same share a row, and it is not kept once for each", () => {
  const say = (host: string, port: number): ObservationResult => {
    const observed = { port };
    return { host, check: "one", verdict: "pass", reason: null, observed, since: null, exception: null };
  };
  const rows = rowsAfter(noRows, [say("H1", 22), say("H2", 22), say("H3", 2222)], by);
  const row = (host: string): RecordedRow | undefined => rowOf(rows, { host, check: "one" });
  expect(row("H1")).toBe(row("H2"));
  expect(row("H3")?.observed).toEqual({ port: 2222 });
});
