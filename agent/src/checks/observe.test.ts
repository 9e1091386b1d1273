import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Assignment, CheckSpec } from "@compline/schemas";
import { afterAll, describe, expect, it } from "vitest";
import { makeAssignment, MAX_AGE } from "../testdata/assignment.ts";
import { makeFolder } from "../testdata/folder.ts";
import { Hosts } from "../transports/hosts.ts";
import { createEvaluator } from "./evaluator.ts";
import { observePair } from "./observe.ts";
import { unshared } from "./shared-look.ts";

const evaluator = createEvaluator();
afterAll(() => evaluator.close());

const says: CheckSpec = {
  ...MAX_AGE,
  collect: { argv: { argv: ["/bin/echo", "hello"] } },
  parse: "lines",
  applicable: "true",
  assert: 'facts.lines == ["hello"]',
  record: { lines: { type: "integer", value: "size(facts.lines)" } },
};

async function seen(check: CheckSpec, options: { readonly argv: boolean; readonly practice: boolean }) {
  const { folder } = makeFolder();
  mkdirSync(join(folder, "practice/host"), { recursive: true });
  const assignment = makeAssignment({ checks: { check } });
  const hosts: Assignment["hosts"] = assignment.hosts.map((host) => ({
    ...host,
    platform: "linux",
    transport: options.practice ? { type: "local", root: "practice/host" } : { type: "local" },
  }));
  const reached = new Hosts({ folder, credentials: () => Buffer.alloc(0) });
  const ports = { evaluator, hosts: reached, share: unshared, argv: options.argv, now: () => 0 };
  const pair = { host: hosts[0]?.id ?? "", check: "check" };
  const { observation } = await observePair(ports, { ...assignment, hosts }, pair);
  return { verdict: observation.verdict, reason: observation.reason, observed: observation.observed };
}

describe.skipIf(process.platform !== "linux")("a check that runs a program", () => {
  it("judges what it printed", async () => {
    expect(await seen(says, { argv: true, practice: false })).toEqual({
      verdict: "pass",
      reason: null,
      observed: { lines: 1 },
    });
  });

  it("does not run where the box's own limit lets no program run", async () => {
    expect(await seen(says, { argv: false, practice: false })).toMatchObject({
      verdict: "error",
      reason: "ARGV_NOT_ALLOWED",
    });
  });

  it("is not for a practice host, whatever the limit says", async () => {
    for (const argv of [true, false])
      expect(await seen(says, { argv, practice: true })).toMatchObject({
        verdict: "not_applicable",
        reason: "PRACTICE_HOST",
      });
  });

  it("says why when the program is missing", async () => {
    const absent = { ...says, collect: { argv: { argv: ["/usr/bin/no-such-program"] } } };
    expect(await seen(absent, { argv: true, practice: false })).toMatchObject({ reason: "PROGRAM_MISSING" });
  });
});
