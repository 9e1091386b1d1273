/** Test support: what every kind of host keeps to, told once. */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type HostFiles, MAX_ENTRIES, MAX_FILE_BYTES } from "../transports/host-files.ts";

/** A host's files, and one empty directory of it. */
export interface ContractPlace {
  readonly files: HostFiles;
  /** The directory as this process reaches it. */
  readonly folder: string;
  /** A name in that directory as the host calls it. */
  at(name: string): string;
}

/** Names that a shell, a list or a pattern could trip over. */
const ODD_NAMES = ["it's", "-rf", "two words", "$HOME", "a;b", "back\\slash", "[a]", "é日本", "`id`", "#x", "~"];

const content = { bytes: Buffer.from("new\n"), mode: 0o640 };

/** What is so on a practice host, on this machine and on another one. `place` is asked for anew by each test. */
export function describeFiles(place: () => ContractPlace): void {
  const path = (name: string): string => join(place().folder, name);
  const put = (name: string, text: string | Buffer): string => {
    writeFileSync(path(name), text);
    return place().at(name);
  };

  describe("reading", () => {
    it("gives every byte, and the mode with its type bits", async () => {
      const bytes = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
      const at = put("file", bytes);
      chmodSync(path("file"), 0o640);
      const file = await place().files.read(at);
      expect(file.bytes?.equals(bytes)).toBe(true);
      expect(file).toMatchObject({ path: at, found: true, mode: 0o100640, error: null });
    });

    it("gives an empty file, and one without a last line end", async () => {
      expect((await place().files.read(put("empty", ""))).bytes?.length).toBe(0);
      expect((await place().files.read(put("open", "a\nb"))).bytes?.toString()).toBe("a\nb");
    });

    it("says of what is not there that it is not found", async () => {
      const at = put("file", "");
      for (const missing of [place().at("none"), place().at("none/none"), `${at}/below`]) {
        expect(await place().files.read(missing)).toMatchObject({ path: missing, found: false, error: null });
        expect(await place().files.stat(missing)).toMatchObject({ path: missing, found: false, error: null });
      }
    });

    it("refuses a file above the limit instead of cutting it", async () => {
      const at = put("large", Buffer.alloc(MAX_FILE_BYTES));
      expect((await place().files.read(at)).bytes?.length).toBe(MAX_FILE_BYTES);
      put("large", Buffer.alloc(MAX_FILE_BYTES + 1));
      expect(await place().files.read(at)).toMatchObject({ bytes: null, error: "FILE_TOO_LARGE" });
    });

    it("takes a link to /dev/null for an empty file", async () => {
      symlinkSync("/dev/null", path("masked"));
      expect(await place().files.read(place().at("masked"))).toMatchObject({ found: true, error: null });
      expect((await place().files.read(place().at("masked"))).bytes?.length).toBe(0);
    });

    it("takes a directory and a FIFO for no file, and waits for neither", async () => {
      mkdirSync(path("directory"));
      expect(spawnSync("mkfifo", [path("fifo")]).status).toBe(0);
      for (const name of ["directory", "fifo"])
        expect(await place().files.read(place().at(name))).toMatchObject({ bytes: null, error: "NOT_A_FILE" });
    });

    it("looks at a link itself when only its mode is asked for", async () => {
      symlinkSync("nowhere", path("link"));
      expect((await place().files.stat(place().at("link"))).mode).toBe(0o120777);
    });

    it.each(["relative", "/a/../b", "/a/./b", "/a//b", "/a\0b"])("refuses the path %j", async (bad) => {
      expect(await place().files.read(bad)).toMatchObject({ bytes: null, error: "PATH_REFUSED" });
      expect(await place().files.stat(bad)).toMatchObject({ mode: null, error: "PATH_REFUSED" });
      expect(await place().files.list(`${bad}/*`)).toEqual({ paths: [], error: "PATH_REFUSED" });
      await expect(place().files.write(bad, content)).rejects.toMatchObject({ token: "PATH_REFUSED" });
    });

    it.each(ODD_NAMES)("reads and writes a file of the name %j", async (name) => {
      await place().files.write(place().at(name), content);
      expect((await place().files.read(place().at(name))).bytes?.toString()).toBe("new\n");
      expect(readdirSync(place().folder)).toEqual([name]);
    });
  });

  describe("listing", () => {
    it("gives what a glob names, sorted, without directories and dot files", async () => {
      mkdirSync(path("z.conf"));
      for (const name of ["b.conf", "a.conf", ".hidden.conf", "readme", "it's.conf", "two\nlines.conf"]) put(name, "");
      const { paths } = await place().files.list(place().at("*.conf"));
      expect(paths).toEqual(["a.conf", "b.conf", "it's.conf", "two\nlines.conf"].map((name) => place().at(name)));
      expect((await place().files.list(place().at("?.conf"))).paths).toHaveLength(2);
    });

    it("gives nothing for a directory that is not there or is none", async () => {
      put("file", "");
      for (const glob of ["none/*.conf", "file/*"])
        expect(await place().files.list(place().at(glob))).toEqual({ paths: [], error: null });
    });

    it("refuses a directory with more entries than the limit", async () => {
      for (let n = 0; n <= MAX_ENTRIES; n += 1) put(`${n}.conf`, "");
      expect(await place().files.list(place().at("*.conf"))).toEqual({ paths: [], error: "FILE_TOO_LARGE" });
    });
  });

  describe("changing", () => {
    it("replaces a file whole, with its mode, and leaves nothing beside it", async () => {
      const at = put("file", "old");
      const bytes = Buffer.from(Array.from({ length: 70_000 }, (_, n) => n % 256));
      await place().files.write(at, { bytes, mode: 0o604 });
      expect(readFileSync(path("file")).equals(bytes)).toBe(true);
      expect(statSync(path("file")).mode & 0o7777).toBe(0o604);
      expect(readdirSync(place().folder)).toEqual(["file"]);
    });

    it("makes a directory for drop-in files, for everybody to read", async () => {
      await place().files.write(place().at("x.conf.d/new"), content);
      await place().files.write(place().at("x.conf.d/another"), content);
      expect(readdirSync(path("x.conf.d")).toSorted()).toEqual(["another", "new"]);
      expect(statSync(path("x.conf.d")).mode & 0o7777).toBe(0o755);
      const deeper = place().files.write(place().at("none/x.conf.d/new"), content);
      await expect(deeper).rejects.toMatchObject({ token: "DIRECTORY_MISSING" });
    });

    it("makes a file that was not there, but no other directory", async () => {
      await place().files.write(place().at("new"), { bytes: Buffer.alloc(0), mode: 0o600 });
      expect(statSync(path("new")).size).toBe(0);
      const below = place().files.write(place().at("none/new"), content);
      await expect(below).rejects.toMatchObject({ token: "DIRECTORY_MISSING" });
    });

    it("replaces and removes nothing but a regular file", async () => {
      mkdirSync(path("directory"));
      expect(spawnSync("mkfifo", [path("fifo")]).status).toBe(0);
      for (const name of ["directory", "fifo"]) {
        await expect(place().files.write(place().at(name), content)).rejects.toMatchObject({ token: "NOT_A_FILE" });
        await expect(place().files.remove(place().at(name))).rejects.toMatchObject({ token: "NOT_A_FILE" });
      }
      expect(readdirSync(place().folder)).toEqual(["directory", "fifo"]);
      expect(lstatSync(path("fifo")).isFIFO()).toBe(true);
    });

    it("sets a mode, and says so when there is no file", async () => {
      await place().files.setMode(put("file", ""), 0o604);
      expect(statSync(path("file")).mode & 0o7777).toBe(0o604);
      const missing = place().files.setMode(place().at("none"), 0o600);
      await expect(missing).rejects.toMatchObject({ token: "DIRECTORY_MISSING" });
    });

    it("looks at a folder and sets its mode as that of a file", async () => {
      mkdirSync(path("folder"), { mode: 0o755 });
      await place().files.setMode(place().at("folder"), 0o700);
      expect(statSync(path("folder")).mode & 0o7777).toBe(0o700);
      expect(await place().files.stat(place().at("folder"))).toMatchObject({ found: true, mode: 0o040700 });
    });

    it("removes a file, and again without complaint", async () => {
      const at = put("file", "");
      await place().files.remove(at);
      await place().files.remove(at);
      expect(readdirSync(place().folder)).toEqual([]);
    });

    it("sweeps what a write that was cut short left, and writes over it", async () => {
      const at = put("file", "old");
      put(".file.compline-new", "half");
      await place().files.write(at, content);
      expect(readFileSync(path("file"), "utf8")).toBe("new\n");
      put(".file.compline-new", "half");
      await place().files.sweep(at);
      expect(readdirSync(place().folder)).toEqual(["file"]);
    });
  });
}

