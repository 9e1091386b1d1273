import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { cosignaturesOf, type NoteKey, readCheckpoint, type SignedCheckpoint } from "@compline/core";
import { nodeEngine } from "../../crypto.ts";
import { type Git, openGit } from "../../source/git.ts";
import { CliError } from "../failure.ts";

/** What a witness keeps in the partner's repository: the last checkpoint it cosigned, and what it refused. */
export class WitnessRecords {
  readonly #repo: string;
  readonly #git: Git;
  readonly #witness: NoteKey;
  readonly #folder: string;

  constructor(repo: string, partner: string, witness: NoteKey) {
    this.#repo = repo;
    this.#witness = witness;
    this.#git = openGit(repo, authorEnvironment(witness.name));
    this.#folder = `witness/${partner}/${witness.name}`;
  }

  /**
   * The last checkpoint this witness cosigned, as it is committed; null when there never was one. Throws when the file
   * was removed or is not what the witness signed: to begin anew would be to forget what was seen.
   */
  async last(): Promise<SignedCheckpoint | null> {
    const path = `${this.#folder}/checkpoint`;
    if (!(await this.#has(path))) {
      if ((await this.#git.raw("log", "-1", "--format=%H", "--", path)).trim() === "") return null;
      throw new CliError(
        "unverified",
        `${path} was removed from the repository; put it back from its history`,
      );
    }
    const read = readCheckpoint(Buffer.from(await this.#git.raw("show", `HEAD:./${path}`)));
    const own = read.ok ? await cosignaturesOf(read.value, [this.#witness], nodeEngine()) : [];
    if (!read.ok || own.length === 0)
      throw new CliError(
        "unverified",
        `${path} is not what the witness ${this.#witness.name} cosigned; put it back from its history`,
      );
    return read.value;
  }

  /** Commits what was cosigned. */
  async keep(note: Uint8Array, size: number): Promise<void> {
    await this.#commit(`${this.#folder}/checkpoint`, note, `witness: ${size} leaves cosigned`);
  }

  /** Commits a checkpoint that contradicts the last one, once; answers where it is. */
  async keepRefused(code: string, { size, root }: SignedCheckpoint, note: Uint8Array): Promise<string> {
    const path = `${this.#folder}/refused/${code}-${size}-${root.slice(0, 16)}`;
    if (!(await this.#has(path))) await this.#commit(path, note, `witness: REFUSED ${size} leaves, ${code}`);
    return path;
  }

  async #has(path: string): Promise<boolean> {
    return (await this.#git.raw("ls-tree", "--name-only", "HEAD", "--", path)).trim() !== "";
  }

  async #commit(path: string, bytes: Uint8Array, message: string): Promise<void> {
    const file = join(this.#repo, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, bytes);
    await this.#git.raw("add", "--", path);
    await this.#git.raw("commit", "--quiet", "--message", message, "--only", "--", path);
  }
}

function authorEnvironment(name: string): Readonly<Record<string, string>> {
  const email = "witness@compline.invalid";
  return {
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
  };
}
