import { spawn } from "node:child_process";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { constants, setPriority } from "node:os";
import { join } from "node:path";
import { type Snapshot, snapshotLines } from "@compline/core";
import { ControllerError } from "../errors.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";

/** What a build was made of. */
export interface BuildStamp {
  readonly revision: string | null;
  readonly position: number;
  /** The snapshot's `asOf`. */
  readonly builtAt: string;
}

/** A complete build. */
export interface Build {
  readonly folder: string;
  readonly stamp: BuildStamp;
}

/** What is served: the newest complete build, or none yet. */
export interface PortalState {
  readonly build: Build | null;
  /** Whether the newest attempt failed. */
  readonly failed: boolean;
}

/** How builds are made. */
export interface PortalBuildsOptions {
  /** Folder of the builds; each is a numbered folder with its stamp beside it. */
  readonly folder: string;
  /** The program and its first arguments; `--snapshot FILE --out DIR` is added. */
  readonly command: readonly string[];
  readonly log: Log;
  readonly metrics: Pick<Metrics, "portalBuilds" | "portalBuildSeconds">;
  readonly timeoutMs?: number;
}

const kept = 2;

/**
 * Makes the portal's pages, one build at a time: while one runs, only the newest snapshot asked for waits. A build is
 * made beside and renamed when it is complete, so that a crash or a failure leaves the last one served.
 */
export class PortalBuilds {
  readonly #options: PortalBuildsOptions;
  readonly #ending = new AbortController();
  #state: PortalState = { build: null, failed: false };
  #number = 0;
  #next: Snapshot | null = null;
  #running: Promise<void> | null = null;

  constructor(options: PortalBuildsOptions) {
    this.#options = options;
  }

  /** Finds the newest complete build of an earlier run, to be served at once, and clears away what was cut off. */
  async open(): Promise<void> {
    const { folder } = this.#options;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const names = await readdir(folder);
    await Promise.all(
      names
        .filter((name) => name.endsWith(".new"))
        .map((name) => rm(join(folder, name), { recursive: true })),
    );
    const numbers = numbersOf(names);
    this.#number = numbers.at(-1) ?? 0;
    this.#state = { build: await newestBuild(folder, numbers), failed: false };
  }

  /** What is served now. */
  state(): PortalState {
    return this.#state;
  }

  /** Builds this snapshot: at once, or after the build that runs, unless a newer one is asked for before. */
  request(snapshot: Snapshot): void {
    this.#next = snapshot;
    this.#running ??= this.#work();
  }

  /** Resolves when nothing is being built or waits. */
  async idle(): Promise<void> {
    await this.#running;
  }

  /** Ends the build that runs, and takes no more. */
  async close(): Promise<void> {
    this.#ending.abort();
    this.#next = null;
    await this.#running;
  }

