import { cpSync, rmSync } from "node:fs";
import { judge } from "../checks/evaluation.ts";
import { makeAssignment } from "../testdata/assignment.ts";
import { makeFolder } from "../testdata/folder.ts";
import { startRig } from "../testdata/rig.ts";
import { practiceFiles, shippedChecks } from "../testdata/shipped-checks.ts";
import { simulateMachine } from "../testdata/simulated-machine.ts";

const hosts = 50;
const checks = 60;
const days = 7;
const hourMs = 3_600_000;
/** A sleep of at most half a minute is so much longer: it wakes about when the next heartbeat is due. */
const slowMs = 2 * hourMs - 30_000;
const birth = Date.parse("2026-11-23T00:00:00.000Z");

/**
 * What an appliance signs in a week in which nothing changes: a heartbeat every two hours and one full snapshot, but for
 * the snapshot that it begins with. The loop, the files and the signatures are real; the time is simulated.
 */
export const bench = {
  figures: [{ name: "evidence_bytes_per_unchanged_host_day", unit: "B", goal: "<= 4096" }],
  runs: 1,
  prepare: async () => ({ run, close: async () => {} }),
};

async function run(): Promise<{ values: { evidence_bytes_per_unchanged_host_day: number } }> {
  const { folder, tree } = makeFolder();
  rmSync(tree, { recursive: true });
  cpSync(practiceFiles, tree, { recursive: true });
  try {
    const bytes = await bytesOfWeek(folder);
    return { values: { evidence_bytes_per_unchanged_host_day: bytes / days / hosts } };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function bytesOfWeek(folder: string): Promise<number> {
  const ending = new AbortController();
  const week = days * 24 * hourMs;
  const machine = simulateMachine(birth, async () => {
    // One minute into the eighth day: the weekly snapshot is in.
    if (machine.clock.now() > birth + week + 60_000) ending.abort();
    return slowMs;
  });
  const assignment = makeAssignment({
    checks: shippedChecks(checks),
    rules: {},
    runbooks: {},
    healing: { mode: "off" },
    hosts: Array.from({ length: hosts }, (_, n) => ({
      id: `01M84T0000H0ST${String(n).padStart(12, "0")}`,
      name: `host-${n}`,
      platform: "linux" as const,
      transport: { type: "local" as const, root: "practice/front-desk" },
    })),
    // How often it looks does not show in what it signs.
    intervalMs: 48 * hourMs,
  });
  const evaluator = {
    evaluate: async (task: Parameters<typeof judge>[0]) => judge(task),
    close: async () => {},
  };
  const rig = await startRig(folder, assignment, { ...machine, evaluator, keepOutbox: true });
  await rig.loop.run(ending.signal);
  const signed = rig.store.waiting({ count: 100_000, bytes: Number.POSITIVE_INFINITY });
  rig.close();
  return sizeAfterFirst(signed.map(({ bytes }) => bytes.length));
}

/** Without the files of the first snapshot: those that are larger than any heartbeat, up to the first that is not. */
function sizeAfterFirst(sizes: readonly number[]): number {
  const heartbeat = 4096;
  const first = sizes.findIndex((size) => size < heartbeat);
  const after = sizes.slice(first);
  if (first < 1 || !after.some((size) => size > heartbeat))
    throw new Error("expected two snapshots and heartbeats");
  return after.reduce((sum, size) => sum + size, 0);
}
