import { mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it, vi } from "vitest";
import { ExitCode } from "../exit-code.ts";
import { doctor } from "./doctor.ts";
import { examine } from "./examine.ts";
import type { Machine } from "./machine.ts";

const sound: Machine = {
  node: "26.10.0",
  npm: "11.19.1",
  git: "2.39.5",
  packages: "current",
  portalBuilt: true,
  state: { folder: "/srv/compline", writable: true },
  port: { number: 8480, free: true, ownUrl: null },
  hasProc: true,
  nowMs: Date.UTC(2026, 10, 23),
  chromium: "/usr/bin/chromium",
};

describe("a machine", () => {
  it("that has everything is sound in every point", () => {
    for (const { state, remedy } of examine(sound)) expect([state, remedy]).toEqual(["ok", null]);
  });

  it.each<[string, Partial<Machine>, string, string]>([
    ["an old Node", { node: "24.9.0" }, "Node", "missing"],
    ["no npm", { npm: null }, "npm", "missing"],
    ["an old npm", { npm: "10.9.2" }, "npm", "missing"],
    ["no git", { git: null }, "git", "missing"],
    ["an old git", { git: "2.35.9" }, "git", "missing"],
    ["no packages", { packages: "missing" }, "packages", "missing"],
    ["packages that nobody noted", { packages: "outdated" }, "packages", "optional"],
    ["no built portal", { portalBuilt: false }, "portal", "optional"],
    [
      "a state folder of another user",
      { state: { folder: "/x", writable: false } },
      "state folder",
      "missing",
    ],
    ["a taken port", { port: { number: 8480, free: false, ownUrl: null } }, "port", "missing"],
    [
      "a port taken beside ours",
      { port: { number: 8480, free: false, ownUrl: "http://127.0.0.1:18480" } },
      "port",
      "missing",
    ],
    ["no /proc", { hasProc: false }, "/proc", "optional"],
    ["a clock never set", { nowMs: 0 }, "clock", "missing"],
    ["a clock far ahead", { nowMs: Date.UTC(2107, 0) }, "clock", "missing"],
    ["no chromium", { chromium: null }, "chromium", "optional"],
  ])("with %s is told what to do about it, and about nothing else", (_, change, name, state) => {
    const notOk = examine({ ...sound, ...change }).filter((one) => one.state !== "ok");
    expect(notOk.map((one) => [one.name, one.state])).toEqual([[name, state]]);
    expect(notOk[0]?.remedy).toMatch(/\w/);
  });

  it("on which Compline runs already is sound", () => {
    const port = { number: 8480, free: false, ownUrl: "http://127.0.0.1:8480" };
    expect(examine({ ...sound, port }).filter(({ state }) => state !== "ok")).toEqual([]);
  });
});

describe("compline doctor", () => {
  afterEach(() => {
    vi.restoreAllMocks();
  });

  it("finds a taken port on this machine, ends with 3, and writes nothing", async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) => {
      server.listen(0, "127.0.0.1", () => {
        const address = server.address();
        resolve(typeof address === "object" && address !== null ? address.port : 0);
      });
    });
    const repo = await mkdtemp(join(tmpdir(), "compline-doctor-"));
    const lines: string[] = [];
    vi.spyOn(process.stdout, "write").mockImplementation((chunk) => lines.push(String(chunk)) > 0);
    const code = await doctor({ repo, state: undefined, port, output: "json" });
    server.close();
    const { ready, checks } = JSON.parse(lines.join("")) as {
      ready: boolean;
      checks: { name: string; state: string }[];
    };
    expect([code, ready]).toEqual([ExitCode.failed, false]);
    expect(checks.filter(({ state }) => state === "missing").map(({ name }) => name)).toContain("port");
    expect(await readdir(repo)).toEqual([]);
    await rm(repo, { recursive: true });
  });
});
