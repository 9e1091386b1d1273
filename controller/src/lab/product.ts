import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type AssignmentKey, loadAssignmentKey } from "../config/assignment-key.ts";
import { statePaths } from "../config/config.ts";
import { layoutOf } from "../start/layout.ts";
import { CREDENTIAL } from "./lab-repository.ts";
import type { Network } from "./network.ts";
import { expectProgram, lastLine, LabError, type Ended, runProgram } from "./programs.ts";

const root = join(dirname(fileURLToPath(import.meta.url)), "../../..");
const programs = {
  compline: join(root, "controller/bin/compline.mjs"),
  controller: join(root, "controller/bin/controller.mjs"),
  agent: join(root, "agent/bin/compline-agent.mjs"),
} as const;

const PORT = 8480;
const STOP_MS = 5_000;

/** What the enrolment of an appliance gives. */
export interface Enrolled {
  /** The document for the repository. */
  readonly document: string;
  /** What its hosts must let log in. */
  readonly publicKey: string;
  readonly folder: string;
}

/** The real product, as it is installed anywhere: a controller and agents, each a process, in the lab's network. */
export class LabProduct {
  readonly #network: Network;
  /** Holds everything: state, logs. */
  readonly folder: string;
  readonly #running = new Map<string, ChildProcess>();
  readonly #key: Promise<AssignmentKey>;

  /** `folder` is to be made. */
  constructor(folder: string, network: Network) {
    this.folder = folder;
    this.#network = network;
    for (const each of [this.#state, join(folder, "appliances")])
      mkdirSync(each, { recursive: true, mode: 0o700 });
    // Made here, for boxes pin it before the controller's first start.
    this.#key = loadAssignmentKey(statePaths(this.#state).assignmentKey);
  }

  /** The controller's store. */
  get store(): string {
    return statePaths(this.#state).store;
  }

  get #state(): string {
    return layoutOf(this.folder, this.folder).controller;
  }

  /** Enrols an appliance that may do everything on its hosts, and makes its key for them. */
  async enrol(name: string): Promise<Enrolled> {
    const { publicKey } = await this.#key;
    const folder = join(this.folder, "appliances", name);
    const pinned = [
      "--controller",
      `http://127.0.0.1:${PORT}`,
      "--controller-key",
      Buffer.from(publicKey).toString("hex"),
    ];
    const ceiling = ["--mode", "full", "--risk", "high", "--hosts", "all", "--argv"];
    const document = await this.#agent("enrol", folder, "--name", name, ...pinned, ...ceiling);
    const key = await this.#agent("ssh-key", CREDENTIAL, "--appliance", folder);
    return { document, publicKey: key.trim(), folder };
  }

  /** Starts the controller on a repository; resolves when it listens. */
  async startController(repository: string): Promise<void> {
    const sources = [{ name: "lab", repository, branch: "main" }];
    const config = { schemaVersion: "1", state: this.#state, host: "127.0.0.1", port: PORT, sources };
    const file = layoutOf(this.folder, this.folder).controllerConfig; // where `compline export` looks for it
    writeFileSync(file, JSON.stringify(config));
    const child = this.#start("controller", [programs.controller, "--config", file]);
    const ended = once(child, "exit").then(() =>
      Promise.reject(new LabError("the controller ended; its log is kept")),
    );
    await Promise.race([once(child.stdout ?? child, "data"), ended]);
  }

  /** Starts the agent of one appliance. */
  startAgent(name: string): void {
    const folder = join(this.folder, "appliances", name);
    this.#start(name, [programs.agent, "run", "--appliance", folder]);
  }

  /** Ends a process that was started by this name, and waits until it is gone. */
  async stop(name: string): Promise<void> {
    const child = this.#running.get(name);
    this.#running.delete(name);
    if (child === undefined || child.exitCode !== null) return;
    const gone = once(child, "exit");
    child.kill("SIGTERM");
    const force = setTimeout(() => child.kill("SIGKILL"), STOP_MS);
    await gone;
    clearTimeout(force);
  }

  /** Runs `compline` on what is kept. */
  compline(...args: readonly string[]): Promise<Ended> {
    return runProgram([process.execPath, programs.compline, ...args]);
  }

  async #agent(...args: readonly string[]): Promise<string> {
    return expectProgram([process.execPath, programs.agent, ...args]);
  }

  #start(name: string, program: readonly string[]): ChildProcess {
    const [command = "", ...args] = this.#network.enter([process.execPath, ...program, "--exit-with-stdin"]);
    const child = spawn(command, args, { stdio: ["pipe", "pipe", "pipe"] });
    child.stdin.on("error", () => undefined);
    child.stderr.pipe(createWriteStream(join(this.folder, `${name}.log`)));
    child.stdout.resume();
    this.#running.set(name, child);
    return child;
  }
}

/** A program of the agent's that does steps on a host when it is told to. */
export function stepRunner(network: Network, appliance: string): readonly string[] {
  return network.enter([
    process.execPath,
    join(root, "agent/src/lab/step-runner.ts"),
    "--appliance",
    appliance,
  ]);
}

/** What a failed command said. */
export function saidBy({ code, stdout, stderr }: Ended): string {
  return `exit ${code}: ${lastLine(stderr === "" ? stdout : stderr)}`;
}
