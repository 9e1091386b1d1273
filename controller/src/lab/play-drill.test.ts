import type { HealRecord, ObservationResult, Observed } from "@compline/core";
import { describe, expect, it } from "vitest";
import type { DrillPlan } from "./drill-plan.ts";
import type { SeenOfHost } from "./host-evidence.ts";
import type { StepWork } from "./host-steps.ts";
import { Slots } from "./slots.ts";
import { awaitReady, type DrillPorts, type Played, playDrill } from "./play-drill.ts";

const digest = "a".repeat(64);
const told: DrillPlan = {
  name: "door",
  spec: {
    check: "door",
    platform: "linux",
    break: [{ setMode: { path: "/etc/door", mode: "0666" } }],
    expect: { verdict: "fail", observed: { open: true } },
    restore: [{ reload: { service: "door" } }],
  },
  check: {
    name: "door",
    digest,
    spec: {
      title: "The door is shut",
      rationale: "A test.",
      platforms: ["linux"],
      interval: "5m",
      severity: "low",
      collect: { file: { path: "/etc/door" } },
      parse: "lines",
      assert: "true",
      expected: "shut",
      record: { open: { type: "boolean", value: "false" } },
    },
  },
  runbook: null,
  cooldownMs: 0,
};
const healable: DrillPlan = {
  ...told,
  runbook: {
    name: "shut-door",
    digest,
    spec: {
      title: "Shut it",
      platform: "linux",
      steps: [{ setMode: { path: "/etc/door", mode: "0600" } }],
      undo: [{ restoreFile: { path: "/etc/door" } }],
      risk: "low",
      class: "doors",
      disruptive: false,
      reboot: false,
      timeout: "30s",
    },
  },
};

function result(verdict: ObservationResult["verdict"], observed: Observed | null = null): SeenOfHost {
  const rest = { host: "h", check: "door", reason: null, since: null, exception: null };
  return { results: [{ ...rest, verdict, observed }], heals: [] };
}

const pass = result("pass");
const fail = result("fail", { open: true });

function heal(outcome: HealRecord["outcome"], errorClass: string | null = null): SeenOfHost {
  const healed: HealRecord = {
    host: "h",
    check: "door",
    level: outcome === "escalated" ? "L3" : "L1",
    rule: null,
    runbook: null,
    runbookDigest: null,
    before: "fail",
    after: outcome === "healed" ? "pass" : null,
    outcome,
    errorClass,
    skipped: [],
    approval: null,
    startedAt: "",
    endedAt: "",
  };
  return { results: outcome === "healed" ? pass.results : [], heals: [healed] };
}

interface Scene {
  readonly plan?: DrillPlan;
  /** What the evidence says before anything is broken, and from the break on. */
  readonly before?: readonly SeenOfHost[];
  readonly after?: readonly SeenOfHost[];
  /** When a log-in to the machine starts to fail. */
  readonly lost?: "before" | "when broken";
}

/** Plays a drill on a machine of paper; answers what came of it and what was done. */
async function played(scene: Scene): Promise<{ readonly row: Played; readonly done: readonly StepWork[] }> {
  const { plan = healable, before = [pass], after = [], lost } = scene;
  const waiting = [...before];
  const done: StepWork[] = [];
  let latest: ObservationResult | undefined;
  const take = <T>(look: (seen: SeenOfHost) => T | undefined): T | null => {
    for (let seen = waiting.shift(); seen !== undefined; seen = waiting.shift()) {
      latest = seen.results.at(-1) ?? latest;
      const found = look(seen);
      if (found !== undefined) return found;
    }
    return null;
  };
  const ports: DrillPorts = {
    machine: { run: () => Promise.resolve({ code: 0, stdout: "", stderr: "" }) },
    steps: {
      get lost() {
        const broken = done.some(({ steps }) => steps === plan.spec.break);
        return lost === "before" || (lost === "when broken" && broken) ? "HOST_UNREACHABLE" : null;
      },
      do: (work) => {
        done.push(work);
        if (work.steps === plan.spec.break) waiting.push(...after);
        return Promise.resolve(null);
      },
    },
    evidence: {
      latest: () => latest,
      sinceHealMs: () => null,
      watch: () => ({ until: (_patience, look) => Promise.resolve(take(look)) }),
    },
    slots: new Slots(1),
    patience: { baselineMs: 1000, detectMs: 1000, healMs: 1000 },
  };
  const row = (await awaitReady(plan, ports)) ?? (await playDrill(plan, ports));
  return { row, done };
}

