import {
  chmodSync,
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
import { spawnSync } from "node:child_process";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
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

describe("reading", () => {
  it("reads a file with its mode, and says nothing about its owner", async () => {
    chmodSync(join(tree, "etc/ssh/sshd_config"), 0o600);
    const file = await files.read("/etc/ssh/sshd_config");
    expect(file.bytes?.toString()).toBe("PermitRootLogin no\n");
    expect(file).toMatchObject({ found: true, mode: 0o100600, uid: null, gid: null, error: null });
  });

  it("says of a file or directory that is not there that it is not found", async () => {
    expect(await files.read("/etc/none")).toMatchObject({ found: false, error: null });
    expect(await files.read("/none/none")).toMatchObject({ found: false, error: null });
    expect(await files.read("/etc/ssh/sshd_config/below")).toMatchObject({ found: false, error: null });
  });

  it("says that the host is unavailable when its folder is gone", async () => {
    rmSync(tree, { recursive: true });
    expect(await files.read("/etc/ssh/sshd_config")).toMatchObject({ error: "HOST_UNAVAILABLE" });
  });

  it("lists what a glob names, sorted, without directories and dot files", async () => {
    const directory = join(tree, "etc/sysctl.d");
    mkdirSync(join(directory, "z.conf"), { recursive: true });
    for (const name of ["b.conf", "a.conf", ".hidden.conf", "readme"])
      writeFileSync(join(directory, name), "");
    const { paths } = await files.list("/etc/sysctl.d/*.conf");
    expect(paths).toEqual(["/etc/sysctl.d/a.conf", "/etc/sysctl.d/b.conf"]);
    expect(await files.list("/etc/none.d/*.conf")).toEqual({ paths: [], error: null });
  });

  it("refuses a file above the limit instead of cutting it", async () => {
    writeFileSync(join(tree, "etc/large"), Buffer.alloc(1024 * 1024 + 1));
    expect(await files.read("/etc/large")).toMatchObject({
      found: true,
      bytes: null,
      error: "FILE_TOO_LARGE",
    });
  });

  it("takes a link to /dev/null for an empty file, without following it", async () => {
    symlinkSync("/dev/null", join(tree, "etc/masked.conf"));
    expect((await files.read("/etc/masked.conf")).bytes?.length).toBe(0);
  });

  it("does not wait for a FIFO", async () => {
    expect(spawnSync("mkfifo", [join(tree, "etc/fifo")]).status).toBe(0);
    expect(await files.read("/etc/fifo")).toMatchObject({ error: "NOT_A_FILE", bytes: null });
  });

  it("takes a directory for no file", async () => {
    expect(await files.read("/etc/ssh")).toMatchObject({ error: "NOT_A_FILE", bytes: null });
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

describe("changing", () => {
  it("replaces a file whole, with its mode, and leaves nothing beside it", async () => {
    await files.write("/etc/ssh/sshd_config", content);
    expect(readFileSync(join(tree, "etc/ssh/sshd_config"), "utf8")).toBe("new\n");
    expect(statSync(join(tree, "etc/ssh/sshd_config")).mode & 0o7777).toBe(0o640);
    expect(readdirSync(join(tree, "etc/ssh"))).toEqual(["sshd_config"]);
  });

  it("makes a file that was not there, but no directory", async () => {
    await files.write("/etc/ssh/new", content);
    expect(readFileSync(join(tree, "etc/ssh/new"), "utf8")).toBe("new\n");
    await expect(files.write("/etc/none/new", content)).rejects.toMatchObject({ token: "DIRECTORY_MISSING" });
  });

  it("replaces nothing but a regular file", async () => {
    await expect(files.write("/etc/ssh", content)).rejects.toMatchObject({ token: "NOT_A_FILE" });
  });

  it("sets a mode and removes a file", async () => {
    await files.setMode("/etc/ssh/sshd_config", 0o604);
    expect(statSync(join(tree, "etc/ssh/sshd_config")).mode & 0o7777).toBe(0o604);
    await files.remove("/etc/ssh/sshd_config");
    await files.remove("/etc/ssh/sshd_config");
    expect(readdirSync(join(tree, "etc/ssh"))).toEqual([]);
  });

  it("sweeps what a write that was cut short left, and writes over it", async () => {
    const left = join(tree, "etc/ssh/.sshd_config.compline-new");
    writeFileSync(left, "half");
    await files.write("/etc/ssh/sshd_config", content);
    expect(readFileSync(join(tree, "etc/ssh/sshd_config"), "utf8")).toBe("new\n");
    writeFileSync(left, "half");
    await files.sweep("/etc/ssh/sshd_config");
    expect(readdirSync(join(tree, "etc/ssh"))).toEqual(["sshd_config"]);
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
