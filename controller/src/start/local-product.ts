import { execFile } from "node:child_process";
import { mkdirSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { loadTree } from "@compline/core";
import { ulid } from "ulid";
import { CliError } from "../cli/failure.ts";
import { type Born, DEMO_BRANCH } from "../desired/demo-branch.ts";
import { readTree } from "../source/tree.ts";
import { type ChildEnd, type ChildSpec, SupervisedChild } from "./child.ts";
import { collectBorn, idOfBox, prepareAppliance, waitForIdentity } from "./enrolment.ts";
import { waitForHealth } from "./health.ts";
import { type DeclaredAppliance, type Inventory, readInventory } from "./inventory.ts";
import { publicKeyOf } from "./keys.ts";
import type { Layout } from "./layout.ts";
import { readOrCreate, writePrivate } from "../config/private-file.ts";

const run = promisify(execFile);
const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
const IDENTITY_MS = 30_000;

/** Where the product runs and to whom it speaks. */
export interface ProductOptions {
  readonly layout: Layout;
  readonly repo: string;
  readonly url: string;
  readonly say: (text: string) => void;
  /** Aborted when everything is to end. */
  readonly stop: AbortSignal;
}

/** The processes of one machine: a controller, and an agent for the appliances that the tree declares and nobody enrolled. */
export class LocalProduct {
  readonly #options: ProductOptions;
  #controller: SupervisedChild | null = null;
  #agent: SupervisedChild | null = null;
  /** The appliances that the agent process runs. */
  #running: readonly string[] = [];
  /** Aborted with what was said when a process cannot start at all; until everything is up, waiting for it is no use. */
  readonly #failed: AbortController = new AbortController();
  #isUp = false;
  #inventory: Pick<Inventory, "sites" | "appliances"> = { sites: [], appliances: [] };

  constructor(options: ProductOptions) {
    this.#options = options;
  }

  /** Makes what is missing: the controller's key, the authority's key, the log's name. Answers whether this is the first start. */
  async prepareKeys(): Promise<boolean> {
    const { layout } = this.#options;
    let first = false;
    await readOrCreate(layout.logOrigin, () => {
      first = true;
      return `log.compline.invalid/${ulid().toLowerCase()}`;
    });
    await Promise.all([publicKeyOf(layout.assignmentKey), publicKeyOf(layout.authorityKey)]);
    return first;
  }

  /** Builds the program that renders the portal, unless the one there is of the same sources. Answers whether it did. */
  async preparePortal(): Promise<boolean> {
    const { stdout } = await run(process.execPath, [join(root, "portal", "bin", "build.mjs"), "--prepare"], {
      signal: this.#options.stop,
    });
    return stdout !== "";
  }

  /** Starts the agent for the appliances of a commit (again, when others are declared now); waits until each has its key. */
  async startAppliances(commit: string): Promise<readonly string[]> {
    const { appliances } = await this.#inventoryOf(commit);
    await this.#runAppliances(appliances);
    return this.#running;
  }

  /** What was born here for the files of a commit. Appliances that the commit declares newly are started first. */
  async bornFor(commit: string): Promise<Born> {
    const { layout } = this.#options;
    const inventory = await this.#inventoryOf(commit);
    await this.#runAppliances(inventory.appliances);
    const partner = {
      path: inventory.partnerPath,
      authorityPublicKey: await publicKeyOf(layout.authorityKey),
      logOrigin: (await readFile(layout.logOrigin, "utf8")).trim(),
    };
    return await collectBorn(layout, partner, inventory.appliances);
  }

  /** Writes the controller's configuration and starts it; answers its address once it listens. */
  async startController(signal: AbortSignal): Promise<string> {
    const { layout, url } = this.#options;
    const { hostname, port } = new URL(url);
    const sources = [{ name: "demo", repository: layout.desired, branch: DEMO_BRANCH }];
    const config = {
      schemaVersion: "1",
      state: layout.controller,
      host: hostname,
      port: Number(port),
      sources,
    };
    await writePrivate(layout.controllerConfig, `${JSON.stringify(config, null, 2)}\n`);
    this.#controller = superviseController(layout, this.#onEnd);
    await waitForHealth(url, () => true, this.#unlessFailed(signal));
    return url;
  }

  /** Waits until the first evidence of each appliance is kept. */
  async waitForEvidence(signal: AbortSignal): Promise<string> {
    const wanted = this.#running.length;
    const { position } = await waitForHealth(
      this.#options.url,
      (health) => health.position >= wanted,
      this.#unlessFailed(signal),
    );
    return `${position} signed bundles`;
  }

  /** Waits until a built portal is served that knows the revision in force. */
  async waitForPortal(signal: AbortSignal): Promise<string> {
    const ready = await waitForHealth(
      this.#options.url,
      (health) =>
        health.portal !== null && health.portal.revision === health.revision && health.portal.position > 0,
      this.#unlessFailed(signal),
    );
    this.#isUp = true;
    return `built for revision ${ready.revision?.slice(0, 12)}`;
  }

  readonly #onEnd = ({ name, how, byItself, lastWords }: ChildEnd): "restart" | "give-up" => {
    const words = lastWords === null ? "" : `: ${lastWords}`;
    if (byItself && !this.#isUp) {
      this.#failed.abort(new CliError("failed", `the ${name} could not start (${how})${words}`));
      return "give-up";
    }
    this.#options.say(`${name} ended (${how})${words}; starting it again`);
    return "restart";
  };

  #unlessFailed(signal: AbortSignal): AbortSignal {
    return AbortSignal.any([signal, this.#failed.signal, this.#options.stop]);
  }

  /** What of the commit that was taken last is run here. */
  get inventory(): Pick<Inventory, "sites" | "appliances"> {
    return this.#inventory;
  }

  /** Ends both processes. */
  async stop(): Promise<void> {
    await Promise.all([this.#agent?.stop(), this.#controller?.stop()]);
  }

  async #inventoryOf(commit: string): Promise<Inventory> {
    const { layout } = this.#options;
    const inventory = readInventory(
      loadTree((await readTree(layout.desired, commit)).files).documents,
      (name) => idOfBox(layout.appliance(name)),
    );
    if (inventory === null)
      throw new CliError(
        "findings",
        "no readable sites/<partner>/partner.yaml in the commit; run `npx compline validate`",
      );
    this.#inventory = inventory;
    return inventory;
  }

  async #runAppliances(appliances: readonly DeclaredAppliance[]): Promise<void> {
    const { layout, repo, url } = this.#options;
    const controller = { url, publicKey: await publicKeyOf(layout.assignmentKey) };
    for (const appliance of appliances) await prepareAppliance(layout, appliance, { repo, controller });
    const names = appliances.map(({ name }) => name).toSorted();
    if (names.join() !== this.#running.join()) {
      await this.#agent?.stop();
      this.#agent = names.length === 0 ? null : superviseAgent(layout, names, this.#onEnd);
      this.#running = names;
    }
    const signal = this.#unlessFailed(AbortSignal.timeout(IDENTITY_MS));
    await Promise.all(names.map((name) => waitForIdentity(layout.appliance(name), signal)));
  }
}

/** The controller as a process of its own: API, portal and reconciler on one port. */
function superviseController(layout: Layout, onEnd: ChildSpec["onEnd"]): SupervisedChild {
  mkdirSync(layout.controller, { recursive: true, mode: 0o700 });
  return new SupervisedChild({
    name: "controller",
    argv: [
      process.execPath,
      join(root, "controller", "bin", "controller.mjs"),
      "--config",
      layout.controllerConfig,
      "--exit-with-stdin",
    ],
    logFile: join(layout.controller, "controller.log"),
    onEnd,
  });
}

/** One agent process for the given appliances. It meets the controller over HTTP only, like an agent elsewhere. */
function superviseAgent(
  layout: Layout,
  names: readonly string[],
  onEnd: ChildSpec["onEnd"],
): SupervisedChild {
  const folders = names.flatMap((name) => ["--appliance", layout.appliance(name).folder]);
  return new SupervisedChild({
    name: "agent",
    argv: [
      process.execPath,
      join(root, "agent", "bin", "compline-agent.mjs"),
      "run",
      ...folders,
      "--exit-with-stdin",
    ],
    logFile: join(layout.appliances, "agent.log"),
    onEnd,
  });
}
