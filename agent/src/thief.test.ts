import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { BoxCeiling } from "@compline/core";
import type { RunbookSpec } from "@compline/schemas";
import { afterAll, afterEach, beforeEach, describe, expect, it } from "vitest";
import { makeCredential } from "./state/credentials.ts";
import { openIdentity } from "./state/identity.ts";
import { type AssignmentInput, IDS, makeAssignment, MAX_AGE, RUNBOOK } from "./testdata/assignment.ts";
import { makeFolder, OPEN_CEILING } from "./testdata/folder.ts";
import { closeEvaluator, type Rig, startRig } from "./testdata/rig.ts";

let folder: string;
let tree: string;
let rig: Rig | null = null;

beforeEach(() => {
  ({ folder, tree } = makeFolder());
});

afterEach(() => {
  rig?.close();
  rig = null;
  rmSync(folder, { recursive: true, force: true });
});

afterAll(closeEvaluator);

const loginDefs = (): string => readFileSync(join(tree, "etc/login.defs"), "utf8");
const BROKEN = "# ageing\nPASS_MAX_DAYS\t99999\n";

/** What rigs are assigned is signed by the key that their box pinned: that is all a thief of it can do, too. */
describe("a thief of the assignment key", () => {
  it("gives the box other checks, which it runs", async () => {
    const started = await steal({ checks: { "of-a-thief": { ...MAX_AGE, assert: "true" } }, rules: {} });
    await started.runUntil(({ bundles }) => bundles.length === 1);
    expect(started.bundles[0]?.results).toMatchObject([{ check: "of-a-thief", verdict: "pass" }]);
  });

  it("gives it heals up to the box ceiling, which it does", async () => {
    const started = await steal({}, { ...OPEN_CEILING, risk: "low", argv: false, hosts: "practice" });
    await started.runUntil(({ bundles }) => bundles.some(({ heals }) => heals.length > 0));
    expect(started.bundles.flatMap(({ heals }) => heals)).toMatchObject([{ outcome: "healed" }]);
    expect(loginDefs()).not.toBe(BROKEN);
  });

  it.each<[string, BoxCeiling, Partial<RunbookSpec>]>([
    ["mode", { ...OPEN_CEILING, mode: "off" }, {}],
    ["risk", { ...OPEN_CEILING, risk: "low" }, { risk: "high" }],
  ])("does not make a box heal above the %s of its ceiling", async (_, ceiling, change) => {
    const started = await steal(
      {
        healing: { mode: "full", riskCeiling: "high" },
        runbooks: { "set-max-age": { ...RUNBOOK, ...change } },
      },
      ceiling,
    );
    await lookTwice(started);
    const heals = started.bundles.flatMap((bundle) => bundle.heals);
    // A person is told of what is not done.
    expect(heals.filter(({ outcome }) => outcome !== "escalated")).toEqual([]);
    expect(loginDefs()).toBe(BROKEN);
  });

  it("does not make a box change its own machine where the ceiling says practice hosts only", async () => {
    const file = join(folder, "of-this-machine");
    writeFileSync(file, BROKEN);
    const started = await steal(
      {
        checks: { "max-age": { ...MAX_AGE, collect: { file: { path: file } } } },
        runbooks: {
          "set-max-age": {
            ...RUNBOOK,
            steps: [{ setKey: { path: file, key: "PASS_MAX_DAYS", value: "90", separator: "\t" } }],
            undo: [{ restoreFile: { path: file } }],
          },
        },
        hosts: [{ id: IDS.real, name: "itself", platform: "linux", transport: { type: "local" } }],
      },
      { ...OPEN_CEILING, hosts: "practice" },
    );
    await lookTwice(started);
    expect(started.bundles[0]?.results).toMatchObject([{ verdict: "fail" }]);
    expect(started.loop.held).toMatchObject([{ code: "BOX_CEILING" }]);
    expect(readFileSync(file, "utf8")).toBe(BROKEN);
  });

  it("does not make an appliance take an older generation", async () => {
    const started = await steal({ generation: 5 });
    await expect(started.offer(makeAssignment({ generation: 4 }))).rejects.toThrow("GENERATION_BACK");
    await expect(started.offer(makeAssignment({ generation: 5, heartbeatMs: 3_600_000 }))).rejects.toThrow(
      "GENERATION_BACK",
    );
  });
});

describe("a thief of a key for hosts", () => {
  it("is not the appliance with it: it is no key of an appliance", () => {
    openIdentity(folder);
    makeCredential(join(folder, "credentials"), "lab");
    copyFileSync(join(folder, "credentials/lab"), join(folder, "appliance.key"));
    expect(() => openIdentity(folder)).toThrow("appliance.key cannot be read");
  });
});

async function steal(input: AssignmentInput, ceiling: BoxCeiling = OPEN_CEILING): Promise<Rig> {
  let time = 0;
  const clock = { now: () => Date.now(), monotonic: () => (time += 400_000) };
  rig = await startRig(folder, makeAssignment(input), { ceiling, clock });
  return rig;
}

/** After the second look, what the first found would have been healed. */
async function lookTwice(one: Rig): Promise<void> {
  await one.runUntil(({ passed, bundles }) => bundles.length > 0 && (passed.get("after-observe") ?? 0) >= 4);
}
