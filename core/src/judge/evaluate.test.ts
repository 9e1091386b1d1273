import type { CheckSpec, RuleSpec } from "@compline/schemas";
import { describe, expect, test } from "vitest";
import type { Facts } from "../facts/raw-file.ts";
import { evaluateCheck, ruleApplies } from "./evaluate.ts";
import { expressionPointers } from "./expression-place.ts";

const facts: Facts = {
  found: true,
  settings: { level: "4", word: "no", "net.x/1": "0", ["__proto__"]: "1" },
  files: [{ path: "/a", size: 3 }],
};

function check(parts: Partial<CheckSpec>): CheckSpec {
  return {
    title: "t",
    rationale: "r",
    platforms: ["linux"],
    interval: "5m",
    severity: "low",
    collect: { file: { path: "/etc/x" } },
    parse: "key-value",
    assert: "true",
    expected: "e",
    record: { found: { type: "boolean", value: "facts.found" } },
    ...parts,
  };
}

describe("the verdict", () => {
  test("is pass when assert holds and fail when it does not, each with what was observed", () => {
    const pass = evaluateCheck(check({ assert: 'facts.settings.word == "no"' }), facts);
    expect(pass).toEqual({ verdict: "pass", reason: null, observed: { found: true }, at: null });
    const fail = evaluateCheck(check({ assert: 'facts.settings.word == "yes"' }), facts);
    expect(fail).toEqual({ verdict: "fail", reason: null, observed: { found: true }, at: null });
  });

  test("is not_applicable when applicable is false, whatever assert says", () => {
    const evaluation = evaluateCheck(check({ applicable: "!facts.found", assert: "facts.absent" }), facts);
    const reason = "NOT_APPLICABLE";
    expect(evaluation).toEqual({ verdict: "not_applicable", reason, observed: null, at: null });
  });

  test.each([
    [{ assert: "facts.absent == 1" }, "CEL_ERROR", "/spec/assert", 5],
    [{ assert: "facts.found &&\n  int(facts.settings.word) > 3" }, "CEL_ERROR", "/spec/assert", 17],
    [{ assert: "facts.settings.word" }, "CEL_NOT_BOOLEAN", "/spec/assert", 0],
    [{ assert: "facts.found &&" }, "CEL_ERROR", "/spec/assert", 12],
    [{ applicable: "facts.absent" }, "CEL_ERROR", "/spec/applicable", 5],
    [{ applicable: "1" }, "CEL_NOT_BOOLEAN", "/spec/applicable", 0],
    [{ record: { a: { type: "boolean", value: "1" } } }, "CEL_NOT_BOOLEAN", "/spec/record/a/value", 0],
    [{ record: { a: { type: "integer", value: "1.5" } } }, "CEL_NOT_INTEGER", "/spec/record/a/value", 0],
    [
      { record: { a: { type: "integer", value: "9007199254740993" } } },
      "CEL_NOT_INTEGER",
      "/spec/record/a/value",
      0,
    ],
    [
      { record: { a: { type: "enum", values: ["x"], value: "1" } } },
      "CEL_NOT_ENUM",
      "/spec/record/a/value",
      0,
    ],
    [
      { record: { a: { type: "integer", value: "1 + int(facts.settings.word)" } } },
      "CEL_ERROR",
      "/spec/record/a/value",
      4,
    ],
  ] satisfies [Partial<CheckSpec>, string, string, number][])(
    "is error for %j: %s, at the character of %s",
    (parts, reason, pointer, offset) => {
      const expected = { verdict: "error", reason, observed: null, at: { pointer, offset } };
      expect(evaluateCheck(check(parts), facts)).toEqual(expected);
    },
  );

  test("is come to in the order in which the expressions of a check are named", () => {
    const parts = {
      applicable: "true",
      record: { b: { type: "integer", value: "1" }, a: { type: "integer", value: "2" } },
    } as const;
    const begun: string[] = [];
    evaluateCheck(check(parts), facts, (pointer) => begun.push(pointer));
    expect(begun).toEqual(expressionPointers(check(parts)));
  });
});

describe("what may be recorded", () => {
  test("are booleans, whole numbers, words of the list, and null", () => {
    const record: CheckSpec["record"] = {
      flag: { type: "boolean", value: "facts.found" },
      count: { type: "integer", value: "size(facts.files)" },
      size: { type: "integer", value: "facts.files[0].size" },
      word: { type: "enum", values: ["yes", "no"], value: "facts.settings.word" },
      strange: { type: "enum", values: ["yes"], value: "facts.settings.word" },
      unset: { type: "integer", value: "null" },
    };
    expect(evaluateCheck(check({ record }), facts).observed).toEqual({
      flag: true,
      count: 1,
      size: 3,
      word: "no",
      strange: "other",
      unset: null,
    });
  });

  test("a key such as __proto__ is a key like any other", () => {
    const assert = 'facts.settings["__proto__"] == "1" && facts.settings["net.x/1"] == "0"';
    expect(evaluateCheck(check({ assert }), facts).verdict).toBe("pass");
  });
});

describe("a rule applies", () => {
  const rule: RuleSpec = {
    check: "c",
    platforms: ["linux"],
    runbook: "r",
    priority: 1,
    cooldown: "10s",
    maxAttempts: 3,
    window: "24h",
    settle: "0s",
    owner: "agent",
    origin: { type: "builtin" },
  };

  test.each([
    [undefined, true],
    ["facts.found", true],
    ["!facts.found", false],
    ["facts.absent", false],
    ['"yes"', false],
  ])("when %s: %s", (when, applies) => {
    expect(ruleApplies(when === undefined ? rule : { ...rule, when }, facts)).toBe(applies);
  });
});
