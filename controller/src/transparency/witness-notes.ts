import { CHECKPOINT_LENGTH } from "@compline/core";
import { join } from "node:path";
import type { LivePartner } from "../reconcile/accept.ts";
import { openGit } from "../source/git.ts";
import { logOriginOf } from "./log-view.ts";
import type { CheckpointSigner } from "./signer.ts";

/** More witnesses than anybody has. */
const mostNotes = 100;

/**
 * What witnesses cosigned last, as the partners' repositories have it: `witness/<partner>/<witness>/checkpoint`. It is told to the
 * signer before it signs for a revision, so a controller that was set back does not contradict what witnesses saw.
 */
export class WitnessNotes {
  readonly #mirrors: string;
  readonly #signer: Pick<CheckpointSigner, "hear">;
  /** By log: the revision whose notes the signer knows. */
  readonly #told = new Map<string, string>();

  constructor(mirrors: string, signer: Pick<CheckpointSigner, "hear">) {
    this.#mirrors = mirrors;
    this.#signer = signer;
  }

  /** Tells what revisions in force bring that were not looked at yet. Throws GIT_FAILED, STORE_IO, KEY_INVALID. */
  async tell(partners: readonly LivePartner[]): Promise<void> {
    for (const partner of partners) {
      const log = logOriginOf(partner);
      if (log === null || this.#told.get(log) === partner.revision) continue;
      for (const note of await this.#notesOf(partner)) await this.#signer.hear(log, note);
      this.#told.set(log, partner.revision);
    }
  }

  async #notesOf({ source, name, revision }: LivePartner): Promise<readonly string[]> {
    const git = openGit(join(this.#mirrors, `${source}.git`));
    const flags = ["-r", "-z", "-l", "--full-tree"];
    const listing = await git.raw("ls-tree", ...flags, revision, "--", `witness/${name}/`);
    const ids = listing.split("\0").flatMap(noteIn).slice(0, mostNotes);
    const notes: string[] = [];
    for (const id of ids) notes.push(await git.raw("cat-file", "blob", id));
    return notes;
  }
}

/** The object of a line of `ls-tree` when it may be a note. */
function noteIn(line: string): readonly string[] {
  const [, id, size] = /^100644 blob ([0-9a-f]+) +(\d+)\t.*\/checkpoint$/.exec(line) ?? [];
  return id === undefined || Number(size) > CHECKPOINT_LENGTH ? [] : [id];
}
