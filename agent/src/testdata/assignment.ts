import { generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { canonicalBytes, digestOf, signAssignment, sliceDigest } from "@compline/core";
import type { Assignment, CheckSpec, RuleSpec, RunbookSpec } from "@compline/schemas";
import { nodeSha256 } from "../sha256.ts";
import type { StoredAssignment } from "../store/assignments.ts";

/** Ids that the tests use. */
export const IDS = {
  partner: "01M84T0000PARTNER000000000",
  site: "01M84T0000S1TE000000000000",
  appliance: "01M84T0000BX00000000000000",
  practice: "01M84T0000H0ST000000000000",
  real: "01M84T0000REA1000000000000",
} as const;

/** Looks at one key of a file: healable by writing it. */
export const MAX_AGE: CheckSpec = {
  title: "Passwords age",
  rationale: "A test.",
  platforms: ["linux"],
  interval: "5m",
  severity: "medium",
  collect: { file: { path: "/etc/login.defs" } },
  parse: "login-defs",
  defaults: { PASS_MAX_DAYS: "-1" },
  assert: "int(facts.settings.PASS_MAX_DAYS) <= 90 && int(facts.settings.PASS_MAX_DAYS) > 0",
  expected: "at most 90",
  record: { maxDays: { type: "integer", value: "int(facts.settings.PASS_MAX_DAYS)" } },
};

/** Looks at a mode: healable by setting it. */
export const SHADOW: CheckSpec = {
  ...MAX_AGE,
  title: "Shadow is closed",
  collect: { mode: { paths: ["/etc/shadow"] } },
  parse: "mode",
  assert: "!facts.files[0].othersRead",
  record: { othersRead: { type: "boolean", value: "facts.files[0].othersRead" } },
};

/** A rule for `MAX_AGE` that lets a heal follow another at once. */
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

/** Definitions and settings of an assignment, from which the rest follows. */
export interface AssignmentInput {
  readonly appliance?: string;
  readonly generation?: number;
  readonly revision?: string;
  readonly checks?: Readonly<Record<string, CheckSpec>>;
  readonly rules?: Readonly<Record<string, RuleSpec>>;
  readonly runbooks?: Readonly<Record<string, RunbookSpec>>;
  readonly healing?: Partial<Assignment["healing"]>;
  readonly hosts?: Assignment["hosts"];
  readonly intervalMs?: number;
  readonly healUntil?: string;
  readonly heartbeatMs?: number;
}

const PRACTICE_HOST: Assignment["hosts"][number] = {
  id: IDS.practice,
  name: "front-desk",
  platform: "linux",
  transport: { type: "local", root: "practice/front-desk" },
};

/** A complete assignment: every check on every host. */
export function makeAssignment(input: AssignmentInput = {}): Assignment {
  const checks = input.checks ?? { "max-age": MAX_AGE };
  const rules = input.rules ?? { "max-age": RULE };
  const runbooks = input.runbooks ?? { "set-max-age": RUNBOOK };
  const hosts = input.hosts ?? [PRACTICE_HOST];
  const files: [string, string][] = [["sites/a/b/site.yaml", "1".repeat(64)]];
  return {
    schemaVersion: "1",
    partner: IDS.partner,
    site: IDS.site,
    appliance: input.appliance ?? IDS.appliance,
    generation: input.generation ?? 1,
    revision: input.revision ?? "a".repeat(40),
    issuedAt: "2026-11-23T00:00:00.000Z",
    healUntil: input.healUntil ?? "2099-01-01T00:00:00.000Z",
    slice: sliceDigest(files),
    files,
    pairs: hosts.flatMap(({ id }) => Object.keys(checks).map((check): [string, string] => [id, check])),
    checks: digests("Check", checks),
    rules: digests("Rule", rules),
    runbooks: digests("Runbook", runbooks),
    healing: {
      mode: "full",
      riskCeiling: "medium",
      killSwitch: false,
      windows: null,
      declaredWindows: null,
      ...input.healing,
    },
    hosts,
    intervals: Object.fromEntries(Object.keys(checks).map((name) => [name, input.intervalMs ?? 300_000])),
    definitions: { checks, rules, runbooks },
    heartbeatMs: input.heartbeatMs ?? 7_200_000,
    library: { manifest: null, signature: null },
  };
}

/** A key that plays the controller's. */
export interface TestController {
  readonly publicKey: string;
  readonly key: KeyObject;
}

/** A new key. */
export function makeController(): TestController {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  return { key: privateKey, publicKey: publicKey.export({ type: "spki", format: "der" }).subarray(12).toString("hex") };
}

/** The assignment as the controller hands it out. */
export async function signedAssignment(controller: TestController, assignment: Assignment): Promise<StoredAssignment> {
  const bytes = canonicalBytes(assignment);
  const signature = await signAssignment(bytes, async (message) => sign(null, message, controller.key));
  return { digest: nodeSha256(bytes), signature, bytes };
}

function digests(
  kind: "Check" | "Rule" | "Runbook",
  specs: Readonly<Record<string, CheckSpec | RuleSpec | RunbookSpec>>,
): Record<string, string> {
  return Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, digestOf(kind, name, spec)]));
}
