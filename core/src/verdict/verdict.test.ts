import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Verdict } from "../evidence/statement.ts";
import { freshnessMs, freshUntilMs } from "./freshness.ts";
import { scoreOf, sumOfScores } from "./score.ts";

const verdicts = fc.array(fc.constantFrom<Verdict>("pass", "fail", "error", "not_applicable", "unknown"));

describe("the score", () => {
  it("counts errors and unknowns against it and leaves out what is not applicable", () => {
    expect(scoreOf(["pass", "pass", "fail", "error", "unknown", "not_applicable"])).toEqual({
      pass: 2,
      fail: 1,
      error: 1,
      unknown: 1,
      notApplicable: 1,
      total: 5,
      value: 0.4,
    });
  });

  it.each([[[]], [["not_applicable"]], [["unknown", "unknown"]]] as [Verdict[]][])(
    "of %j is null: nothing was judged, which is neither 100 %% nor 0 %%",
    (nothing) => {
      expect(scoreOf(nothing).value).toBeNull();
    },
  );

  it("is never lowered by one more pass", () => {
    fc.assert(
      fc.property(verdicts, (some) => {
        expect(scoreOf([...some, "pass"]).value).toBeGreaterThanOrEqual(scoreOf(some).value ?? 0);
      }),
    );
  });

  it("is never raised by one more verdict that is no pass", () => {
    fc.assert(
      fc.property(verdicts, fc.constantFrom<Verdict>("fail", "error", "unknown"), (some, bad) => {
        expect(scoreOf([...some, bad]).value ?? 0).toBeLessThanOrEqual(scoreOf(some).value ?? 1);
      }),
    );
  });

  it("does not depend on the order", () => {
    fc.assert(
      fc.property(verdicts, (some) => {
        expect(scoreOf(some.toReversed())).toEqual(scoreOf(some));
        expect(scoreOf(some.toSorted())).toEqual(scoreOf(some));
      }),
    );
  });

  it("is one only when everything passed", () => {
    fc.assert(
      fc.property(verdicts, (some) => {
        const judged = some.filter((verdict) => verdict !== "not_applicable");
        const whole = judged.length > 0 && judged.every((verdict) => verdict === "pass");
        expect(scoreOf(some).value === 1).toBe(whole);
      }),
    );
  });
  it("of several parts is that of all they count", () => {
    fc.assert(
      fc.property(fc.array(verdicts), (parts) => {
        expect(sumOfScores(parts.map(scoreOf))).toEqual(scoreOf(parts.flat()));
      }),
    );
  });
});

describe("freshness", () => {
  it("is three intervals, at least ten minutes", () => {
    expect(freshnessMs(5000)).toBe(600_000);
    expect(freshnessMs(300_000)).toBe(900_000);
    expect(freshUntilMs(1000, 300_000)).toBe(901_000);
  });
});
