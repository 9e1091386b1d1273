import {
  chmodSync,
  lstatSync,
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
import { tokenOf } from "./host-files.ts";
import { openHost } from "./open-host.ts";
import { realHost } from "./real-host.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "compline-real-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string): string => join(folder, name);

describe("the real host", () => {
  it("follows links when it reads, as every program there does", async () => {
    writeFileSync(at("file"), "text");
    symlinkSync("file", at("link"));
    expect((await realHost.read(at("link"))).bytes?.toString()).toBe("text");
    expect(await realHost.read(at("none"))).toMatchObject({ found: false, error: null });
  });

  it("says the mode of a link itself, with the type bits and the owner", async () => {
    writeFileSync(at("file"), "");
    chmodSync(at("file"), 0o640);
    symlinkSync("file", at("link"));
    const { uid, gid } = statSync(at("file"));
    expect(await realHost.stat(at("file"))).toMatchObject({ mode: 0o100640, uid, gid, bytes: null });
    expect((await realHost.stat(at("link"))).mode).toBe(0o120777);
  });

  it("takes /dev/null for an empty file and any other device for none", async () => {
    symlinkSync("/dev/null", at("masked"));
    expect((await realHost.read(at("masked"))).bytes?.length).toBe(0);
    expect(await realHost.read("/dev/zero")).toMatchObject({ bytes: null, error: "NOT_A_FILE" });
  });

  it("lists a glob, sorted, and nothing for a directory that is not there", async () => {
    for (const name of ["b.conf", "a.conf", "c.txt"]) writeFileSync(at(name), "");
    expect((await realHost.list(at("*.conf"))).paths).toEqual([at("a.conf"), at("b.conf")]);
    expect(await realHost.list(at("none/*.conf"))).toEqual({ paths: [], error: null });
  });

  it("replaces what a link leads to and keeps the link", async () => {
    mkdirSync(at("real"));
    writeFileSync(at("real/file"), "old");
    symlinkSync("real/file", at("link"));
    await realHost.write(at("link"), { bytes: Buffer.from("new"), mode: 0o600 });
    expect(lstatSync(at("link")).isSymbolicLink()).toBe(true);
    expect(readFileSync(at("real/file"), "utf8")).toBe("new");
    expect(readdirSync(at("real"))).toEqual(["file"]);
  });

  it("sets modes and removes files", async () => {
    writeFileSync(at("file"), "");
    await realHost.setMode(at("file"), 0o604);
    expect(statSync(at("file")).mode & 0o7777).toBe(0o604);
    await realHost.remove(at("file"));
    expect(readdirSync(folder)).toEqual([]);
    await expect(realHost.setMode(at("file"), 0o600)).rejects.toMatchObject({ token: "DIRECTORY_MISSING" });
  });
});

describe("what the operating system refuses", () => {
  it.each([
    ["EACCES", "NEEDS_PRIVILEGE"],
    ["EPERM", "NEEDS_PRIVILEGE"],
    ["ENOENT", null],
    ["ELOOP", "PATH_REFUSED"],
    ["EIO", "IO_FAILED"],
  ])("%s is %s", (code, token) => {
    expect(tokenOf(Object.assign(new Error("text of the system"), { code }))).toBe(token);
  });

  it("a file that needs more rights is no fail", async () => {
    writeFileSync(at("file"), "");
    chmodSync(at("file"), 0);
    chmodSync(folder, 0o755);
    const seen = await asNobody(() => realHost.read(at("file")));
    expect(seen).toMatchObject({ found: true, error: "NEEDS_PRIVILEGE" });
  });
});

/** Root may read everything, so a test that runs as root looks with the rights of nobody. */
async function asNobody<T>(work: () => Promise<T>): Promise<T> {
  if (process.getuid?.() !== 0) return await work();
  process.seteuid?.(65_534);
  try {
    return await work();
  } finally {
    process.seteuid?.(0);
  }
}

describe("the root of a practice host", () => {
  it("is a folder below the appliance's own", async () => {
    mkdirSync(at("practice/host"), { recursive: true });
    writeFileSync(at("practice/host/file"), "text");
    const files = await openHost({ type: "local", root: "practice/host" }, folder);
    expect(files?.practice).toBe(true);
    expect((await files?.read("/file"))?.bytes?.toString()).toBe("text");
  });

  it.each(["/etc", "..", "../other", "practice/../..", "", "./practice", "practice//host"])(
    "is refused when it is %j",
    async (root) => expect(await openHost({ type: "local", root }, folder)).toBeNull(),
  );

  it("is refused when a link lies on the way to it", async () => {
    const outside = mkdtempSync(join(tmpdir(), "compline-outside-"));
    mkdirSync(join(outside, "host"));
    symlinkSync(outside, at("practice"));
    expect(await openHost({ type: "local", root: "practice/host" }, folder)).toBeNull();
    rmSync(outside, { recursive: true });
  });

  it("without one the host is this machine", async () => {
    expect(await openHost({ type: "local" }, folder)).toBe(realHost);
  });
});