  async #work(): Promise<void> {
    const { log, metrics } = this.#options;
    for (let snapshot = this.#take(); snapshot !== null; snapshot = this.#take()) {
      try {
        const took = metrics.portalBuildSeconds.startTimer();
        this.#state = { build: await this.#build(snapshot), failed: false };
        took();
        await rm(failurePath(this.#options.folder), { force: true });
        metrics.portalBuilds.inc({ result: "done" });
        await this.#removeOld();
      } catch (error) {
        if (this.#ending.signal.aborted) break;
        this.#state = { ...this.#state, failed: true };
        metrics.portalBuilds.inc({ result: "failed" });
        await this.#noteFailure(snapshot);
        log.error({ err: error, code: "PORTAL_FAILED" }, "the portal could not be built");
      }
    }
    this.#running = null;
  }

  /** For `compline status`, which reads the folder. It may be the very disk that is full: then it says less. */
  async #noteFailure({ revision, position, asOf }: Snapshot): Promise<void> {
    const stamp: BuildStamp = { revision, position, builtAt: asOf };
    await writeFile(failurePath(this.#options.folder), JSON.stringify(stamp), { mode: 0o600 }).catch(
      () => undefined,
    );
  }

  #take(): Snapshot | null {
    const next = this.#next;
    this.#next = null;
    return next;
  }

  async #build(snapshot: Snapshot): Promise<Build> {
    this.#number += 1;
    const folder = join(this.#options.folder, String(this.#number));
    // A build that outlived a killed controller must not write into this one.
    const input = `${folder}.${process.pid}.json.new`;
    const output = `${folder}.${process.pid}.new`;
    try {
      await writeFile(input, snapshotLines(snapshot), { mode: 0o600 });
      await this.#run(["--snapshot", input, "--out", output]);
      const stamp = { revision: snapshot.revision, position: snapshot.position, builtAt: snapshot.asOf };
      await rename(output, folder);
      await writeFile(`${folder}.json`, JSON.stringify(stamp), { mode: 0o600 });
      return { folder, stamp };
    } finally {
      await rm(input, { force: true });
      await rm(output, { recursive: true, force: true });
    }
  }

  #run(args: readonly string[]): Promise<void> {
    const { command, timeoutMs = 120_000 } = this.#options;
    const [program = "", ...first] = command;
    return new Promise((resolve, reject) => {
      const child = spawn(program, [...first, ...args], {
        stdio: ["ignore", "ignore", "pipe"],
        signal: AbortSignal.any([this.#ending.signal, AbortSignal.timeout(timeoutMs)]),
        killSignal: "SIGKILL",
      });
      // Taking evidence in and handing work out go before pages.
      if (child.pid !== undefined) yieldToOthers(child.pid);
      let tail = "";
      child.stderr.setEncoding("utf8").on("data", (text: string) => {
        tail = (tail + text).slice(-4000);
      });
      const fail = (cause?: unknown): void =>
        reject(
          new ControllerError("PORTAL_FAILED", `the build of the portal failed: ${tail.trim()}`, { cause }),
        );
      child.on("error", fail);
      child.on("close", (code) => (code === 0 ? resolve() : fail()));
    });
  }

  /** The last but one stays a while: a page of it may still be loading. */
  async #removeOld(): Promise<void> {
    const { folder } = this.#options;
    for (const number of numbersOf(await readdir(folder)).slice(0, -kept)) {
      await rm(join(folder, String(number)), { recursive: true, force: true });
      await rm(join(folder, `${number}.json`), { force: true });
    }
  }
}

function yieldToOthers(pid: number): void {
  try {
    setPriority(pid, constants.priority.PRIORITY_BELOW_NORMAL);
  } catch {
    // It has ended already, which its "close" tells.
  }
}

function numbersOf(names: readonly string[]): readonly number[] {
  return names
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .toSorted((a, b) => a - b);
}

function failurePath(folder: string): string {
  return join(folder, "failed.json");
}

/** The builds in a folder as they are told by it: the newest complete one, and the newest attempt if that failed. */
export async function readBuilds(
  folder: string,
): Promise<{ readonly shown: BuildStamp | null; readonly failed: BuildStamp | null }> {
  const numbers = numbersOf(await readdir(folder).catch(() => []));
  const newest = await newestBuild(folder, numbers);
  return { shown: newest?.stamp ?? null, failed: await readStamp(failurePath(folder)) };
}

/** One without a stamp was cut off between its folder and its stamp. */
async function newestBuild(folder: string, numbers: readonly number[]): Promise<Build | null> {
  for (const number of numbers.toReversed()) {
    const stamp = await readStamp(join(folder, `${number}.json`));
    if (stamp !== null) return { folder: join(folder, String(number)), stamp };
  }
  return null;
}

async function readStamp(path: string): Promise<BuildStamp | null> {
  try {
    // Written by this class only.
    return JSON.parse(await readFile(path, "utf8")) as BuildStamp;
  } catch {
    return null;
  }
}
