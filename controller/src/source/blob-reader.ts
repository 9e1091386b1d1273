import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { ControllerError } from "../errors.ts";
import { gitEnvironment, gitFlags } from "./git-process.ts";

interface Pending {
  readonly id: string;
  readonly resolve: (bytes: Buffer) => void;
  readonly reject: (error: unknown) => void;
}

/** Reads blobs of one repository by their id through one long-lived `git cat-file --batch`. */
export class BlobReader {
  readonly #folder: string;
  #child: ChildProcessWithoutNullStreams | null = null;
  #pending: Pending[] = [];
  #chunks: Buffer[] = [];
  #buffered = 0;
  #needed = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * The bytes of a blob. Ask only for what a listing says is small enough: an object is held in memory whole.
   * Throws GIT_OBJECT when there is none, GIT_FAILED when git ended.
   */
  read(id: string): Promise<Buffer> {
    if (!/^[0-9a-f]{40,64}$/.test(id)) throw new Error(`unreachable: ${id} is no object id`);
    return new Promise((resolve, reject) => {
      this.#pending.push({ id, resolve, reject });
      this.#running().stdin.write(`${id}\n`);
    });
  }

  /** Ends the git process; reads under way fail. */
  close(): void {
    const child = this.#child;
    if (child === null) return;
    child.kill();
    this.#fail(child, undefined);
  }

  #running(): ChildProcessWithoutNullStreams {
    if (this.#child !== null) return this.#child;
    const child = spawn("git", [...gitFlags, "cat-file", "--batch"], {
      cwd: this.#folder,
      env: gitEnvironment(),
      stdio: ["pipe", "pipe", "pipe"],
    });
    child.stdout.on("data", (chunk: Buffer) => {
      if (this.#child === child) this.#take(chunk);
    });
    child.stderr.resume();
    // Writing to a git that ended: the "close" below says so.
    child.stdin.on("error", () => undefined);
    child.on("error", (cause) => this.#fail(child, cause));
    child.on("close", () => this.#fail(child, undefined));
    this.#child = child;
    return child;
  }

  #take(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#buffered += chunk.length;
    if (this.#buffered < this.#needed) return;
    let rest: Buffer = Buffer.concat(this.#chunks);
    for (let next = answerIn(rest); next !== null; next = answerIn(rest)) {
      rest = rest.subarray(next.end);
      settle(this.#pending.shift(), next.bytes);
    }
    this.#needed = lengthOfFirst(rest);
    this.#chunks = [rest];
    this.#buffered = rest.length;
  }

  #fail(child: ChildProcessWithoutNullStreams, cause: unknown): void {
    if (this.#child !== child) return;
    this.#child = null;
    this.#chunks = [];
    this.#buffered = 0;
    this.#needed = 0;
    const pending = this.#pending;
    this.#pending = [];
    for (const { reject } of pending) {
      reject(new ControllerError("GIT_FAILED", "git cat-file ended before it answered", { cause }));
    }
  }
}

/** The first complete answer in a buffer: `<id> <type> <size>\n<bytes>\n`, or `<id> missing\n` (bytes null). */
function answerIn(buffer: Buffer): { bytes: Buffer | null; end: number } | null {
  const header = headerOf(buffer);
  if (header === null || buffer.length < header.end) return null;
  const bytes = header.isBlob ? Buffer.from(buffer.subarray(header.start, header.end - 1)) : null;
  return { bytes, end: header.end };
}

function lengthOfFirst(buffer: Buffer): number {
  return headerOf(buffer)?.end ?? 0;
}

/** Where the content of the first answer starts and the answer ends; a missing object has no content. */
function headerOf(buffer: Buffer): { isBlob: boolean; start: number; end: number } | null {
  const newline = buffer.indexOf(0x0a);
  if (newline < 0) return null;
  const start = newline + 1;
  const found = / ([a-z]+) (\d+)$/.exec(buffer.toString("latin1", 0, newline));
  if (found === null) return { isBlob: false, start, end: start };
  return { isBlob: found[1] === "blob", start, end: start + Number(found[2]) + 1 };
}

function settle(pending: Pending | undefined, bytes: Buffer | null): void {
  if (pending === undefined) throw new Error("unreachable: git answers only what was asked");
  if (bytes !== null) pending.resolve(bytes);
  else pending.reject(new ControllerError("GIT_OBJECT", `git has no blob ${pending.id}`));
}
