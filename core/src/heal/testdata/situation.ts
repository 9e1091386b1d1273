import type { Assignment, RuleSpec, RunbookSpec } from "@compline/schemas";
import type { BoxCeiling } from "../../snapshot/report.ts";
import { sampleUlid } from "../../testdata/sample-tree.ts";
import type { HealPair } from "../situation.ts";

/** The ceiling that holds nothing back. */
export const OPEN_CEILING: BoxCeiling = { mode: "full", risk: "high", argv: true, hosts: "all" };

/** A rule that lets a heal follow another at once. */
export const RULE: RuleSpec = {
  check: "max-age",
  platforms: ["linux"],
  runbook: "set-max-age",
  priority: 10,
  cooldown: "0s",
  maxAttempts: 3,
  window: "24h",
  settle: "0s",
  owner: "agent",
  origin: { type: "builtin" },
};

/** The runbook of `RULE`, with a reload. */
export const RUNBOOK: RunbookSpec = {
  title: "Set it",
  platform: "linux",
  steps: [
    { setKey: { path: "/etc/login.defs", key: "PASS_MAX_DAYS", value: "90", separator: "\t" } },
    { reload: { service: "login" } },
  ],
  undo: [{ restoreFile: { path: "/etc/login.defs" } }],
  risk: "low",
  class: "account-policy",
  disruptive: false,
  reboot: false,
  timeout: "10s",
};

/** A host that is a folder. */
export const PRACTICE_HOST: Assignment["hosts"][number] = {
  id: sampleUlid("practice"),
  name: "front-desk",
  platform: "linux",
  transport: { type: "local", root: "practice/front-desk" },
};

/** The machine the box runs on. */
export const REAL_HOST: Assignment["hosts"][number] = {
  ...PRACTICE_HOST,
  name: "real",
  transport: { type: "local" },
};

/** What of an assignment the decision reads. */
export interface AssignmentInput {
  readonly rules?: Readonly<Record<string, RuleSpec>>;
  readonly runbooks?: Readonly<Record<string, RunbookSpec>>;
  readonly healing?: Partial<Assignment["healing"]>;
  readonly hosts?: Assignment["hosts"];
  readonly healUntil?: string;
}

/** An assignment as the decision needs it: without digests and files. */
export function healAssignment(input: AssignmentInput = {}): Assignment {
  const hosts = input.hosts ?? [PRACTICE_HOST];
  return {
    schemaVersion: "1",
    partner: sampleUlid("partner"),
    site: sampleUlid("site"),
    appliance: sampleUlid("box"),
    generation: 1,
    revision: "a".repeat(40),
    issuedAt: "2026-11-23T00:00:00.000Z",
    healUntil: input.healUntil ?? "2099-01-01T00:00:00.000Z",
    slice: "0".repeat(64),
    files: [],
    pairs: hosts.map(({ id }): [string, string] => [id, "max-age"]),
    checks: {},
    rules: {},
    runbooks: {},
    healing: {
      mode: "full",
      riskCeiling: "medium",
      killSwitch: false,
      windows: null,
      declaredWindows: null,
      ...input.healing,
    },
    hosts,
    intervals: { "max-age": 300_000 },
    definitions: {
      checks: {},
      rules: input.rules ?? { "max-age": RULE },
      runbooks: input.runbooks ?? { "set-max-age": RUNBOOK },
    },
    heartbeatMs: 7_200_000,
    library: { manifest: null, signature: null },
  };
}

/** A pair that fails and of which nobody was told. */
export function failingPair(change: Partial<HealPair> = {}): HealPair {
  return { host: PRACTICE_HOST.id, check: "max-age", verdict: "fail", told: null, recent: ["fail"], ...change };
}
