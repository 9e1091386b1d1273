import { bytesToHex, concatBytes, hexToBytes } from "@noble/hashes/utils.js";
import { checkpointText, readCheckpoint, signCheckpoint } from "../../log/checkpoint.ts";
import { cosign } from "../../log/cosignature.ts";
import { encodeNote, encodeVerifierKey, NOTE_TYPES, type NoteKey } from "../../log/note.ts";
import { makeNoteKey } from "../../log/testdata/keys.ts";
import { leafHash, TreeEdge } from "../../log/tree.ts";
import { sha256Hex } from "../digest.ts";
import { checkpointPath, ENTRIES_PATH } from "../kit-files.ts";
import type { Sign } from "../signature.ts";
import { encodeTrust, type TrustFile } from "../trust.ts";
import type { Tamper } from "./forgeries.ts";
import type { TestKit } from "./generator.ts";

/** The log of the tests. */
export const ORIGIN = "lanternfish.example/evidence";

/** How a log differs from an honest one over the bundles in the order they were made. */
export interface LogForgery {
  readonly leaves?: (digests: readonly string[]) => readonly string[];
  /** Sizes of the checkpoints; the whole log when absent. */
  readonly sizes?: readonly number[];
  /** Of checkpoints; that of the trust file when absent. */
  readonly origin?: string;
  /** The log's name in the trust file. */
  readonly named?: string;
  /** Who signs checkpoints: a byte; the log's key is 1. */
  readonly signer?: number;
  /** Who cosigns those of a size: bytes; the trusted witnesses are 2 and 3. */
  readonly cosigners?: (size: number) => readonly number[];
  /** Says another root than the leaves have. */
  readonly root?: string;
  readonly trust?: (trust: TrustFile) => TrustFile;
}

/** Adds a log with witnessed checkpoints of all that is in a kit by then, and names it in the kit's trust file. */
export function logged(forgery: LogForgery = {}): Tamper {
  return (kit) => addLog(kit, forgery);
}

async function addLog(kit: TestKit, forgery: LogForgery): Promise<void> {
  const honest = digestsOf(kit);
  const leaves = forgery.leaves?.(honest) ?? honest;
  kit.files.set(ENTRIES_PATH, concatBytes(...leaves.map(hexToBytes)));
  for (const size of forgery.sizes ?? [leaves.length])
    kit.files.set(checkpointPath(size), await makeCheckpoint(leaves.slice(0, size), forgery));
  const trust = await trustLog(kit.trust, forgery.named ?? ORIGIN);
  kit.trust = forgery.trust?.(trust) ?? trust;
  kit.files.set("trust.json", encodeTrust(kit.trust));
}

/** The appliance's bundles in the order they were made, then all others. */
function digestsOf({ digests, files }: TestKit): readonly string[] {
  const envelopes = [...files].filter(([path]) => path.startsWith("envelopes/"));
  return [...new Set([...digests.values(), ...envelopes.map(([, bytes]) => sha256Hex(bytes))])];
}

/** The leaves of a kit's log. */
export function leavesOf({ files }: TestKit): readonly string[] {
  const entries = bytesToHex(files.get(ENTRIES_PATH) ?? new Uint8Array());
  return entries.match(/.{64}/g) ?? [];
}

/** The root of a log with these leaves. */
export function rootOf(leaves: readonly string[]): string {
  const edge = new TreeEdge();
  for (const leaf of leaves) edge.append(leafHash(hexToBytes(leaf)));
  return bytesToHex(edge.root());
}

async function makeCheckpoint(leaves: readonly string[], forgery: LogForgery): Promise<Uint8Array> {
  const origin = forgery.origin ?? forgery.named ?? ORIGIN;
  const checkpoint = { origin, size: leaves.length, root: forgery.root ?? rootOf(leaves) };
  const log = await makeNoteKey(origin, forgery.signer ?? 1);
  const read = readCheckpoint(await signCheckpoint(checkpoint, log.key.publicKey, log.sign));
  if (!read.ok) throw new Error(read.message);
  const witnesses = await Promise.all((forgery.cosigners?.(leaves.length) ?? [2, 3]).map(makeWitness));
  const cosigned = await Promise.all(
    witnesses.map(({ key, sign }) => cosign(checkpointText(checkpoint), { key, timeS: 1_795_000_000, sign })),
  );
  const { text, signatures } = read.value.note;
  return encodeNote({ text, signatures: [...signatures, ...cosigned] });
}

async function trustLog(trust: TrustFile, origin: string): Promise<TrustFile> {
  const log = await makeNoteKey(origin, 1);
  const witnesses = await Promise.all([2, 3].map(makeWitness));
  return {
    ...trust,
    log: { origin, vkey: encodeVerifierKey(log.key), newest: null },
    witnesses: witnesses.map(({ key }) => ({ name: key.name, vkey: encodeVerifierKey(key) })),
    quorum: 2,
  };
}

function makeWitness(seed: number): Promise<{ readonly key: NoteKey; readonly sign: Sign }> {
  return makeNoteKey(`witness-${seed}.example`, seed, NOTE_TYPES.cosignature);
}