describe("a drill of what a rule heals", () => {
  it("is healed when evidence says fail, then healed and pass; and is put back", async () => {
    const { row, done } = await played({ after: [fail, heal("healed")] });
    expect(row).toMatchObject({ outcome: "healed", reason: null, attempts: 1 });
    expect(row.detectedMs).toBeLessThanOrEqual(row.healedMs ?? -1);
    expect(done.at(-1)).toMatchObject({ putBack: true, steps: told.spec.restore });
  });

  it("that breaks nothing fails: the check still passes after the break", async () => {
    const { row, done } = await played({ after: [pass] });
    expect(row).toMatchObject({ outcome: "failed", reason: "the check still passes 1 s after the break" });
    expect(row.detectedMs).toBeNull();
    expect(done.at(-1)).toMatchObject({ putBack: true });
  });

  it("fails when the check says anything but fail, or has seen something else", async () => {
    expect((await played({ after: [result("error")] })).row.reason).toMatch(/^the check says error/);
    const other = result("fail", { open: false });
    expect((await played({ after: [other, heal("healed")] })).row).toMatchObject({
      outcome: "failed",
      reason: "the check noticed something else: expected open true; found false",
    });
  });

  it("is healed also when the check saw it half broken first", async () => {
    const half = result("fail", { open: false });
    expect((await played({ after: [half, fail, heal("healed")] })).row.outcome).toBe("healed");
  });

  it("breaks nothing on a machine on which the check does not pass", async () => {
    const { row, done } = await played({ before: [fail] });
    expect(row).toMatchObject({ outcome: "failed", brokenMs: null });
    expect(row.reason).toMatch(/^the check did not pass before anything was broken: fail/);
    expect(done.map(({ steps }) => steps)).not.toContain(told.spec.break);
  });

  it("that shuts everybody out of the machine fails, and no other is tried on it", async () => {
    const { row } = await played({ after: [fail, heal("healed")], lost: "when broken" });
    const reason = "nobody can log in to the machine any more: HOST_UNREACHABLE";
    expect(row).toMatchObject({ outcome: "failed", reason });
    const next = await played({ lost: "before" });
    expect(next.row).toMatchObject({
      outcome: "not_run",
      reason: expect.stringMatching(/^an earlier drill/),
    });
    expect(next.done).toEqual([]);
  });

  it("is not run where the check does not apply", async () => {
    const { row, done } = await played({ before: [result("not_applicable")] });
    expect(row).toMatchObject({ outcome: "not_run", reason: "the check does not apply to this system" });
    expect(done).toEqual([]);
  });

  it("breaks nothing when a person was told that the check cannot be made to pass", async () => {
    const { row, done } = await played({ before: [fail, heal("escalated", "BUDGET_SPENT"), pass] });
    expect(row).toMatchObject({ outcome: "failed" });
    expect(row.reason).toMatch(/and a person was told: BUDGET_SPENT$/);
    expect(done).toEqual([]);
  });

  it("counts every heal that was tried, and fails when a person is told in the end", async () => {
    const after = [fail, heal("failed", "TIMEOUT"), heal("failed", "TIMEOUT"), heal("healed")];
    expect((await played({ after })).row).toMatchObject({ outcome: "healed", attempts: 3 });
    const given = [fail, heal("failed", "TIMEOUT"), heal("escalated", "BUDGET_SPENT")];
    expect((await played({ after: given })).row).toMatchObject({
      outcome: "failed",
      attempts: 1,
      reason: "it was not healed, and a person was told: BUDGET_SPENT",
    });
    expect((await played({ after: [fail] })).row.reason).toBe("it was not healed within 1 s");
  });
});

describe("a drill of what a person mends", () => {
  it("is escalated when a person was told and nothing healed", async () => {
    const { row } = await played({ plan: told, after: [fail, heal("escalated", "NO_RULE")] });
    expect(row).toMatchObject({ outcome: "escalated", attempts: 0, healedMs: null });
  });

  it("fails when nobody is told, or something heals it", async () => {
    expect((await played({ plan: told, after: [fail] })).row.reason).toBe("nobody was told");
    const { row } = await played({ plan: told, after: [fail, heal("healed")] });
    expect(row).toMatchObject({ outcome: "failed", reason: "it was not left to a person: healed" });
  });
});
