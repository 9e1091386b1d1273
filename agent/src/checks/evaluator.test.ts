import { Worker } from "node:worker_threads";
import type { CheckSpec } from "@compline/schemas";
import { afterAll, describe, expect, it, vi } from "vitest";
import { MAX_AGE, RULE } from "../testdata/assignment.ts";
import { createEvaluator } from "./evaluator.ts";

const evaluator = createEvaluator();
afterAll(() => evaluator.close());

const facts = {
  found: true,
  settings: { PASS_MAX_DAYS: "99999" },
  many: Array.from({ length: 3000 }, (_, i) => i),
};
const endless: CheckSpec = { ...MAX_AGE, assert: "facts.many.all(a, facts.many.all(b, a + b >= 0))" };

describe("the evaluator", () => {
  it("judges, and names the rules that apply to a fail", async () => {
    const rules = { yes: RULE, no: { ...RULE, when: "facts.found == false" } };
    expect(await evaluator.evaluate({ check: MAX_AGE, facts, rules })).toEqual({
      evaluation: { verdict: "fail", reason: null, observed: { maxDays: 99999 } },
      applicable: ["yes"],
      fault: null,
    });
  });

  it("says where an expression went wrong", async () => {
    const check = { ...MAX_AGE, assert: "facts.found && facts.nothing == 1" };
    const { fault } = await evaluator.evaluate({ check, facts, rules: {} });
    expect(fault).toEqual({ pointer: "/spec/assert", offset: 20 });
  });

  it("ends an expression that takes too long, and goes on with the next", async () => {
    const started = performance.now();
    const slow = evaluator.evaluate({ check: endless, facts, rules: {} });
    const next = evaluator.evaluate({ check: MAX_AGE, facts, rules: {} });
    expect(await slow).toEqual({
      evaluation: { verdict: "error", reason: "CEL_TIMEOUT", observed: null },
      applicable: [],
      fault: { pointer: "/spec/assert", offset: 0 },
    });
    expect(performance.now() - started).toBeLessThan(2500);
    expect((await next).evaluation.verdict).toBe("fail");
  });

  it("knows which expression takes too long", async () => {
    const record: CheckSpec["record"] = {
      fine: { type: "boolean", value: "true" },
      slow: { type: "boolean", value: endless.assert },
    };
    const { fault } = await evaluator.evaluate({ check: { ...MAX_AGE, record }, facts, rules: {} });
    expect(fault).toEqual({ pointer: "/spec/record/slow/value", offset: 0 });
  });

  it("ends a rule's condition that takes too long", async () => {
    const rules = { slow: { ...RULE, when: endless.assert } };
    const { evaluation, fault } = await evaluator.evaluate({ check: MAX_AGE, facts, rules });
    expect([evaluation.reason, fault]).toEqual(["CEL_TIMEOUT", null]);
  });

  it("remembers a judgement of the same facts under the same check and rules, and of no others", async () => {
    const judged = await evaluator.evaluate({ check: MAX_AGE, facts, rules: {} });
    expect(await evaluator.evaluate({ check: { ...MAX_AGE }, facts: { ...facts }, rules: {} })).toBe(judged);
    const other = { ...facts, settings: { PASS_MAX_DAYS: "60" } };
    expect((await evaluator.evaluate({ check: MAX_AGE, facts: other, rules: {} })).evaluation.verdict).toBe(
      "pass",
    );
    const strict = { ...MAX_AGE, assert: "true" };
    expect((await evaluator.evaluate({ check: strict, facts, rules: {} })).evaluation.verdict).toBe("pass");
    expect((await evaluator.evaluate({ check: MAX_AGE, facts, rules: { yes: RULE } })).applicable).toEqual([
      "yes",
    ]);
  });

  it("ends its thread when it rests, and starts another for the next task", async () => {
    const resting = createEvaluator(1);
    const terminate = vi.spyOn(Worker.prototype, "terminate");
    await resting.evaluate({ check: MAX_AGE, facts, rules: {} });
    await vi.waitFor(() => expect(terminate).toHaveBeenCalled());
    terminate.mockRestore();
    const other = { ...facts, other: 2 };
    expect((await resting.evaluate({ check: MAX_AGE, facts: other, rules: {} })).evaluation.verdict).toBe(
      "fail",
    );
    await resting.close();
  });

  it("measures processor time, so that a busy machine makes no timeout", async () => {
    await evaluator.evaluate({ check: MAX_AGE, facts, rules: {} });
    const pending = evaluator.evaluate({ check: MAX_AGE, facts: { ...facts, other: 1 }, rules: {} });
    const until = performance.now() + 300;
    while (performance.now() < until) {
      // Keeps this thread from seeing the answer for longer than the limit.
    }
    expect((await pending).evaluation.verdict).toBe("fail");
  });
});
