import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Snapshot } from "@compline/core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { PortalError } from "../errors.ts";
import { makeFixture } from "../fixture/snapshot.ts";
import { main } from "./main.ts";
import { readSnapshot } from "./read.ts";
import { routes } from "./routes.ts";
import { writeSite } from "./write.ts";

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

describe("writing a site", () => {
  const render = async (path: string): Promise<string> => `<p>${path}`;

  test("writes every page, the assets and the evidence, and replaces what was there", async () => {
    const out = join(folder, "site");
    await mkdir(out);
    await writeFile(join(out, "old.html"), "old");
    expect(await writeSite({ render, assets, snapshot }, out)).toBe(routes(snapshot).length);
    expect(await readFile(join(out, "partner/index.html"), "utf8")).toBe("<p>/partner/");
    expect(await readFile(join(out, "404.html"), "utf8")).toBe("<p>/404/");
    expect(await readFile(join(out, "portal.css"), "utf8")).toBe("p{}");
    expect(await readFile(join(out, "trust.json"), "utf8")).toBe(snapshot.trust);
    expect(await readdir(out)).not.toContain("old.html");
    expect(await readdir(folder)).toEqual(["assets", "site"]);
  });

  test("a page that cannot be rendered leaves the old site as it was and nothing behind", async () => {
    const out = join(folder, "site");
    await writeSite({ render, assets, snapshot }, out);
    // The others of its batch are slow: none of them may be written after the cleaning up.
    let rendering = 0;
    const broken = async (path: string): Promise<string> => {
      if (path === "/partner/") throw new Error("broken page");
      rendering += 1;
      await setTimeout(100);
      rendering -= 1;
      return "new";
    };
    await expect(writeSite({ render: broken, assets, snapshot }, out)).rejects.toThrow("broken page");
    expect(rendering).toBe(0);
    expect(await readFile(join(out, "partner/index.html"), "utf8")).toBe("<p>/partner/");
    expect(await readdir(folder)).toEqual(["assets", "site"]);
  });
});

describe("reading a snapshot", () => {
  const write = async (value: unknown): Promise<string> => {
    const file = join(folder, "snapshot.json");
    await writeFile(file, typeof value === "string" ? value : JSON.stringify(value));
    return file;
  };
  const codeOf = async (value: unknown): Promise<string> => {
    const error: unknown = await readSnapshot(await write(value)).catch((thrown: unknown) => thrown);
    return error instanceof PortalError ? error.code : "none";
  };

  test("gives what was written", async () => {
    expect(await readSnapshot(await write(snapshot))).toEqual(snapshot);
  });

  test.each([
    ["{", "SNAPSHOT_UNREADABLE"],
    ["null", "SNAPSHOT_VERSION"],
    ["{}", "SNAPSHOT_VERSION"],
    ['{"schemaVersion":"2"}', "SNAPSHOT_VERSION"],
  ])("refuses %s with %s", async (text, code) => {
    expect(await codeOf(text)).toBe(code);
  });

  test("refuses names and digests that would leave the folder", async () => {
    const [site, ...rest] = snapshot.sites;
    const [bundle, ...bundles] = site?.bundles ?? [];
    expect(await codeOf({ ...snapshot, sites: [{ ...site, name: "../up" }, ...rest] })).toBe("SNAPSHOT_NAME");
    const sites = [{ ...site, bundles: [{ ...bundle, digest: "../../up" }, ...bundles] }, ...rest];
    expect(await codeOf({ ...snapshot, sites })).toBe("SNAPSHOT_NAME");
  });

  test("a file that is not there is unreadable", async () => {
    await expect(readSnapshot(join(folder, "none.json"))).rejects.toMatchObject({
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
