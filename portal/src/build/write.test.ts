import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type SitePart, type Snapshot, snapshotLines } from "@compline/core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { PortalError } from "../errors.ts";
import { makeFixture } from "../fixture/snapshot.ts";
import { main } from "./main.ts";
import { makeHere } from "./make-sites.ts";
import { openSnapshot, readPart, type SnapshotFile } from "./read.ts";
import { fleetRoutes, siteRoutes } from "./routes.ts";
import type { Render } from "./site-pages.ts";
import { writePortal } from "./write.ts";

let folder: string;
let assets: string;
let snapshot: Snapshot;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "compline-portal-"));
  assets = join(folder, "assets");
  await mkdir(assets);
  await writeFile(join(assets, "portal.css"), "p{}");
  snapshot = await makeFixture();
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function written(text: string | Iterable<string>): Promise<string> {
  const file = join(folder, "snapshot.json");
  await writeFile(file, text);
  return file;
}

async function opened(of: Snapshot): Promise<SnapshotFile> {
  return openSnapshot(await written(snapshotLines(of)));
}

describe("writing a portal", () => {
  const render = async (path: string): Promise<string> => `<p>${path}`;
  const write = async (by: Render, out: string): Promise<number> =>
    writePortal({ render: by, assets, snapshot: await opened(snapshot), makeSites: makeHere(by) }, out);

  test("writes every page, the assets and the evidence, and replaces what was there", async () => {
    const out = join(folder, "site");
    await mkdir(out);
    await writeFile(join(out, "old.html"), "old");
    const { head } = await opened(snapshot);
    const paths = [...fleetRoutes(head), ...snapshot.sites.flatMap((site) => siteRoutes(head, site))];
    expect(await write(render, out)).toBe(paths.length);
    expect(await readFile(join(out, "partner/index.html"), "utf8")).toBe("<p>/partner/");
    expect(await readFile(join(out, "404.html"), "utf8")).toBe("<p>/404/");
    expect(await readFile(join(out, "portal.css"), "utf8")).toBe("p{}");
    expect(await readFile(join(out, "trust.json"), "utf8")).toBe(snapshot.trust);
    expect(await readdir(out)).not.toContain("old.html");
    expect(await readdir(folder)).toEqual(["assets", "site", "snapshot.json"]);
  });

  test("a page that cannot be rendered leaves the old site as it was and nothing behind", async () => {
    const out = join(folder, "site");
    await write(render, out);
    // What was begun before it is large: none of it may be written after the cleaning up.
    const broken = async (path: string): Promise<string> => {
      if (path === "/partner/") throw new Error("broken page");
      return "new".repeat(1_000_000);
    };
    await expect(write(broken, out)).rejects.toThrow("broken page");
    expect(await readFile(join(out, "partner/index.html"), "utf8")).toBe("<p>/partner/");
    expect(await readdir(folder)).toEqual(["assets", "site", "snapshot.json"]);
  });
});

describe("reading a snapshot", () => {
  const read = async (text: string | Iterable<string>): Promise<readonly SitePart[]> => {
    const parts: SitePart[] = [];
    for await (const line of (await openSnapshot(await written(text))).parts) parts.push(readPart(line));
    return parts;
  };
  const codeOf = async (text: string | Iterable<string>): Promise<string> => {
    const error: unknown = await read(text).catch((thrown: unknown) => thrown);
    return error instanceof PortalError ? error.code : "none";
  };

  test("gives what was written, each site with its assignments", async () => {
    const { sites, assignments, ...rest } = snapshot;
    expect((await opened(snapshot)).head).toEqual({ ...rest, siteCount: sites.length });
    const parts = await read(snapshotLines(snapshot));
    expect(parts.map(({ site }) => site)).toEqual(sites);
    expect(parts.flatMap((part) => part.assignments)).toEqual(assignments);
  });

  test.each([
    ["", "SNAPSHOT_UNREADABLE"],
    ["{", "SNAPSHOT_UNREADABLE"],
    ["null", "SNAPSHOT_VERSION"],
    ["{}", "SNAPSHOT_VERSION"],
    ['{"schemaVersion":"2"}', "SNAPSHOT_VERSION"],
  ])("refuses %j with %s", async (text, code) => {
    expect(await codeOf(text)).toBe(code);
  });

  test("refuses a file that was cut off, within a line or between two", async () => {
    const lines = [...snapshotLines(snapshot)];
    expect(await codeOf(lines)).toBe("none");
    expect(await codeOf(lines.slice(0, -1))).toBe("SNAPSHOT_UNREADABLE");
    expect(await codeOf(lines.join("").slice(0, -20))).toBe("SNAPSHOT_UNREADABLE");
  });

  test("refuses names and digests that would leave the folder", async () => {
    const [site, ...rest] = snapshot.sites;
    if (site === undefined) throw new Error("the fixture has sites");
    const named = { ...snapshot, sites: [{ ...site, name: "../up" }, ...rest] };
    expect(await codeOf(snapshotLines(named))).toBe("SNAPSHOT_NAME");
    const bundles = site.bundles.map((bundle) => ({ ...bundle, digest: "../../up" }));
    const digested = { ...snapshot, sites: [{ ...site, bundles }, ...rest] };
    expect(await codeOf(snapshotLines(digested))).toBe("SNAPSHOT_NAME");
    const checks = snapshot.checks.map((check) => ({ ...check, name: "a/b" }));
    expect(await codeOf(snapshotLines({ ...snapshot, checks }))).toBe("SNAPSHOT_NAME");
  });

  test("a file that is not there is unreadable", async () => {
    await expect(openSnapshot(join(folder, "none.json"))).rejects.toMatchObject({
      code: "SNAPSHOT_UNREADABLE",
    });
  });
});

describe("the command", () => {
  const run = async (args: readonly string[]): Promise<{ code: number; err: string[] }> => {
    const err: string[] = [];
    const code = await main(args, { out: () => {}, err: (line) => void err.push(line) });
    return { code, err };
  };

  test.each([[[]], [["--snapshot", "x"]], [["--prepare", "--out", "x"]], [["--unknown"]], [["word"]]])(
    "exits 2 with the usage for %j",
    async (args) => {
      const { code, err } = await run(args);
      expect(code).toBe(2);
      expect(err.join()).toContain("Usage:");
    },
  );
});
