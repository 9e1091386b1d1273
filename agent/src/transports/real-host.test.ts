import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { describeFiles, describeMachine } from "../testdata/host-contract.ts";
import { tokenOf } from "./host-files.ts";
import { Hosts } from "./hosts.ts";
import { realHost } from "./real-host.ts";

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "compline-real-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string): string => join(folder, name);

describeFiles(() => ({ files: realHost, folder, at }));
describeMachine(() => ({ files: realHost, folder, at }));

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
  const work = { signal: new AbortController().signal, limitMs: 10_000 };
  const read = async (root: string): Promise<string | undefined> => {
    const hosts = new Hosts({ folder, credentials: () => Buffer.alloc(0) });
    const host = { id: "01M84T0000H0ST000000000000", name: "front-desk", platform: "linux" } as const;
    return hosts.use({ ...host, transport: { type: "local", root } }, work, async ({ files, practice }) => {
      expect(practice).toBe(true);
      return (await files.read("/file")).bytes?.toString();
    });
  };

  it("is a folder below the appliance's own", async () => {
    mkdirSync(at("practice/host"), { recursive: true });
    writeFileSync(at("practice/host/file"), "text");
    expect(await read("practice/host")).toBe("text");
  });

  it.each(["/etc", "..", "../other", "practice/../..", "", "./practice", "practice//host"])(
    "is refused when it is %j",
    async (root) => expect(read(root)).rejects.toMatchObject({ token: "HOST_UNAVAILABLE" }),
  );

  it("is refused when a link lies on the way to it", async () => {
    const outside = mkdtempSync(join(tmpdir(), "compline-outside-"));
    mkdirSync(join(outside, "host"));
    symlinkSync(outside, at("practice"));
    await expect(read("practice/host")).rejects.toMatchObject({ token: "HOST_UNAVAILABLE" });
    rmSync(outside, { recursive: true });
  });
});
