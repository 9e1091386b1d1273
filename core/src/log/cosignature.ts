import { concatBytes, utf8ToBytes } from "@noble/hashes/utils.js";
import type { Sign, SignatureEngine } from "../evidence/signature.ts";
import type { SignedCheckpoint } from "./checkpoint.ts";
import { type NoteKey, noteKeyId, type NoteSignature, signaturesBy } from "./note.ts";

/** That a witness saw a checkpoint follow on from the one it had seen before, and when. */
export interface Cosignature {
  readonly witness: string;
  /** Seconds since 1970. */
  readonly time: number;
}

const TIME_BYTES = 8;
/** The end of the year 9999: what comes after has no form as an instant. */
const LAST_TIME = 253_402_300_799n;

/** Cosigns the text of a checkpoint (C2SP tlog-cosignature, Ed25519). `timeS` is in seconds since 1970. */
export async function cosign(
  text: string,
  { key, timeS, sign }: { readonly key: NoteKey; readonly timeS: number; readonly sign: Sign },
): Promise<NoteSignature> {
  const signature = await sign(cosignedMessage(text, timeS));
  return { name: key.name, keyId: noteKeyId(key), bytes: concatBytes(encodeTime(timeS), signature) };
}

/** A good cosignature with its line, as it stands below a checkpoint. */
export interface CosignatureLine extends Cosignature {
  readonly key: NoteKey;
  readonly line: NoteSignature;
}

/** The good cosignatures of a checkpoint by the witnesses that are known: {@link cosignatureLines} without their lines. */
export async function cosignaturesOf(
  checkpoint: Pick<SignedCheckpoint, "note">,
  witnesses: readonly NoteKey[],
  engine: SignatureEngine,
): Promise<readonly Cosignature[]> {
  const lines = await cosignatureLines(checkpoint, witnesses, engine);
  return lines.map(({ witness, time }) => ({ witness, time }));
}

/**
 * One for each witness: its earliest. Lines of unknown keys are ignored, and a bad line of a known one counts as
 * missing.
 */
export async function cosignatureLines(
  { note }: Pick<SignedCheckpoint, "note">,
  witnesses: readonly NoteKey[],
  engine: SignatureEngine,
): Promise<readonly CosignatureLine[]> {
  const claims = witnesses.flatMap((key) =>
    signaturesBy(note, key).flatMap((line) => {
      const time = readTime(line.bytes);
      return time === null ? [] : [{ witness: key.name, time, key, line }];
    }),
  );
  const verdicts = await engine.verify(
    claims.map(({ key, time, line }) => ({
      publicKey: key.publicKey,
      message: cosignedMessage(note.text, time),
      signature: line.bytes.subarray(TIME_BYTES),
    })),
  );
  const good = claims.filter((_, index) => verdicts[index] === true);
  // By key, not by name: one witness under two names is one.
  const byKey = Map.groupBy(good, ({ key }) => key.publicKey.join());
  return [...byKey.values()].map((same) =>
    same.reduce((first, one) => (one.time < first.time ? one : first)),
  );
}

function cosignedMessage(text: string, timeS: number): Uint8Array {
  return utf8ToBytes(`cosignature/v1\ntime ${timeS}\n${text}`);
}

function encodeTime(timeS: number): Uint8Array {
  const bytes = new Uint8Array(TIME_BYTES);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(timeS));
  return bytes;
}

function readTime(bytes: Uint8Array): number | null {
  if (bytes.length !== TIME_BYTES + 64) return null;
  const time = new DataView(bytes.buffer, bytes.byteOffset, TIME_BYTES).getBigUint64(0);
  return time <= LAST_TIME ? Number(time) : null;
}
