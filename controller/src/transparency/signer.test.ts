import { copyFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  isSignedByLog,
  NOTE_TYPES,
  readCheckpoint,
  readVerifierKey,
  signCheckpoint,
  type SignedCheckpoint,
} from "@compline/core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { CrashPoint } from "../crash-point.ts";
import { nodeEngine } from "../crypto.ts";
import type { Store } from "../store/contract.ts";
import { openSqliteStore } from "../store/sqlite-store.ts";
import { itemOf } from "../store/testdata/items.ts";
import { HighWater } from "./high-water.ts";
import { logRoot } from "./prove.ts";
import type { CheckpointSigner } from "./signer.ts";
import { openSigner } from "../testdata/signer.ts";

const origin = "log.example/acme";

describe("the signer of checkpoints", () => {
  let folder: string;
  let store: Store;
  let signer: CheckpointSigner;
  const path = (name: string): string => join(folder, name);

  async function restart(crashPoint: CrashPoint = () => undefined): Promise<void> {
    store = openSqliteStore(path("store.db"), "write");
    const clock = (): number => Date.parse("2026-11-26T10:00:00.000Z");
    signer = await openSigner(store, folder, { clock, crashPoint });
  }

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "compline-signer-"));
    await restart();
  });
  afterEach(async () => {
    await store.close();
    await rm(folder, { recursive: true });
  });

  const keep = async (text: string): Promise<void> =>
    void (await store.commit([{ ...itemOf(0, text), log: origin }]));

  async function newest(): Promise<SignedCheckpoint> {
    const stored = await store.checkpoint(origin);
    const read = readCheckpoint(stored?.note ?? new Uint8Array());
    const vkey = readVerifierKey(stored?.vkey ?? "", NOTE_TYPES.ed25519);
    if (!read.ok || !vkey.ok) throw new Error("no checkpoint");
    expect(await isSignedByLog(read.value, vkey.value, nodeEngine())).toBe(true);
    return read.value;
  }

  test("signs the head of a log that grew, by the log's own key", async () => {
    await keep("a");
    await signer.sign([origin]);
    expect(await newest()).toMatchObject({ origin, size: 1 });
    await keep("b");
    await signer.sign([origin]);
    const root = Buffer.from(await logRoot(store, origin, 2)).toString("hex");
    expect(await newest()).toMatchObject({ origin, size: 2, root });
  });

  test("signs nothing for an empty log, nor again what it signed", async () => {
    await signer.sign([origin]);
    expect(await store.checkpoint(origin)).toBeNull();
    await keep("a");
    await signer.sign([origin]);
    const before = await store.checkpoint(origin);
    await signer.sign([origin]);
    expect(await store.checkpoint(origin)).toEqual(before);
  });

  test("goes on with the same key after a restart", async () => {
    await keep("a");
    await signer.sign([origin]);
    const vkey = (await store.checkpoint(origin))?.vkey;
    await store.close();
    await restart();
    await keep("b");
    await signer.sign([origin]);
    expect((await store.checkpoint(origin))?.vkey).toBe(vkey);
    expect(signer.stalls().size).toBe(0);
  });

  test("that ended between the high-water file and the store signs the same once more", async () => {
    await keep("a");
    await store.close();
    await restart((name) => {
      if (name === "after-high-water") throw new Error("power cut");
    });
    await expect(signer.sign([origin])).rejects.toThrow("power cut");
    expect(await store.checkpoint(origin)).toBeNull();
    await store.close();
    await restart();
    await signer.sign([origin]);
    expect((await newest()).size).toBe(1);
  });

  describe("on a store that was set back", () => {
    beforeEach(async () => {
      await keep("a");
      await store.close();
      await copyFile(path("store.db"), path("backup.db"));
      await restart();
      await keep("b");
      await signer.sign([origin]);
      await store.close();
      for (const end of ["", "-wal", "-shm"]) await rm(path(`store.db${end}`), { force: true });
      await copyFile(path("backup.db"), path("store.db"));
      await restart();
    });

    test("signs no more, and says how far the log was shown", async () => {
      await signer.sign([origin]);
      expect(signer.stalls().get(origin)).toEqual({ code: "LOG_SET_BACK", shown: 2, kept: 1 });
      await keep("something else");
      await signer.sign([origin]);
      expect(signer.stalls().get(origin)?.code).toBe("LOG_ANOTHER_HISTORY");
      expect(await store.checkpoint(origin)).toBeNull();
    });

    test("notices also when it has grown as large again, with another history", async () => {
      await keep("something else");
      await signer.sign([origin]);
      expect(signer.stalls().get(origin)).toEqual({ code: "LOG_ANOTHER_HISTORY", shown: 2, kept: 2 });
      expect(await store.checkpoint(origin)).toBeNull();
    });

    test("goes on when the same bundles came again in the same order", async () => {
      await signer.sign([origin]);
      expect(signer.stalls().size).toBe(1);
      await keep("b");
      await signer.sign([origin]);
      expect(signer.stalls().size).toBe(0);
      expect((await newest()).size).toBe(2);
    });
  });

  describe("that hears from an appliance", () => {
    const told = async (): Promise<string> =>
      Buffer.from((await store.checkpoint(origin))?.note ?? []).toString("utf8");

    /** Two leaves were shown and one is left, without a high-water file: an old backup of everything. */
    async function setBackUnnoticed(): Promise<string> {
      await keep("a");
      await store.close();
      await copyFile(path("store.db"), path("backup.db"));
      await restart();
      await keep("b");
      await signer.sign([origin]);
      const note = await told();
      await store.close();
      await rm(path("high-water.json"));
      for (const end of ["", "-wal", "-shm"]) await rm(path(`store.db${end}`), { force: true });
      await copyFile(path("backup.db"), path("store.db"));
      await restart();
      return note;
    }

    test("of a checkpoint that goes further than its store signs no more, also after a restart", async () => {
      const note = await setBackUnnoticed();
      await signer.hear(origin, note);
      await signer.sign([origin]);
      expect(signer.stalls().get(origin)).toEqual({ code: "LOG_SET_BACK", shown: 2, kept: 1 });
      expect(await store.checkpoint(origin)).toBeNull();
      await store.close();
      await restart();
      await signer.sign([origin]);
      expect(signer.stalls().get(origin)).toEqual({ code: "LOG_SET_BACK", shown: 2, kept: 1 });
    });

    test("of one that contradicts what it signed meanwhile signs no more", async () => {
      const note = await setBackUnnoticed();
      await keep("something else");
      await keep("and more");
      await signer.sign([origin]);
      await signer.hear(origin, note);
      await keep("and again");
      await signer.sign([origin]);
      expect(signer.stalls().get(origin)).toEqual({ code: "LOG_ANOTHER_HISTORY", shown: 2, kept: 4 });
      expect((await newest()).size).toBe(3);
    });

    test("goes on when it is its own checkpoint, and when only the high-water file is lost", async () => {
      await keep("a");
      await signer.sign([origin]);
      const note = await told();
      await signer.hear(origin, note);
      await store.close();
      await rm(path("high-water.json"));
      await restart();
      await signer.hear(origin, note);
      await keep("b");
      await signer.sign([origin]);
      expect((await newest()).size).toBe(2);
    });

    test("is not stopped by what its key did not sign", async () => {
      await keep("a");
      await signer.sign([origin]);
      const forged = (await told()).replace(`${origin}\n1\n`, `${origin}\n1000\n`);
      const sign = async (): Promise<Uint8Array> => new Uint8Array(64);
      const claim = { origin, size: 1000, root: "0".repeat(64) };
      const unsigned = Buffer.from(await signCheckpoint(claim, new Uint8Array(32), sign)).toString("utf8");
      for (const text of [forged, unsigned, "no note", ""]) await signer.hear(origin, text);
      await keep("b");
      await signer.sign([origin]);
      expect(signer.stalls().size).toBe(0);
      expect((await newest()).size).toBe(2);
    });
  });

  test("a high-water file that cannot be read keeps the controller from starting, and says why", async () => {
    await keep("a");
    await signer.sign([origin]);
    await copyFile(path("store.db"), path("broken.json"));
    await expect(HighWater.open(path("broken.json"))).rejects.toMatchObject({ code: "HIGH_WATER_INVALID" });
  });
});
