import { existsSync } from "node:fs";
import { mkdir, rm } from "node:fs/promises";
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Clock } from "../clock.ts";
import { type Git, openGit } from "../source/git.ts";
import type { SourceAddress } from "../source/mirror.ts";

/** What is here of a branch. */
export interface FetchedBranch {
  /** The repository that has it. */
  readonly folder: string;
  readonly revision: string;
}

/** How often a source on this machine is asked, and another. */
const nearMs = 5000;
const farMs = 60_000;

interface Asked {
  readonly atMs: number;
  readonly head: string | null;
}

/**
 * Branches that witnesses push to. They are fetched without history into a repository beside the mirror, so that
 * whoever may push there decides nothing of what is in force. It is made anew at each start, and after a failure.
 */
export class WitnessBranches {
  readonly #mirrors: string;
  readonly #sources: ReadonlyMap<string, SourceAddress>;
  readonly #clock: Clock;
  readonly #opened = new Map<string, Promise<Git>>();
  readonly #asked = new Map<string, Asked>();

  constructor(mirrors: string, sources: readonly SourceAddress[], clock: Clock) {
    this.#mirrors = mirrors;
    this.#sources = new Map(sources.map((source) => [source.name, source]));
    this.#clock = clock;
  }

  /**
   * The branch as it was a few seconds ago, of a far source a minute; null when the source has none of that name. One
   * call at a time for a source. Throws GIT_FAILED.
   */
  async branch(source: string, name: string): Promise<FetchedBranch | null> {
    const address = this.#sources.get(source);
    if (address === undefined) throw new Error(`unreachable: ${source} is no source`);
    const key = `${source} ${name}`;
    const known = this.#asked.get(key);
    if (isRecent(known, address, this.#clock())) return this.#found(source, known.head);
    const head = await this.#bring(address, name);
    this.#asked.set(key, { atMs: this.#clock(), head });
    return this.#found(source, head);
  }

  #found(source: string, head: string | null): FetchedBranch | null {
    return head === null ? null : { folder: this.#folderOf(source), revision: head };
  }

  async #bring(address: SourceAddress, name: string): Promise<string | null> {
    const opened = this.#opened.get(address.name) ?? this.#open(address.name);
    this.#opened.set(address.name, opened);
    try {
      return await fetchBranch(await opened, address.repository, name);
    } catch (error) {
      this.#opened.delete(address.name);
      throw error;
    }
  }

  async #open(source: string): Promise<Git> {
    const folder = this.#folderOf(source);
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const git = openGit(folder);
    await git.raw("init", "--bare", "--quiet", "--initial-branch=main");
    return git;
  }

  #folderOf(source: string): string {
    return join(this.#mirrors, `${source}.witness.git`);
  }
}

function isRecent(asked: Asked | undefined, { repository }: SourceAddress, nowMs: number): asked is Asked {
  // The distance both ways: a clock that was set back must not keep a source from being asked.
  return asked !== undefined && Math.abs(nowMs - asked.atMs) < (existsSync(repository) ? nearMs : farMs);
}

async function fetchBranch(git: Git, repository: string, name: string): Promise<string | null> {
  const listed = await git.raw("ls-remote", "--quiet", "--", repository, `refs/heads/${name}`);
  if (listed === "") return null;
  // Not under its own name: that of a branch that is gone could be the folder of another.
  const ref = `refs/witness/${createHash("sha256").update(name).digest("hex").slice(0, 32)}`;
  const flags = ["--depth=1", "--no-tags", "--no-write-fetch-head"];
  await git.raw("fetch", ...flags, "--", repository, `+refs/heads/${name}:${ref}`);
  return (await git.raw("rev-parse", "--verify", `${ref}^{commit}`)).trim();
}
