import {
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { describeFiles } from "../testdata/host-contract.ts";
import type { HostFiles } from "./host-files.ts";
import { practiceTree } from "./practice-tree.ts";

let folder: string;
let tree: string;
let outside: string;
let files: HostFiles;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "compline-tree-"));
  tree = join(folder, "tree");
  outside = join(folder, "outside");
  mkdirSync(join(tree, "etc/ssh"), { recursive: true });
  mkdirSync(outside);
  writeFileSync(join(outside, "secret"), "secret");
  writeFileSync(join(tree, "etc/ssh/sshd_config"), "PermitRootLogin no\n");
  files = practiceTree(tree);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const content = { bytes: Buffer.from("new\n"), mode: 0o640 };

describeFiles(() => {
  const inner = join(tree, "srv");
  mkdirSync(inner, { recursive: true });
  return { files, folder: inner, at: (name) => `/srv/${name}` };
});

describe("a practice host", () => {
  it("has no owners", async () => {
    const file = await files.read("/etc/ssh/sshd_config");
    expect(file).toMatchObject({ found: true, uid: null, gid: null, modifiedAt: null, error: null });
  });

  it("is unavailable when its folder is gone", async () => {
    rmSync(tree, { recursive: true });
    expect(await files.read("/etc/ssh/sshd_config")).toMatchObject({ error: "HOST_UNAVAILABLE" });
  });
});

describe("confinement", () => {
  const traps: readonly (readonly [string, () => string])[] = [
    ["a link to a file outside", () => link(join(outside, "secret"), "etc/trap")],
    ["a relative link to a file outside", () => link("../../outside/secret", "etc/trap")],
    ["a link inside the tree", () => link("ssh/sshd_config", "etc/trap")],
    ["a linked directory", () => `${link(outside, "etc/trap")}/secret`],
    ["a directory linked by a relative path", () => `${link("../../outside", "etc/trap")}/secret`],
    ["the parent of the tree", () => "/../outside/secret"],
    ["the parent in the middle", () => "/etc/../../outside/secret"],
    ["a dot component", () => "/etc/./ssh/sshd_config"],
    ["an empty component", () => "/etc//ssh/sshd_config"],
    ["a path that is not absolute", () => "etc/ssh/sshd_config"],
    ["a NUL", () => "/etc/ssh/sshd_config\0.conf"],
    ["a second name of a file outside", () => hardLink(join(outside, "secret"), "etc/trap")],
  ];

  it.each(traps)("does not read through %s", async (_, set) => {
    expect(await files.read(set())).toMatchObject({ bytes: null, error: "PATH_REFUSED" });
  });

  it.each(traps.slice(0, -1))("does not write through %s", async (_, set) => {
    await expect(files.write(set(), content)).rejects.toMatchObject({ token: "PATH_REFUSED" });
    expect(readFileSync(join(outside, "secret"), "utf8")).toBe("secret");
    expect(readdirSync(outside)).toEqual(["secret"]);
  });

  it("replaces a second name of a file outside and leaves that file as it is", async () => {
    await files.write(hardLink(join(outside, "secret"), "etc/trap"), content);
    expect(readFileSync(join(tree, "etc/trap"), "utf8")).toBe("new\n");
    expect(readFileSync(join(outside, "secret"), "utf8")).toBe("secret");
  });

  it.each(traps)("does not change a mode through %s", async (_, set) => {
    const before = statSync(join(outside, "secret")).mode;
    await expect(files.setMode(set(), 0o777)).rejects.toMatchObject({ token: "PATH_REFUSED" });
    expect(statSync(join(outside, "secret")).mode).toBe(before);
  });

  it("does not list through a linked directory", async () => {
    link(outside, "etc/trap");
    expect(await files.list("/etc/trap/*")).toEqual({ paths: [], error: "PATH_REFUSED" });
  });

  it("does not remove through a linked directory", async () => {
    link(outside, "etc/trap");
    await expect(files.remove("/etc/trap/secret")).rejects.toMatchObject({ token: "PATH_REFUSED" });
    expect(readdirSync(outside)).toEqual(["secret"]);
  });

  it("does not open a tree whose own folder is a link", async () => {
    symlinkSync(tree, join(folder, "alias"));
    const file = await practiceTree(join(folder, "alias")).read("/etc/ssh/sshd_config");
    expect(file).toMatchObject({ bytes: null, error: "HOST_UNAVAILABLE" });
  });
});

function link(target: string, name: string): string {
  symlinkSync(target, join(tree, name));
  return `/${name}`;
}

function hardLink(target: string, name: string): string {
  linkSync(target, join(tree, name));
  return `/${name}`;
}