/** What is so wherever the files are those of a whole machine: here and behind SSH. */
export function describeMachine(place: () => ContractPlace): void {
  const path = (name: string): string => join(place().folder, name);

  describe("on a whole machine", () => {
    it("reads through links, as every program there does", async () => {
      writeFileSync(path("file"), "text");
      symlinkSync("file", path("link"));
      expect((await place().files.read(place().at("link"))).bytes?.toString()).toBe("text");
    });

    it("replaces what a link leads to and keeps the link", async () => {
      mkdirSync(path("real"));
      writeFileSync(path("real/file"), "old");
      symlinkSync("real/file", path("link"));
      await place().files.write(place().at("link"), content);
      expect(lstatSync(path("link")).isSymbolicLink()).toBe(true);
      expect(readFileSync(path("real/file"), "utf8")).toBe("new\n");
      expect(readdirSync(path("real"))).toEqual(["file"]);
    });

    it("replaces a link that leads nowhere, and refuses one that leads round and round", async () => {
      symlinkSync("nowhere", path("link"));
      await place().files.write(place().at("link"), content);
      expect(readFileSync(path("link"), "utf8")).toBe("new\n");
      symlinkSync("round", path("round"));
      const written = place().files.write(place().at("round"), content);
      await expect(written).rejects.toMatchObject({ token: "PATH_REFUSED" });
      expect(await place().files.read(place().at("round"))).toMatchObject({ error: "PATH_REFUSED" });
    });

    it("never replaces a device that a link leads to", async () => {
      symlinkSync("/dev/null", path("masked"));
      const written = place().files.write(place().at("masked"), content);
      await expect(written).rejects.toMatchObject({ token: "NOT_A_FILE" });
      expect(lstatSync("/dev/null").isCharacterDevice()).toBe(true);
    });

    it("takes another device for no file", async () => {
      expect(await place().files.read("/dev/zero")).toMatchObject({ bytes: null, error: "NOT_A_FILE" });
    });

    it("says who owns a file and when it was changed", async () => {
      writeFileSync(path("file"), "text");
      const { uid, gid, mtimeMs } = statSync(path("file"));
      const seen = await place().files.stat(place().at("file"));
      expect(seen).toMatchObject({ uid, gid, bytes: null });
      expect(Math.abs((seen.modifiedAt ?? 0) - mtimeMs)).toBeLessThan(2);
      const whole = await place().files.read(place().at("file"));
      expect(whole).toMatchObject({ uid, gid, modifiedAt: seen.modifiedAt });
    });

    it("lists through a linked directory", async () => {
      mkdirSync(path("real"));
      writeFileSync(path("real/a.conf"), "");
      symlinkSync("real", path("link"));
      expect((await place().files.list(place().at("link/*.conf"))).paths).toEqual([place().at("link/a.conf")]);
    });

    it("makes a file in a directory after its last file was removed", async () => {
      rmSync(path("file"), { force: true });
      await place().files.write(place().at("file"), content);
      expect(readFileSync(path("file"), "utf8")).toBe("new\n");
    });
  });
}
