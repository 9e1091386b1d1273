import { join } from "node:path";
import {
  cosignatureLines,
  encodeNote,
  encodeVerifierKey,
  NOTE_TYPES,
  type NoteKey,
  readVerifierKey,
  type SignatureEngine,
} from "@compline/core";
import { instantOf } from "../clock.ts";
import { ControllerError, messageOf } from "../errors.ts";
import type { LivePartner } from "../reconcile/accept.ts";
import { openGit } from "../source/git.ts";
import type { LogStore } from "../store/contract.ts";
import { logSpecOf } from "./log-view.ts";
import { logRoot } from "./prove.ts";
import type { CheckpointSigner, HeardCheckpoint } from "./signer.ts";
import type { FetchedBranch, WitnessBranches } from "./witness-branches.ts";

/** More witnesses than anybody has. */
const mostNotes = 100;
/** A checkpoint with the lines of 16 witnesses has room. */
const mostBytes = 8192;

/** What reading them needs. */
export interface WitnessNotesPorts {
  /** Folder of the mirrors. */
  readonly mirrors: string;
  readonly branches: Pick<WitnessBranches, "branch">;
  readonly signer: Pick<CheckpointSigner, "hear">;
  readonly store: LogStore;
  readonly engine: SignatureEngine;
  /** Called when a cosignature was kept. */
  readonly changed: () => void;
}

/**
 * What witnesses cosigned last, as the partners' repositories have it: `witness/<partner>/<witness>/checkpoint`, on the
 * branches that partner.yaml names and in what is in force. All of it is told to the signer, so that a controller that
 * was set back does not contradict what witnesses saw; what is ours and cosigned by a declared witness is kept.
 */
export class WitnessNotes {
  readonly #ports: WitnessNotesPorts;
  /** By log: the revisions whose notes were taken. */
  readonly #taken = new Map<string, string>();
  readonly #read = new Set<string>();
  readonly #unread = new Map<string, string>();

  constructor(ports: WitnessNotesPorts) {
    this.#ports = ports;
  }

  /** Whether what witnesses saw of a log was told since the start: before that it is not to be signed. */
  hasRead(log: string): boolean {
    return this.#read.has(log);
  }

  /** Logs of whose witnesses nothing can be read now, and why. */
  unread(): ReadonlyMap<string, string> {
    return this.#unread;
  }

  /** Reads what is new. A repository that cannot be read keeps no other waiting. Throws STORE_IO, KEY_INVALID. */
  async look(partners: readonly LivePartner[]): Promise<void> {
    const bySource = Map.groupBy(partners, ({ source }) => source);
    await Promise.all(
      [...bySource.values()].map(async (own) => {
        for (const partner of own) await this.#lookAt(partner);
      }),
    );
  }

  async #lookAt(partner: LivePartner): Promise<void> {
    const log = logSpecOf(partner)?.origin;
    if (log === undefined) return;
    try {
      const places = await this.#placesOf(partner);
      const at = [partner.revision, ...places.map(({ revision }) => revision)].join(" ");
      if (this.#taken.get(log) !== at && (await this.#takeAll(partner, log, places)))
        this.#taken.set(log, at);
      this.#read.add(log);
      this.#unread.delete(log);
    } catch (error) {
      if (!(error instanceof ControllerError) || error.code !== "GIT_FAILED") throw error;
      this.#unread.set(log, messageOf(error));
    }
  }

  /** Where notes may lie. A branch that is not there is one to which no witness pushed yet. */
  async #placesOf(partner: LivePartner): Promise<readonly FetchedBranch[]> {
    const { source, revision } = partner;
    const places = [{ folder: join(this.#ports.mirrors, `${source}.git`), revision }];
    for (const name of new Set(logSpecOf(partner)?.witnesses?.flatMap(({ branch }) => branch ?? []))) {
      const branch = await this.#ports.branches.branch(source, name);
      if (branch !== null) places.push(branch);
    }
    return places;
  }

  /** False when a note goes further than the log: its bundles may come again, and then it is ours. */
  async #takeAll(partner: LivePartner, log: string, places: readonly FetchedBranch[]): Promise<boolean> {
    const keys = witnessKeysOf(partner);
    let all = true;
    for (const place of places)
      for (const note of await notesAt(place, partner.name)) {
        const heard = await this.#ports.signer.hear(log, note);
        if (heard === null) continue;
        if (heard.checkpoint.size > (await this.#ports.store.logSize(log))) all = false;
        else await this.#keep(heard, keys);
      }
    return all;
  }

  /** Untrusted until here: the log's own key signed the checkpoint, and it is compared with the log before it is kept. */
  async #keep({ checkpoint, own }: HeardCheckpoint, keys: readonly NoteKey[]): Promise<void> {
    const { store, engine, changed } = this.#ports;
    const { origin: log, size, root, note } = checkpoint;
    const kept = new Map((await store.cosigned(log)).map((one) => [one.witness, one.size]));
    const lines = (await cosignatureLines(checkpoint, keys, engine)).filter(
      ({ key }) => size > (kept.get(encodeVerifierKey(key)) ?? 0),
    );
    if (lines.length === 0 || Buffer.from(await logRoot(store, log, size)).toString("hex") !== root) return;
    for (const { key, time, line } of lines)
      await store.putCosigned({
        log,
        witness: encodeVerifierKey(key),
        size,
        cosignedAt: instantOf(time * 1000),
        note: encodeNote({ text: note.text, signatures: [...own, line] }),
      });
    changed();
  }
}

/** Keys of the witnesses that a partner declares. */
function witnessKeysOf(partner: Pick<LivePartner, "graph" | "name">): readonly NoteKey[] {
  return (logSpecOf(partner)?.witnesses ?? []).map(({ vkey }) => {
    const read = readVerifierKey(vkey, NOTE_TYPES.cosignature);
    if (!read.ok) throw new Error(`unreachable: an accepted file has a key that is none: ${read.message}`);
    return read.value;
  });
}

async function notesAt({ folder, revision }: FetchedBranch, partner: string): Promise<readonly string[]> {
  const git = openGit(folder);
  const flags = ["-r", "-z", "-l", "--full-tree"];
  const listing = await git.raw("ls-tree", ...flags, revision, "--", `witness/${partner}/`);
  const ids = listing.split("\0").flatMap(noteIn).slice(0, mostNotes);
  const notes: string[] = [];
  for (const id of ids) notes.push(await git.raw("cat-file", "blob", id));
  return notes;
}

/** The object of a line of `ls-tree` when it may be a note. */
function noteIn(line: string): readonly string[] {
  const [, id, size] = /^100644 blob ([0-9a-f]+) +(\d+)\t.*\/checkpoint$/.exec(line) ?? [];
  return id === undefined || Number(size) > mostBytes ? [] : [id];
}
