/** Test support: a controller and boxes as they are installed, each its own process, on a small repository. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { vi } from "vitest";
import { makeRepository, type TestRepository } from "../source/testdata/repository.ts";
import { openSqliteStore } from "../store/sqlite-store.ts";
import { makeAppliance } from "../testdata/appliance.ts";
import { type DesiredFiles, libraryFiles, loggedPartnerFiles, logOf } from "../testdata/desired.ts";
import { type Finished, freePort, runCompline } from "./product.ts";

const root = join(import.meta.dirname, "../../..");
const controllerProgram = join(root, "controller/bin/controller.mjs");
/** The program on the box. */
const agentProgram = join(root, "agent/bin/compline-agent.mjs");
const sample = makeAppliance("01J0000000000000000000BXA1", "01J000000000000000000S1TA1");
/** Everything here is awaited at most so long: two programs start, on a machine that does other things too. */
export const PATIENCE_MS = 90_000;

/** Where the files of a box lie in the repository. */
export const boxPath = (name: string): string => `sites/acme/shop/appliances/${name}.yaml`;

/** A logged bundle, as far as these tests ask. */
export interface LoggedBundle {
  readonly chain: string;
  readonly site: string;
  readonly epoch: number;
  readonly seq: number;
}

/** A partner's installation: one site, one host. */
export class Installation {
  readonly folder: string = mkdtempSync(join(tmpdir(), "compline-installed-"));
  readonly state: string = join(this.folder, "state");
  readonly #port: number;
  readonly #repository: TestRepository;
  readonly #running = new Map<string, ChildProcess>();

  private constructor(port: number, repository: TestRepository) {
    this.#port = port;
    this.#repository = repository;
    this.#writeConfig();
  }

  /** Files of its repository before a box is enrolled. */
  static readonly files: DesiredFiles = {
    ...libraryFiles("5s"),
    ...loggedPartnerFiles("acme", sample),
    [boxPath("box")]:
      "apiVersion: compline.dev/v1\nkind: Appliance\nmetadata:\n  name: box\nspec:\n  description: A box.\n",
  };

  static async make(): Promise<Installation> {
    const repository = await makeRepository();
    await repository.commit(Installation.files);
    return new Installation(await freePort(), repository);
  }

  /** The folder of the repository. */
  get repository(): string {
    return this.#repository.folder;
  }

  get url(): string {
    return `http://127.0.0.1:${this.#port}`;
  }

  /** The folder of a box. */
  box(name: string): string {
    return join(this.folder, name);
  }

  #writeConfig(): void {
    const state = join(this.state, "controller");
    mkdirSync(state, { recursive: true });
    const sources = [{ name: "main", repository: this.#repository.folder, branch: "main" }];
    const config = { schemaVersion: "1", state, host: "127.0.0.1", port: this.#port, sources };
    writeFileSync(join(state, "config.json"), JSON.stringify(config));
  }

  async startController(): Promise<void> {
    const child = this.#start("controller", [
      controllerProgram,
      "--config",
      join(this.state, "controller/config.json"),
    ]);
    await once(child.stdout ?? child, "data");
  }

  startBox(name: string): void {
    this.#start(name, [agentProgram, "run", "--appliance", this.box(name)]);
  }

  /** Ends one program, as a signal does. */
  async stop(name: string): Promise<void> {
    const child = this.#running.get(name);
    this.#running.delete(name);
    if (child === undefined || child.exitCode !== null) return;
    child.kill("SIGTERM");
    await once(child, "exit");
  }

  /** Enrols a box; answers the document for the repository. */
  async enrol(name: string): Promise<string> {
    const key = (await this.compline("controller-key")).stdout.trim();
    const flags = ["--name", "box", "--controller", this.url, "--controller-key", key];
    return (await this.agent("enrol", name, ...flags)).stdout;
  }

  /** Commits files and waits until that is in force. */
  async accept(changes: DesiredFiles): Promise<void> {
    const revision = await this.#repository.commit(changes);
    await this.until(async () => {
      const answer = await fetch(`${this.url}/healthz`);
      return ((await answer.json()) as { readonly revision: unknown }).revision === revision;
    });
  }

  async agent(command: string, name: string, ...flags: readonly string[]): Promise<Finished> {
    return await runCompline([command, this.box(name), ...flags], agentProgram);
  }

  async compline(...args: readonly string[]): Promise<Finished> {
    return await runCompline([...args, "--repo", this.#repository.folder, "--state", this.state]);
  }

  /** The ULID of a box, which is also its chain's. */
  idOf(name: string): string {
    const text = readFileSync(join(this.box(name), "identity.json"), "utf8");
    return (JSON.parse(text) as { readonly id: string }).id;
  }

  /** The bundles that a checkpoint covers: those that an export gives. */
  async logged(): Promise<readonly LoggedBundle[]> {
    const store = openSqliteStore(join(this.state, "controller/compline.db"), "read");
    try {
      const covered = (await store.checkpoint(logOf("acme")))?.size ?? 0;
      return (await store.bundlesSince(0, 1000)).slice(0, covered);
    } finally {
      await store.close();
    }
  }

  /** Awaits a state; one that a program is asked for is asked for less often than a file. */
  async until(holds: () => Promise<boolean>, interval: number = 200): Promise<void> {
    await vi.waitUntil(holds, { timeout: PATIENCE_MS, interval });
  }

  /** Exports the site and verifies that: what was found. */
  async verifyExport(
    site = "shop",
  ): Promise<{ readonly outcome: string; readonly failures: readonly unknown[] }> {
    const out = mkdtempSync(join(this.folder, "export-"));
    const exported = await this.compline("export", "--site", site, "--out", out);
    if (exported.code !== 0) throw new Error(exported.stderr);
    const { stdout } = await runCompline(["verify", out, "-o", "json"]);
    return JSON.parse(stdout) as { readonly outcome: string; readonly failures: readonly unknown[] };
  }

  async remove(): Promise<void> {
    for (const name of this.#running.keys()) await this.stop(name);
    await this.#repository.remove();
    rmSync(this.folder, { recursive: true, force: true });
  }

  #start(name: string, args: readonly string[]): ChildProcess {
    const env = { ...process.env, COMPLINE_LOG_LEVEL: "silent" };
    const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "ignore"] });
    this.#running.set(name, child);
    return child;
  }
}
