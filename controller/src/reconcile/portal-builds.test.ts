import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Snapshot } from "@compline/core";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { createLog } from "../log.ts";
import { createMetrics } from "../metrics.ts";
import { PortalBuilds } from "./portal-builds.ts";

let folder: string;
let builds: PortalBuilds;

function make(): PortalBuilds {
  const program = join(import.meta.dirname, "testdata/fake-build.mjs");
  return new PortalBuilds({
    folder: join(folder, "portal"),
    command: [process.execPath, program, folder],
    log: createLog("silent"),
    metrics: createMetrics(),
  });
}

/** Builds look at nothing but the stamp. */
function snapshotAt(position: number): Snapshot {
  const asOf = "2026-11-23T10:00:00.000Z";
  return {
    position,
    revision: "a".repeat(40),
    asOf,
    sites: [],
    assignments: [],
  } as Partial<Snapshot> as Snapshot;
}

async function page(): Promise<string> {
  return await readFile(join(builds.state().build?.folder ?? "", "index.html"), "utf8");
}

async function runs(): Promise<readonly string[]> {
  const text = await readFile(join(folder, "runs"), "utf8").catch(() => "");
  return text.split("\n").filter((line) => line !== "");
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "compline-builds-"));
  builds = make();
  await builds.open();
});
afterEach(async () => {
  await builds.close();
  await rm(folder, { recursive: true });
});

describe("portal builds", () => {
  test("serve nothing before the first, and then the newest", async () => {
    expect(builds.state()).toEqual({ build: null, failed: false });
    builds.request(snapshotAt(1));
    await builds.idle();
    expect(await page()).toBe("1");
    expect(builds.state().build?.stamp).toEqual({
      revision: "a".repeat(40),
      position: 1,
      builtAt: "2026-11-23T10:00:00.000Z",
    });
  });

  test("run one at a time, and of those asked for meanwhile only the newest", async () => {
    await writeFile(join(folder, "hold"), "");
    builds.request(snapshotAt(1));
    await vi.waitFor(async () => expect(await runs()).toEqual(["1"]));
    for (const position of [2, 3, 4]) builds.request(snapshotAt(position));
    await rm(join(folder, "hold"));
    await builds.idle();
    expect(await runs()).toEqual(["1", "4"]);
    expect(await page()).toBe("4");
  });

  test("leave the last good one served when one fails", async () => {
    builds.request(snapshotAt(1));
    await builds.idle();
    await writeFile(join(folder, "fail"), "");
    builds.request(snapshotAt(2));
    await builds.idle();
    expect(builds.state().failed).toBe(true);
    expect(await page()).toBe("1");
    await rm(join(folder, "fail"));
    builds.request(snapshotAt(3));
    await builds.idle();
    expect([builds.state().failed, await page()]).toEqual([false, "3"]);
  });

  test("leave nothing behind when not even the snapshot can be written, as on a full disk", async () => {
    const trust = { toJSON: () => Array(600).fill("x".repeat(1_000_000)) } as unknown as string;
    builds.request({ ...snapshotAt(1), trust });
    await builds.idle();
    expect(builds.state()).toEqual({ build: null, failed: true });
    expect(await readdir(join(folder, "portal"))).toEqual(["failed.json"]);
    builds.request(snapshotAt(2));
    await builds.idle();
    expect(existsSync(join(folder, "portal/failed.json"))).toBe(false);
    expect(await page()).toBe("2");
  });

  test("keep the last two", async () => {
    for (const position of [1, 2, 3]) {
      builds.request(snapshotAt(position));
      await builds.idle();
    }
    expect((await readdir(join(folder, "portal"))).toSorted()).toEqual(["2", "2.json", "3", "3.json"]);
  });

  test("serve the newest complete one at once after a restart, and clear away what was cut off", async () => {
    builds.request(snapshotAt(1));
    await builds.idle();
    await mkdir(join(folder, "portal/2.new"));
    await mkdir(join(folder, "portal/3"));
    builds = make();
    await builds.open();
    expect(await page()).toBe("1");
    expect(existsSync(join(folder, "portal/2.new"))).toBe(false);
    builds.request(snapshotAt(5));
    await builds.idle();
    expect(await page()).toBe("5");
  });

  test("end the build that runs when they are closed", async () => {
    await writeFile(join(folder, "hold"), "");
    builds.request(snapshotAt(1));
    await vi.waitFor(async () => expect(await runs()).toEqual(["1"]));
    await builds.close();
    expect(builds.state()).toEqual({ build: null, failed: false });
    expect((await readdir(join(folder, "portal"))).filter((name) => name.endsWith(".new"))).toEqual([]);
  });
});
