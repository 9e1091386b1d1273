import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { loadAssignmentKey } from "./assignment-key.ts";
import { readConfig } from "./config.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "compline-config-"));
});
afterEach(() => rm(folder, { recursive: true }));

describe("the configuration", () => {
  const good = {
    schemaVersion: "1",
    state: "/var/lib/compline",
    host: "127.0.0.1",
    port: 8480,
    sources: [{ name: "demo", repository: "/srv/desired.git", branch: "demo" }],
  };
  const read = async (value: unknown) => {
    const path = join(folder, "config.json");
    await writeFile(path, typeof value === "string" ? value : JSON.stringify(value));
    return await readConfig(path);
  };
  const source = (more: object) => ({ ...good, sources: [{ ...good.sources[0], ...more }] });

  test("is read as it is", async () => {
    expect(await read(good)).toEqual(good);
    const far = source({ repository: "https://git.example/desired.git" });
    expect(await read(far)).toEqual(far);
    const tls = { certificate: "/etc/compline/tls.pem", key: "/etc/compline/tls.key" };
    for (const host of ["control.example", "192.0.2.7", "2001:db8::7"]) {
      expect(await read({ ...good, host })).toEqual({ ...good, host });
      expect(await read({ ...good, host, tls })).toEqual({ ...good, host, tls });
    }
  });

  test.each([
    { by: "node", url: "http://127.0.0.1:8332", credentials: "/var/lib/bitcoin/.cookie" },
    { by: "explorer", url: "https://explorer.example/api" },
    { by: "file", path: "/srv/headers.bin" },
  ])("takes headers by $by", async (bitcoin) => {
    expect(await read({ ...good, bitcoin })).toEqual({ ...good, bitcoin });
  });

  test.each([
    [{ by: "explorer", url: "http://explorer.example" }, "bitcoin.url: expected an https address"],
    [{ by: "explorer", url: "https://user:secret@explorer.example" }, "bitcoin.url"],
    [{ by: "node", url: "http://127.0.0.1:8332" }, "bitcoin.credentials: expected an absolute path"],
    [{ by: "file", path: "headers.bin" }, "bitcoin.path: expected an absolute path"],
    [{ by: "file", path: "/headers.bin", url: "https://explorer.example" }, "bitcoin: unknown member url"],
    [{ by: "hearsay" }, 'bitcoin.by: expected "node", "explorer" or "file"'],
  ])("takes no headers from %j", async (bitcoin, said) => {
    await expect(read({ ...good, bitcoin })).rejects.toThrow(said);
  });

  test.each([
    ["not json", "no JSON"],
    [{ ...good, colour: "red" }, "unknown member colour"],
    [{ ...good, schemaVersion: "2" }, "schemaVersion"],
    [{ ...good, state: "relative" }, "state: expected an absolute path"],
    [{ ...good, host: "0.0.0.0" }, "host"],
    [{ ...good, host: "::" }, "host"],
    [{ ...good, host: "http://control.example" }, "host"],
    [{ ...good, host: "control.example:80" }, "host"],
    [{ ...good, host: "Control.example" }, "host"],
    [{ ...good, host: "3221225991" }, "host"],
    [
      { ...good, host: "control.example", tls: false },
      "or no such member (https with a certificate made here",
    ],
    [{ ...good, tls: { certificate: "/tls.pem" } }, "tls.key"],
    [{ ...good, port: 70_000 }, "port"],
    [{ ...good, sources: [] }, "sources"],
    [{ ...good, sources: [good.sources[0], good.sources[0]] }, "two have the same name"],
    [source({ repository: "--upload-pack=evil" }), "sources[0].repository"],
    [source({ repository: "ext::sh -c evil" }), "sources[0].repository"],
    [source({ repository: "https://-evil" }), "sources[0].repository"],
    [source({ branch: "--all" }), "sources[0].branch"],
    [source({ branch: "a..b" }), "sources[0].branch"],
    [source({ name: "../up" }), "sources[0].name"],
  ])("is refused: %j", async (value, words) => {
    const error = await read(value).catch((caught: unknown) => caught);
    expect(error).toMatchObject({ code: "CONFIG_INVALID" });
    expect(words === "no JSON" || String(error).includes(words)).toBe(true);
  });

  test("that is missing is refused", async () => {
    await expect(readConfig(join(folder, "none.json"))).rejects.toMatchObject({ code: "CONFIG_INVALID" });
  });
});

describe("the assignment key", () => {
  test("is made once, for its owner only, and is the same afterwards", async () => {
    const path = join(folder, "new", "assignment.key");
    const first = await loadAssignmentKey(path);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readFile(path, "utf8")).toContain("BEGIN PRIVATE KEY");
    expect((await loadAssignmentKey(path)).keyid).toBe(first.keyid);
    expect(first.publicKey).toHaveLength(32);
    expect(await first.sign(new Uint8Array([1]))).toHaveLength(64);
  });

  test("that is no key is refused, not replaced", async () => {
    const path = join(folder, "assignment.key");
    await writeFile(path, "something");
    await expect(loadAssignmentKey(path)).rejects.toMatchObject({ code: "KEY_INVALID" });
    expect(await readFile(path, "utf8")).toBe("something");
  });
});
