import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { ControllerError } from "../errors.ts";
import { gitEnvironment, gitFlags } from "./git-process.ts";

/** What git says of an object before its content is read; `size` in bytes. */
export interface ObjectInfo {
  readonly id: string;
  readonly type: string;
  readonly size: number;
}

interface Answer extends ObjectInfo {
  /** Empty when only `info` was asked. */
  readonly bytes: Buffer;
}

interface Question {
  readonly command: "info" | "contents";
  readonly name: string;
  /** Null: there is no such object. */
  readonly resolve: (answer: Answer | null) => void;
  readonly reject: (error: unknown) => void;
}

/** Reads objects of one repository through one long-lived `git cat-file --batch-command`. */
export class ObjectReader {
  readonly #folder: string;
  #child: ChildProcessWithoutNullStreams | null = null;
  #pending: Question[] = [];
  #chunks: Buffer[] = [];
  #buffered = 0;
  #needed = 0;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /**
   * What a name (an id, a reference, `<revision>^{tree}`) stands for at this moment; null when it names nothing here.
   * Throws GIT_FAILED when git ended.
   */
  async info(name: string): Promise<ObjectInfo | null> {
    return await this.#ask("info", name);
  }

  /** The bytes of a blob; see {@link ObjectReader.tree} for what it throws and when to ask. */
  async read(id: string): Promise<Buffer> {
    return await this.#contents(id, "blob");
  }

  /**
   * The bytes of a tree. Ask only for what {@link ObjectReader.info} or a listing says is small enough: an object is
   * held in memory whole. Throws GIT_OBJECT when there is none, GIT_FAILED when git ended.
   */
  async tree(id: string): Promise<Buffer> {
    return await this.#contents(id, "tree");
  }

  async #contents(id: string, type: "blob" | "tree"): Promise<Buffer> {
    if (!/^[0-9a-f]{40,64}$/.test(id)) throw new Error(`unreachable: ${id} is no object id`);
    const answer = await this.#ask("contents", id);
    if (answer?.type !== type) throw new ControllerError("GIT_OBJECT", `git has no ${type} ${id}`);
    return answer.bytes;
  }

  #ask(command: Question["command"], name: string): Promise<Answer | null> {
    if (/[\n\0]/.test(name)) throw new Error("unreachable: a name of an object is one line");
    return new Promise((resolve, reject) => {
      this.#pending.push({ command, name, resolve, reject });
      this.#running().stdin.write(`${command} ${name}\n`);
    });
  }

  /** Ends the git process; questions under way fail. */
  close(): void {
    const child = this.#child;
    if (child === null) return;
    child.kill();
    this.#fail(child, undefined);
  }

  #running(): ChildProcessWithoutNullStreams {
    if (this.#child !== null) return this.#child;
    const child = spawn("git", [...gitFlags, "cat-file", "--batch-command"], {
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
    this.#needed = 0;
    for (let question = this.#pending[0]; question !== undefined; question = this.#pending[0]) {
      const next = answerIn(rest, question.command);
      this.#needed = next?.end ?? 0;
      if (next === null || rest.length < next.end) break;
      this.#pending.shift();
      question.resolve(next.answer(rest));
      rest = rest.subarray(next.end);
      this.#needed = 0;
    }
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

/**
 * The first answer in a buffer, once its first line is there: where it ends, and how to read it when all of it is.
 * `<id> <type> <size>\n`, and for contents `<bytes>\n` after it; any other line says that there is no such object.
 */
function answerIn(
  buffer: Buffer,
  command: Question["command"],
): { readonly end: number; readonly answer: (buffer: Buffer) => Answer | null } | null {
  const newline = buffer.indexOf(0x0a);
  if (newline < 0) return null;
  const start = newline + 1;
  const found = /^([0-9a-f]{40,64}) ([a-z]+) (\d+)$/.exec(buffer.toString("latin1", 0, newline));
  const [, id, type, size] = found ?? [];
  if (id === undefined || type === undefined || size === undefined) return { end: start, answer: () => null };
  const length = command === "info" ? 0 : Number(size);
  const end = command === "info" ? start : start + length + 1;
  return {
    end,
    answer: (whole) => ({
      id,
      type,
      size: Number(size),
      bytes: Buffer.from(whole.subarray(start, start + length)),
    }),
  };
}
