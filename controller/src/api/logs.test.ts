import {
  type Attestation,
  attestedMessages,
  encodeOts,
  leafHash,
  readCheckpoint,
  readConsistencyFile,
  readLoggedProof,
  readOts,
  type SignedCheckpoint,
  verifyConsistency,
  verifyInclusion,
} from "@compline/core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { cosignedBy, makeWitness } from "../testdata/witness.ts";
import { logRoot } from "../transparency/prove.ts";
import type { CheckpointSigner } from "../transparency/signer.ts";
import { host, logOrigin, makeApi, partnerId, type TestApi } from "./testdata/api.ts";
import { openSigner } from "../testdata/signer.ts";

describe("a partner's log", () => {
  let api: TestApi;
  let signer: CheckpointSigner;
  let seq = 0;
  beforeEach(async () => {
    api = await makeApi();
    seq = 0;
    signer = await openSigner(api.store, api.folder);
  });
  afterEach(() => api.close());

  const get = (url: string, partner = partnerId) =>
    api.app.inject({ url: `/v1/log/${partner}/${url}`, headers: { host } });

  /** Posts bundles; answers their digests. */
  async function grow(count: number): Promise<readonly string[]> {
    const digests: string[] = [];
    for (const end = seq + count; seq < end; seq++) {
      const { bytes, digest } = await api.mine.seal(seq);
      await api.app.inject({
        method: "POST",
        url: "/v1/evidence",
        headers: { host, "content-type": "application/json" },
        payload: Buffer.from(bytes),
      });
      digests.push(digest);
    }
    return digests;
  }

  async function checkpoint(): Promise<SignedCheckpoint> {
    const read = readCheckpoint((await get("checkpoint")).rawPayload);
    if (!read.ok) throw new Error(read.message);
    return read.value;
  }

  const headOf = ({ size, root }: SignedCheckpoint) => ({ size, root: Buffer.from(root, "hex") });

  test("has no checkpoint before it has a bundle", async () => {
    await signer.sign([logOrigin]);
    expect((await get("checkpoint")).statusCode).toBe(404);
  });

  test("serves its newest checkpoint, and tiles that are what it says", async () => {
    const digests = await grow(3);
    await signer.sign([logOrigin]);
    expect(await checkpoint()).toMatchObject({ origin: logOrigin, size: 3 });
    const answer = await get("tile/entries/000.p/3");
    expect(answer.headers["cache-control"]).toBe("public, max-age=31536000, immutable");
    expect(answer.rawPayload.toString("hex")).toBe(digests.map((digest) => `0020${digest}`).join(""));
    const hashes = (await get("tile/0/000.p/3")).rawPayload;
    const leaves = digests.map((digest) => leafHash(Buffer.from(digest, "hex")));
    expect(hashes.equals(Buffer.concat(leaves))).toBe(true);
  });

  test("serves nothing that no checkpoint covers, no partial tile that there never was, and no other partner", async () => {
    await grow(2);
    await signer.sign([logOrigin]);
    await grow(1);
    for (const url of [
      "tile/0/000.p/3",
      "tile/0/000",
      "tile/1/000.p/1",
      "tile/0/0",
      "tile/x",
      "consistency/3",
    ])
      expect([url, (await get(url)).statusCode]).toEqual([url, 404]);
    expect((await get("checkpoint", "01J00000000000000000000PP9")).statusCode).toBe(404);
  });

  test("proves that it follows on from what somebody saw", async () => {
    await grow(3);
    await signer.sign([logOrigin]);
    const before = await checkpoint();
    await grow(4);
    await signer.sign([logOrigin]);
    const read = readConsistencyFile((await get("consistency/3")).rawPayload);
    if (!read.ok) throw new Error(read.message);
    expect(read.value.old).toBe(3);
    expect(verifyConsistency(headOf(before), headOf(read.value.checkpoint), read.value.hashes)).toBe(true);
  });

  test("proves each of its bundles to whoever may have it, once a checkpoint covers it", async () => {
    const [digest = ""] = await grow(2);
    const ask = (by = api.mine) => api.ask(by, { url: `/v1/evidence/${digest}/proof` });
    expect((await ask()).statusCode).toBe(404);
    await signer.sign([logOrigin]);
    expect((await ask(api.other)).statusCode).toBe(404);
    const read = readLoggedProof((await ask()).rawPayload);
    if (!read.ok) throw new Error(read.message);
    const { index, hashes, checkpoint: of } = read.value;
    expect(index).toBe(0);
    expect(verifyInclusion(leafHash(Buffer.from(digest, "hex")), index, headOf(of), hashes)).toBe(true);
  });

  test("serves what witnesses cosigned, with the lines of all of them, and proves what that covers under it", async () => {
    const [first = "", , third = ""] = await grow(3);
    await signer.sign([logOrigin]);
    expect((await get("cosigned")).statusCode).toBe(404);
    const signed = await api.store.checkpoint(logOrigin);
    const [owl, heron] = [makeWitness("owl.example"), makeWitness("heron.example")];
    for (const witness of [owl, heron]) await api.store.putCosigned(await cosignedBy(witness, signed));
    const namesIn = (payload: Buffer): readonly string[] => {
      const read = readCheckpoint(payload);
      if (!read.ok) throw new Error(read.message);
      return [String(read.value.size), ...read.value.note.signatures.map(({ name }) => name).toSorted()];
    };
    const all = ["3", "heron.example", logOrigin, "owl.example"];
    for (const url of ["cosigned", "checkpoint"]) expect(namesIn((await get(url)).rawPayload)).toEqual(all);
    const [fourth = ""] = await grow(1);
    await signer.sign([logOrigin]);
    expect(namesIn((await get("cosigned")).rawPayload)).toEqual(all);
    expect(namesIn((await get("checkpoint")).rawPayload)).toEqual(["4", logOrigin]);
    const provenAt = async (digest: string): Promise<number | null> => {
      const read = readLoggedProof(
        (await api.ask(api.mine, { url: `/v1/evidence/${digest}/proof` })).rawPayload,
      );
      return read.ok ? read.value.checkpoint.size : null;
    };
    expect(await Promise.all([first, third, fourth].map(provenAt))).toEqual([3, 3, 4]);
    expect((await get("cosigned", "01J00000000000000000000PP9")).statusCode).toBe(404);
  });

  test("gives a bundle's own box, and nobody else, its timestamp by the first root with a block that covers it", async () => {
    const [, digest = ""] = await grow(2);
    const ask = (by = api.mine) => api.ask(by, { url: `/v1/evidence/${digest}/ots` });
    const anchored = async (size: number, end: Attestation): Promise<Uint8Array> => {
      const message = new Uint8Array(await logRoot(api.store, logOrigin, size));
      await api.store.putAnchor({
        log: logOrigin,
        size,
        root: Buffer.from(message).toString("hex"),
        stampedAt: "2026-11-23T10:00:00.000Z",
        state: end.kind === "pending" ? "pending" : "attested",
        ots: encodeOts({ message, attestations: [end], branches: [] }),
        confirmation: null,
      });
      return message;
    };
    const said = async () => {
      const answer = await ask();
      const read = readOts(answer.rawPayload);
      if (!read.ok) return answer.statusCode;
      expect(Buffer.from(read.timestamp.message).toString("hex")).toBe(digest);
      return attestedMessages(read.timestamp).map((one) => ({
        ...one,
        message: new Uint8Array(one.message),
      }));
    };
    const pending: Attestation = { kind: "pending", uri: "https://calendar.example" };
    const bitcoin: Attestation = { kind: "bitcoin", height: 900_000 };
    await anchored(1, bitcoin);
    expect(await said()).toBe(404);
    const first = await anchored(2, pending);
    expect(await said()).toEqual([{ attestation: pending, message: first }]);
    await grow(3);
    const next = await anchored(4, bitcoin);
    await anchored(5, bitcoin);
    expect(await said()).toEqual([{ attestation: bitcoin, message: next }]);
    expect((await ask(api.other)).statusCode).toBe(404);
  });
});
