import { type ChildProcess, spawn } from "node:child_process";
import { createWriteStream, type WriteStream } from "node:fs";
import { createInterface } from "node:readline";

/** How a child is started again after it ended by itself. */
const FIRST_DELAY_MS = 200;
const LONGEST_DELAY_MS = 5_000;
/** A child that ran this long was well; its next end begins with the first delay again. */
const WELL_AFTER_MS = 10_000;
/** How long a child may take to end after it was asked to. */
const STOP_MS = 3_000;

/** What to run and what to do with what it says. */
export interface ChildSpec {
  readonly name: string;
  readonly argv: readonly [string, ...string[]];
  /** Where its log lines (standard error) go. */
  readonly logFile: string;
  /** Called each time it ended without being asked to; answers whether it is to be started again. */
  readonly onEnd: (end: ChildEnd) => "restart" | "give-up";
}

/** How a child ended by itself. */
export interface ChildEnd {
  readonly name: string;
  /** "exit code 3" or the name of a signal. */
  readonly how: string;
  /** True when it ended itself, and was not killed. */
  readonly byItself: boolean;
  /** The last line of its log that is not a log record: what it said to a person. */
  readonly lastWords: string | null;
}

/** A process that is kept running until it is stopped. Its standard input is held open: at its end the child ends, too. */
export class SupervisedChild {
  readonly #spec: ChildSpec;
  readonly #log: WriteStream;
  #process: ChildProcess | null = null;
  #timer: NodeJS.Timeout | null = null;
  #delayMs = FIRST_DELAY_MS;
  #stopping = false;

  constructor(spec: ChildSpec) {
    this.#spec = spec;
    this.#log = createWriteStream(spec.logFile, { flags: "a", mode: 0o600 });
    this.#start();
  }

  #start(): void {
    const [command, ...args] = this.#spec.argv;
    const child = spawn(command, args, { stdio: ["pipe", "ignore", "pipe"] });
    const startedAt = performance.now();
    this.#process = child;
    child.stdin.on("error", () => undefined);
    child.stderr.pipe(this.#log, { end: false });
    let lastWords: string | null = null;
    createInterface({ input: child.stderr }).on("line", (line) => {
      if (line !== "" && !line.startsWith("{")) lastWords = line;
    });
    child.on("error", (error) => this.#ended({ how: error.message, byItself: true, lastWords }, startedAt));
    // "close" and not "exit": only then has its last line been read.
    child.on("close", (code, signal) =>
      this.#ended({ how: signal ?? `exit code ${code}`, byItself: signal === null, lastWords }, startedAt),
    );
  }

  #ended(end: Omit<ChildEnd, "name">, startedAt: number): void {
    this.#process = null;
    if (this.#stopping) return;
    if (performance.now() - startedAt > WELL_AFTER_MS) this.#delayMs = FIRST_DELAY_MS;
    if (this.#spec.onEnd({ name: this.#spec.name, ...end }) === "give-up") return;
    this.#timer = setTimeout(() => this.#start(), this.#delayMs);
    this.#delayMs = Math.min(this.#delayMs * 2, LONGEST_DELAY_MS);
  }

  /** Asks the child to end, and ends it if it does not. Returns when it is gone. */
  async stop(): Promise<void> {
    this.#stopping = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    const child = this.#process;
    if (child !== null) {
      const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
      child.kill("SIGTERM");
      const force = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
      await gone;
      clearTimeout(force);
    }
    this.#log.end();
  }
}
