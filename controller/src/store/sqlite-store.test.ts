import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openSqliteStore } from "./sqlite-store.ts";
import { anchorContract } from "./anchor-contract.ts";
import { logContract } from "./log-contract.ts";
import { storeContract, type StorePlace } from "./store-contract.ts";
import { itemOf } from "./testdata/items.ts";

async function makePlace(): Promise<StorePlace> {
  const dir = await mkdtemp(join(tmpdir(), "compline-store-"));
  return {
    open: async () => openSqliteStore(join(dir, "compline.db"), "write"),
    remove: () => rm(dir, { recursive: true }),
  };
}

describe("the SQLite store keeps the contract", () => {
  storeContract(makePlace);
});

describe("the logs of the SQLite store keep the contract", () => {
  logContract(makePlace);
});

describe("the anchors of the SQLite store keep the contract", () => {
  anchorContract(makePlace);
});

describe("a SQLite store file", () => {
  let dir: string;
  let path: string;
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), "compline-store-"));
    path = join(dir, "compline.db");
  });
  afterEach(() => rm(dir, { recursive: true }));

  test("is for its owner only", async () => {
    const store = openSqliteStore(path, "write");
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(`${path}-wal`)).mode & 0o777).toBe(0o600);
    await store.close();
  });

  test("of another schema version is refused and left as it is", async () => {
    await openSqliteStore(path, "write").close();
    const database = new DatabaseSync(path);
    database.exec("UPDATE schema_version SET version = 99");
    database.close();
    expect(() => openSqliteStore(path, "write")).toThrow(expect.objectContaining({ code: "STORE_VERSION" }));
    expect(() => openSqliteStore(path, "read")).toThrow(expect.objectContaining({ code: "STORE_VERSION" }));
  });

  test("that is something else is refused", async () => {
    const other = new DatabaseSync(path);
    other.exec("CREATE TABLE theirs (a)");
    other.close();
    expect(() => openSqliteStore(path, "write")).toThrow(expect.objectContaining({ code: "STORE_VERSION" }));
    await writeFile(path, "no database at all, but long enough to be read as a header of one".repeat(9));
    expect(() => openSqliteStore(path, "write")).toThrow(expect.objectContaining({ code: "STORE_IO" }));
    expect(await readFile(path, "utf8")).toContain("no database at all");
  });

  test("that is missing is not made by reading", async () => {
    expect(() => openSqliteStore(path, "read")).toThrow(expect.objectContaining({ code: "STORE_MISSING" }));
    await expect(stat(path)).rejects.toThrow("ENOENT");
  });

  test("can be read while another process writes, and reading cannot write", async () => {
    const writer = openSqliteStore(path, "write");
    await writer.commit([itemOf(0, "a")]);
    const reader = openSqliteStore(path, "read");
    await writer.commit([itemOf(1, "b")]);
    expect(await reader.position()).toBe(2);
    await expect(reader.commit([itemOf(2, "c")])).rejects.toMatchObject({ code: "STORE_IO" });
    await reader.close();
    await writer.close();
  });

  test("refuses to change or delete a bundle, whoever asks", async () => {
    const store = openSqliteStore(path, "write");
    await store.commit([itemOf(0, "a")]);
    await store.close();
    const database = new DatabaseSync(path);
    expect(() => database.exec("UPDATE bundle SET seq = 1")).toThrow("append-only");
    expect(() => database.exec("DELETE FROM bundle")).toThrow("append-only");
    database.close();
  });

  test("has every bundle that was answered before its process was killed", async () => {
    const child = spawn(
      process.execPath,
      [join(import.meta.dirname, "testdata/commit-until-killed.ts"), path],
      {
        stdio: ["ignore", "pipe", "inherit"],
      },
    );
    let answered = "";
    for await (const chunk of child.stdout) {
      answered += String(chunk);
      if (answered.split("\n").length > 40) child.kill("SIGKILL");
    }
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    const digests = answered.split("\n").filter((line) => line.length === 64);
    expect(digests.length).toBeGreaterThanOrEqual(40);
    const store = openSqliteStore(path, "write");
    for (const digest of digests) expect(await store.bundle(digest)).not.toBeNull();
    const kept = await store.bundlesSince(0, 100_000);
    expect(kept.map((bundle) => bundle.position)).toEqual(kept.map((_, index) => index + 1));
    await store.close();
  });
});
