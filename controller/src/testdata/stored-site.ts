import { mkdtemp, rm } from "node:fs/promises";
import { generateKeyPairSync, sign } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  encodeVerifierKey,
  keyidOf,
  NOTE_TYPES,
  signCheckpoint,
  type TrustFile,
} from "@compline/core";
import { nodeSha256 } from "../crypto.ts";
import { makeKit, type MadeKit } from "../kit/make-kit.ts";
import { readPrograms } from "../kit/programs.ts";
import { chainsOf } from "../kit/site-evidence.ts";
import type { Store } from "../store/contract.ts";
import { openSqliteStore } from "../store/sqlite-store.ts";
import { logRoot } from "../transparency/prove.ts";
import { type Chain, chainRevision, makeChains } from "./chain.ts";

/** Chains in a store, in a log under a signed checkpoint, and the kit of all of them. */
export interface StoredSite {
  /** Reads the store and makes the ZIP. */
  readonly make: () => Promise<MadeKit>;
  readonly folder: string;
  readonly close: () => Promise<void>;
}

const ORIGIN = "log.example/wide";

/** Bundles of many boxes, as if all of them stood at one site. */
export async function storeSite(boxes: number, length: number): Promise<StoredSite> {
  const folder = await mkdtemp(join(tmpdir(), "compline-bench-"));
  const store = openSqliteStore(join(folder, "store.db"), "write");
  const chains = await makeChains(boxes, length);
  for (const chain of chains) await keep(store, chain);
  const trust = trustOf(chains, await signLog(store, ORIGIN));
  const programs = await readPrograms();
  const period = { from: "2026-11-01T00:00:00.000Z", to: "2026-11-01T04:10:00.000Z" };
  return {
    folder,
    make: async () =>
      makeKit({
        store,
        chains: (await chainsOf(store, trust)).chains,
        site: trust.sites[0] ?? "",
        names: { partner: "Wide", site: "Wide" },
        trust,
        period,
        framework: null,
        sample: null,
        read: async () => null,
        programs,
      }),
    close: async () => {
      await store.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function keep(store: Store, { box, assignment, envelopes }: Chain): Promise<void> {
  await store.putAssignments([
    {
      ...assignment,
      signature: new Uint8Array(64),
      keyid: "00".repeat(32),
      appliance: box.id,
      site: box.site,
      revision: chainRevision,
      issuedAt: "2026-11-01T00:00:00.000Z",
      healUntil: "2026-12-01T00:00:00.000Z",
    },
  ]);
  await store.commit(
    envelopes.map((bytes, seq) => ({
      digest: nodeSha256(bytes),
      bytes,
      chain: box.id,
      epoch: 0,
      seq,
      site: box.site,
      keyid: keyidOf(box.publicKey),
      receivedAt: "2026-11-01T00:00:00.000Z",
      log: ORIGIN,
    })),
  );
}

/** Signs a checkpoint of all that a log has, by a key made for it. */
export async function signLog(store: Store, origin: string): Promise<TrustFile["log"]> {
  const { publicKey, privateKey } = generateKeyPairSync("ed25519");
  const raw = publicKey.export({ format: "der", type: "spki" }).subarray(-32);
  const size = await store.logSize(origin);
  const root = await logRoot(store, origin, size);
  const note = await signCheckpoint({ origin, size, root: Buffer.from(root).toString("hex") }, raw, async (message) =>
    sign(null, message, privateKey),
  );
  const vkey = encodeVerifierKey({ name: origin, type: NOTE_TYPES.ed25519, publicKey: raw });
  await store.putCheckpoint({ log: origin, size, signedAt: "2026-11-01T00:00:00.000Z", vkey, note });
  return { origin, vkey, newest: null };
}

function trustOf(chains: readonly Chain[], log: TrustFile["log"]): TrustFile {
  return {
    schemaVersion: "1",
    partner: "01JP0000000000000000000000",
    sites: chains.map(({ box }) => box.site).toSorted(),
    authority: null,
    log,
    witnesses: [],
    quorum: 0,
    bitcoin: null,
    heads: [],
    keys: chains.map(({ box }) => ({
      publicKey: Buffer.from(box.publicKey).toString("hex"),
      site: box.site,
      appliance: box.id,
      from: 0,
      to: null,
    })),
    revisions: [{ id: chainRevision, from: 0 }],
    assignments: chains.map(({ box, assignment: { digest, generation } }) => ({
      digest,
      site: box.site,
      appliance: box.id,
      generation,
      from: 0,
    })),
    exceptions: [],
  };
}
