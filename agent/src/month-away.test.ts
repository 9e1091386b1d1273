import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isObservation, type Observation, readEnvelope } from "@compline/core";
import { afterEach, expect, it } from "vitest";
import { judge } from "./checks/evaluation.ts";
import { toInstant } from "./clock.ts";
import { makeAssignment } from "./testdata/assignment.ts";
import { makeFolder } from "./testdata/folder.ts";
import { verifyAsKit } from "./testdata/kit.ts";
import { type Rig, startRig } from "./testdata/rig.ts";
import { simulateMachine } from "./testdata/simulated-machine.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const BIRTH = Date.parse("2026-11-23T00:00:00.000Z");
const HEAL_UNTIL = toInstant(BIRTH + 7 * DAY);

const { folder, tree } = makeFolder();
let rig: Rig | null = null;

afterEach(() => {
  rig?.close();
  rmSync(folder, { recursive: true, force: true });
});

it("a box that is cut off for a month looks and signs all the while, and heals until healUntil and not a moment longer", async () => {
  const ending = new AbortController();
  let sleeps = 0;
  const machine = simulateMachine(BIRTH, async () => {
    sleeps += 1;
    // Somebody breaks it again and again.
    if (sleeps % 5 === 0) writeFileSync(join(tree, "etc/login.defs"), "PASS_MAX_DAYS 99999\n");
    if (machine.clock.now() > BIRTH + 30 * DAY) ending.abort();
    return 2 * HOUR;
  });
  rig = await startRig(folder, makeAssignment({ intervalMs: HOUR, healUntil: HEAL_UNTIL }), {
    ...machine,
    evaluator: { evaluate: async (task) => judge(task), close: async () => {} },
    keepOutbox: true,
  });
  await rig.loop.run(ending.signal);

  const envelopes = rig.store
    .waiting({ count: 10_000, bytes: Number.POSITIVE_INFINITY })
    .map(({ bytes }) => bytes);
  const bundles = envelopes.map(observationIn);
  const heals = bundles.flatMap((bundle) => bundle.heals.filter(({ outcome }) => outcome === "healed"));
  expect(heals.length).toBeGreaterThan(5);
  expect(heals.every(({ startedAt }) => startedAt <= HEAL_UNTIL)).toBe(true);
  expect(rig.loop.held).toMatchObject([{ code: "HEAL_UNTIL_PASSED", until: null }]);
  // It signs to the end, and is never silent for long.
  const ends = bundles.map(({ window }) => Date.parse(window.end));
  const gaps = ends.slice(1).map((end, at) => end - (ends[at] ?? end));
  expect(Math.max(...gaps)).toBeLessThan(4 * HOUR);
  expect(ends.at(-1)).toBeGreaterThan(BIRTH + 30 * DAY - 4 * HOUR);
  const assignment = rig.store.assignment();
  const { failures, unchecked } = await verifyAsKit({
    appliance: rig.keys.chain.id,
    publicKeys: [rig.keys.chain.publicKey],
    envelopes,
    assignments: assignment === null ? [] : [assignment],
  });
  expect(failures).toEqual([]);
  expect(unchecked.filter(({ level }) => level === "incomplete")).toEqual([]);
}, 60_000);

function observationIn(bytes: Uint8Array): Observation {
  const read = readEnvelope(bytes);
  if (!read.ok || !isObservation(read.statement.predicate)) throw new Error("not an observation");
  return read.statement.predicate;
}
