import { existsSync } from "node:fs";
import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { ControllerError } from "../errors.ts";
import { type Git, openGit } from "./git.ts";
import { ObjectReader } from "./object-reader.ts";

/** A repository the controller follows: an absolute path or a URL, and the branch. */
export interface SourceAddress {
  readonly name: string;
  readonly repository: string;
  readonly branch: string;
}

const fetchedRef = "refs/compline/fetched";
const acceptedRef = "refs/compline/accepted";

/** Files a killed git leaves behind; nobody but this process writes the mirror, so at the start they are stale. */
const locks = [
  "HEAD.lock",
  "config.lock",
  "packed-refs.lock",
  "shallow.lock",
  `${fetchedRef}.lock`,
  `${acceptedRef}.lock`,
];

/** A bare mirror of one branch of one source, kept in a folder that only this process writes. */
export class Mirror {
  readonly address: SourceAddress;
  readonly folder: string;
  readonly objects: ObjectReader;
  readonly #git: Git;
  /** How many commits are reachable from revisions that were counted. */
  readonly #commits = new Map<string, number>();

  private constructor(address: SourceAddress, folder: string, signal?: AbortSignal) {
    this.address = address;
    this.folder = folder;
    this.objects = new ObjectReader(folder);
    this.#git = openGit(folder, {}, signal);
  }

  /**
   * Opens the mirror in `folder`, making it when it is missing or half made. One that git does not take for a
   * repository (a power cut left its files empty) is made anew: all it holds can be fetched again. Throws GIT_FAILED.
   */
  static async open(address: SourceAddress, folder: string, signal?: AbortSignal): Promise<Mirror> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await Promise.all(locks.map((lock) => rm(join(folder, lock), { force: true })));
    const mirror = new Mirror(address, folder, signal);
    await mirror.#init().catch(async () => {
      await rm(folder, { recursive: true });
      await mkdir(folder, { mode: 0o700 });
      await mirror.#init();
    });
    return mirror;
  }

  /**
   * Makes it anew from the source, for when what it holds cannot be read. The old one goes only once the new one is
   * complete: when the source cannot be read either, nothing changes. Throws GIT_FAILED.
   */
  async renew(): Promise<void> {
    const beside = `${this.folder}.new`;
    await rm(beside, { recursive: true, force: true });
    const fresh = await Mirror.open(this.address, beside);
    await fresh.keep(await fresh.fetch());
    this.objects.close();
    await rm(this.folder, { recursive: true, force: true });
    await rename(beside, this.folder);
  }

  async #init(): Promise<void> {
    await this.#git.raw("init", "--bare", "--initial-branch=main");
    // `init` says yes to a HEAD that is none.
    await this.#git.raw("rev-parse", "--is-bare-repository");
  }

  /** A mirror that another process keeps: for reading what it has, never for fetching. */
  static attach(address: SourceAddress, folder: string): Mirror {
    return new Mirror(address, folder);
  }

  /** Whether the source is a folder of this machine, which costs little to ask. */
  get isLocal(): boolean {
    return existsSync(this.address.repository);
  }

  /** What the branch points at in the source now. Fetches nothing. Throws GIT_FAILED, BRANCH_MISSING. */
  async remoteHead(): Promise<string> {
    const { repository, branch } = this.address;
    const answer = await this.#git.raw("ls-remote", "--quiet", "--", repository, `refs/heads/${branch}`);
    const [head] = answer.split(/\s/);
    if (head === undefined || head === "") {
      throw new ControllerError("BRANCH_MISSING", `${repository} has no branch ${branch}`);
    }
    return head;
  }

  /** Brings the branch here, wherever it points now, and answers the commit. Throws GIT_FAILED. */
  async fetch(): Promise<string> {
    const { repository, branch } = this.address;
    const refspec = `+refs/heads/${branch}:${fetchedRef}`;
    // A shallow source (a clone with --depth) is taken as it is.
    const flags = ["--no-tags", "--no-write-fetch-head", "--update-shallow"];
    await this.#git.raw("fetch", ...flags, "--", repository, refspec);
    const head = await this.objects.info(`${fetchedRef}^{commit}`);
    if (head === null) throw new ControllerError("GIT_FAILED", `${repository} ${branch} is no commit`);
    return head.id;
  }

  /** Whether the commit is here. */
  async has(revision: string): Promise<boolean> {
    return (await this.objects.info(revision).catch(() => null))?.type === "commit";
  }

  /** Whether `descendant` is `ancestor` or comes after it. Both must be here. Throws GIT_FAILED. */
  async descends(descendant: string, ancestor: string): Promise<boolean> {
    if (descendant === ancestor) return true;
    const between = `${ancestor}...${descendant}`;
    const counted = await this.#git.raw("rev-list", "--count", "--left-right", between);
    const [lost, added] = counted.trim().split("\t").map(Number);
    if (lost !== 0) return false;
    const before = this.#commits.get(ancestor);
    if (before !== undefined && added !== undefined) this.#commits.set(descendant, before + added);
    return true;
  }

  /** What the branch pointed at before `head`, as far as git tells: the first parents, the oldest first. Throws GIT_FAILED. */
  async passed(head: string): Promise<readonly string[]> {
    const listed = await this.#git.raw("rev-list", "--reverse", "--first-parent", head);
    return listed.split("\n").filter((commit) => commit !== "" && commit !== head);
  }

  /** How many commits are reachable from a revision. Throws GIT_FAILED. */
  async countCommits(revision: string): Promise<number> {
    const count = this.#commits.get(revision) ?? Number(await this.#git.raw("rev-list", "--count", revision));
    this.#commits.set(revision, count);
    return count;
  }

  /** Keeps an accepted revision (and so its ancestors) from being pruned, whatever the branch does later. Throws GIT_FAILED. */
  async keep(revision: string): Promise<void> {
    if ((await this.objects.info(acceptedRef))?.id === revision) return;
    await this.#git.raw("update-ref", acceptedRef, revision);
  }

  /** Ends the process that reads blobs. */
  close(): void {
    this.objects.close();
  }
}
