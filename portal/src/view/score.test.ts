import { scoreOf, type Verdict } from "@compline/core";
import { array, assert, constantFrom, property } from "fast-check";
import { expect, test } from "vitest";
import { barParts, countOf, coverageText, fractionText, plural, scoreText } from "./score.ts";

const verdicts = array(constantFrom<Verdict>("pass", "fail", "error", "unknown", "not_applicable"));

test("a score of nothing is no data, never 0 and never 100 %", () => {
  expect(scoreText(scoreOf([]))).toBe("no data");
  expect(scoreText(scoreOf(["not_applicable"]))).toBe("no data");
  expect(fractionText(scoreOf([]))).toBe("nothing has been looked at");
  expect(fractionText(scoreOf(["not_applicable"]))).toBe("applies nowhere: 1 result, all not applicable");
});

test("only a full score reads 100 %, and only an empty one 0 %", () => {
  const almost = scoreOf([...Array.from({ length: 999 }, () => "pass" as const), "fail"]);
  const hardly = scoreOf([...Array.from({ length: 999 }, () => "fail" as const), "pass"]);
  expect(scoreText(almost)).toBe("99 %");
  expect(scoreText(hardly)).toBe("under 1 %");
  expect(scoreText(scoreOf(["pass"]))).toBe("100 %");
  expect(scoreText(scoreOf(["fail"]))).toBe("0 %");
  expect(fractionText(almost)).toBe("999 of 1000 pass");
});

test("the bar shows each verdict of the score once, in order, side by side and inside the bar", () => {
  assert(
    property(verdicts, (all) => {
      const score = scoreOf(all);
      const parts = barParts(score);
      expect(parts.reduce((sum, part) => sum + part.count, 0)).toBe(score.total);
      expect(parts.every((part) => part.count === countOf(score, part.verdict))).toBe(true);
      expect(parts.some((part) => part.verdict === "not_applicable")).toBe(false);
      for (const [at, part] of parts.entries()) {
        const before = parts[at - 1];
        expect(part.start).toBe(before === undefined ? 0 : before.start + before.width);
        expect(part.start + part.width).toBeLessThanOrEqual(1000);
      }
    }),
  );
});

test("coverage and counts read as sentences", () => {
  const states = { pass: 3, fail: 2, error: 1, unknown: 1, notApplicable: 1 };
  expect(coverageText({ ...states, attested: 20, notAssessed: 30, total: 58 }, "HIPAA")).toBe(
    "8 of 58 controls of HIPAA are looked at by this product",
  );
  expect(plural(1, "check")).toBe("1 check");
  expect(plural(2, "check")).toBe("2 checks");
});
