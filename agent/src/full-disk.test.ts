import { spawnSync } from "node:child_process";
import { appendFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, expect, it } from "vitest";
import { judge } from "./checks/evaluation.ts";
import { decide } from "./cli/suspend.ts";
import { readDecision } from "./state/suspension.ts";
import { makeAssignment } from "./testdata/assignment.ts";
import { enrolledFolder } from "./testdata/enrolled-folder.ts";
import { startRig } from "./testdata/rig.ts";
import { simulateMachine } from "./testdata/simulated-machine.ts";

const BROKEN = "PASS_MAX_DAYS\t99999\n";
const GOOD = "PASS_MAX_DAYS\t00060\n";

/** A disk of two megabytes; only root can have one. */
const disk = mkdtempSync(join(tmpdir(), "compline-full-"));
const isMounted = (): boolean =>
  spawnSync("/bin/mount", ["-t", "tmpfs", "-o", "size=2m", "tmpfs", disk]).status === 0;
const canMount = isMounted();
if (canMount) spawnSync("/bin/umount", [disk]);

/** The host is elsewhere: it is not its disk that is full. */
let tree: string;

beforeEach(() => {
  isMounted();
  tree = join(disk, "practice/front-desk/etc");
  mkdirSync(tree, { recursive: true });
  writeFileSync(join(tree, "login.defs"), BROKEN);
});

afterEach(() => spawnSync("/bin/umount", [disk]));

afterAll(() => rmSync(disk, { recursive: true }));

/** Takes all there is. */
function fill(): void {
  try {
    for (let size = 65_536; ; ) appendFileSync(join(disk, "ballast"), Buffer.alloc(size));
  } catch {
    // full, which is what was wanted
  }
  try {
    for (;;) appendFileSync(join(disk, "ballast"), Buffer.alloc(512));
  } catch {
    // to the last page
  }
}

it.skipIf(!canMount)(
  "without space nothing is signed, and with space the chain goes on where it was",
  async () => {
    const ending = new AbortController();
    const seen: string[] = [];
    let sleeps = 0;
    const machine = simulateMachine(Date.parse("2026-11-23T00:00:00.000Z"), async () => {
      sleeps += 1;
      if (sleeps === 1) fill();
      writeFileSync(join(tree, "login.defs"), sleeps % 2 === 0 ? BROKEN : GOOD);
      seen.push(`${rig.loop.stops.join()} ${rig.journal.head.seq}`);
      if (sleeps === 40) rmSync(join(disk, "ballast"));
      if (sleeps === 60) ending.abort();
      return 0;
    });
    const assignment = makeAssignment({ healing: { mode: "off" }, intervalMs: 20_000 });
    const evaluator = {
      evaluate: async (task: Parameters<typeof judge>[0]) => judge(task),
      close: async () => {},
    };
    const rig = await startRig(disk, assignment, { ...machine, evaluator });
    await rig.loop.run(ending.signal);
    rig.close();

    const full = seen.filter((each) => each.startsWith("DISK_FULL"));
    expect(full.length).toBeGreaterThan(5);
    // The whole time at one place.
    expect(new Set(full).size).toBe(1);
    expect(seen.at(-1)?.startsWith(" ")).toBe(true);
    const chains = rig.bundles.map(({ chain }) => chain);
    expect(chains.map(({ seq }) => seq)).toEqual(chains.map((_, index) => index));
    expect(chains.length).toBeGreaterThan(Number(full[0]?.split(" ")[1]) + 2);
    expect(readFileSync(join(tree, "login.defs"), "utf8")).toHaveLength(BROKEN.length);
  },
  60_000,
);

it.skipIf(!canMount)(
  "a person who suspends is told that it was not written, and nothing is half written",
  () => {
    const enrolled = enrolledFolder();
    const folder = join(disk, "front-box");
    cpSync(enrolled, folder, { recursive: true });
    rmSync(join(enrolled, ".."), { recursive: true });
    fill();
    const decision = { suspended: true, reason: "the fuse box is rebuilt", at: "2026-11-23T10:00:00.000Z" };
    expect(() => decide(folder, decision)).toThrow(
      expect.objectContaining({ code: "STATE_FULL", message: expect.stringContaining("the disk is full") }),
    );
    expect(readDecision(folder)).toBe(null);
    rmSync(join(disk, "ballast"));
    decide(folder, decision);
    expect(readDecision(folder)?.suspended).toBe(true);
  },
);
