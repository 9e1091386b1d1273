import { createHash } from "node:crypto";
import { join } from "node:path";
import {
  encodeVerifierKey,
  isSignedByLog,
  NOTE_TYPES,
  type NoteSignature,
  readCheckpoint,
  signaturesBy,
  signCheckpoint,
  type SignatureEngine,
  type SignedCheckpoint,
} from "@compline/core";
import { type Clock, instantOf } from "../clock.ts";
import { type AssignmentKey, loadAssignmentKey } from "../config/assignment-key.ts";
import type { CrashPoint } from "../crash-point.ts";
import type { Log } from "../log.ts";
import type { LogStore } from "../store/contract.ts";
import type { HighWater, Mark } from "./high-water.ts";
import { logRoot } from "./prove.ts";

/** Why a log's checkpoints are not signed: what was handed out is not what the store has. */
export interface Stall {
  /** LOG_SET_BACK: the store has fewer leaves. LOG_ANOTHER_HISTORY: it has others. */
  readonly code: "LOG_SET_BACK" | "LOG_ANOTHER_HISTORY";
  /** Leaves that were shown to others. */
  readonly shown: number;
  /** Leaves that the store has. */
  readonly kept: number;
}

/** A checkpoint that this log signed, whoever brought it. */
export interface HeardCheckpoint {
  readonly checkpoint: SignedCheckpoint;
  /** The lines of the log's key. */
  readonly own: readonly NoteSignature[];
}

/** What signing needs. */
export interface SignerPorts {
  readonly store: LogStore;
  /** Folder of the keys, one for each log, which are born here. */
  readonly keys: string;
  readonly highWater: HighWater;
  readonly engine: SignatureEngine;
  readonly clock: Clock;
  readonly log: Log;
  readonly crashPoint: CrashPoint;
}

/**
 * Signs the checkpoint of each log that grew. The size goes to the high-water file before anybody gets the checkpoint,
 * so that a log that was set back is noticed: then it signs no more, for two checkpoints that contradict each other
 * cannot be taken back.
 */
export class CheckpointSigner {
  readonly #ports: SignerPorts;
  readonly #keys = new Map<string, Promise<AssignmentKey>>();
  readonly #checked = new Set<string>();
  readonly #heard = new Map<string, Mark>();
  readonly #stalls = new Map<string, Stall>();

  constructor(ports: SignerPorts) {
    this.#ports = ports;
  }

  /** Logs that are not signed, and why. */
  stalls(): ReadonlyMap<string, Stall> {
    return this.#stalls;
  }

  /** One round over the logs in force. Throws STORE_IO, KEY_INVALID. */
  async sign(logs: readonly string[]): Promise<void> {
    for (const log of logs) {
      const [size, last] = [await this.#ports.store.logSize(log), await this.#ports.store.checkpoint(log)];
      if (!(await this.#maySign(log, size)) || size === 0 || size === last?.size) continue;
      await this.#signOne(log, size);
    }
  }

  /**
   * Takes a checkpoint that an appliance was told of, or a witness cosigned. It counts when this log signed it, whoever
   * brings it; then it is judged in the next round like the high-water file, and kept there. Null for one that does not
   * count. Throws STORE_IO, KEY_INVALID.
   */
  async hear(log: string, text: string): Promise<HeardCheckpoint | null> {
    const note = Buffer.from(text);
    const read = readCheckpoint(note);
    if (!read.ok || read.value.origin !== log) return null;
    const { size, root } = read.value;
    const kept = await this.#ports.store.checkpoint(log, size);
    const key = { name: log, type: NOTE_TYPES.ed25519, publicKey: (await this.#keyOf(log)).publicKey };
    const heard = { checkpoint: read.value, own: signaturesBy(read.value.note, key) };
    if (kept?.size === size && note.equals(kept.note)) return heard;
    if (!(await isSignedByLog(read.value, key, this.#ports.engine))) return null;
    if (size >= (this.#heard.get(log)?.size ?? 0)) this.#heard.set(log, { size, root });
    return heard;
  }

  /** Asked of the store once in a process, and of what was heard: from then on only this process writes it. */
  async #maySign(log: string, kept: number): Promise<boolean> {
    if (isFinal(this.#stalls.get(log), kept)) return false;
    this.#stalls.delete(log);
    const heard = this.#heard.get(log) ?? null;
    if (this.#checked.has(log) && heard === null) return true;
    const { highWater } = this.#ports;
    if (heard !== null && heard.size > (highWater.of(log)?.size ?? 0)) await highWater.raise(log, heard);
    this.#heard.delete(log);
    const stall =
      (await this.#stallOf(log, kept, highWater.of(log))) ?? (await this.#stallOf(log, kept, heard));
    if (stall === null) {
      this.#checked.add(log);
      return true;
    }
    this.#stalls.set(log, stall);
    this.#ports.log.error({ log, ...stall }, "the log is not what was shown of it; it is not signed");
    return false;
  }

  async #stallOf(log: string, kept: number, mark: Mark | null): Promise<Stall | null> {
    if (mark === null) return null;
    if (mark.size > kept) return { code: "LOG_SET_BACK", shown: mark.size, kept };
    const root = await logRoot(this.#ports.store, log, mark.size);
    return hexOf(root) === mark.root ? null : { code: "LOG_ANOTHER_HISTORY", shown: mark.size, kept };
  }

  async #signOne(log: string, size: number): Promise<void> {
    const { store, highWater, clock, crashPoint } = this.#ports;
    const root = hexOf(await logRoot(store, log, size));
    const { publicKey, sign } = await this.#keyOf(log);
    const note = await signCheckpoint({ origin: log, size, root }, publicKey, sign);
    await highWater.raise(log, { size, root });
    crashPoint("after-high-water");
    const vkey = encodeVerifierKey({ name: log, type: NOTE_TYPES.ed25519, publicKey });
    await store.putCheckpoint({ log, size, signedAt: instantOf(clock()), vkey, note });
    crashPoint("after-checkpoint");
  }

  #keyOf(log: string): Promise<AssignmentKey> {
    const name = createHash("sha256").update(log).digest("hex").slice(0, 32);
    const key = this.#keys.get(log) ?? loadAssignmentKey(join(this.#ports.keys, `${name}.key`));
    this.#keys.set(log, key);
    return key;
  }
}

/** A log that was set back may get its bundles again, in their order: then nothing contradicts what was shown. */
function isFinal(stall: Stall | undefined, kept: number): boolean {
  return stall !== undefined && !(stall.code === "LOG_SET_BACK" && kept >= stall.shown);
}

function hexOf(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}
