import { join } from "node:path";
import { controllerFingerprint } from "@compline/core/appliance";
import { type ApplianceConfig, readApplianceConfig } from "../state/appliance-config.ts";
import { writeDurably } from "../state/durable-file.ts";
import { createStore } from "../store/agent-store.ts";
import { openDatabase } from "../store/database.ts";
import { readFolder, readPem } from "./folder.ts";

/** The controller to trust from now on; what is not given stays. */
export interface RepinOptions {
  readonly controllerKey: string;
  readonly controller?: string;
  /** Path of a PEM file. */
  readonly certificate?: string;
  /** Without it nothing is changed. */
  readonly yes: boolean;
}

/** What repinning would do, or did, and whether it did. */
export interface Repinned {
  readonly done: boolean;
  readonly text: string;
}

/**
 * Pins another controller, after the one before was lost. The next assignment may be of a lower generation, once.
 * Needs the folder for itself. The same command may be given again after a crash.
 * @throws AgentError CONFIG_INVALID for an option, STATE_LOCKED while an agent runs
 */
export function repin(folder: string, options: RepinOptions): Repinned {
  const before = readFolder(folder);
  const after = configOf(before, options);
  if (!options.yes)
    return { done: false, text: `${explain(before, after)}\nRun it again with --yes to do so.` };
  const database = openDatabase(join(folder, "agent.db"));
  try {
    // First the key: an assignment by a key that is no longer pinned heals nothing, marked or not.
    writeDurably(join(folder, "appliance.json"), Buffer.from(`${JSON.stringify(after, null, 2)}\n`));
    createStore(database).markRepinned();
  } finally {
    database.close();
  }
  return { done: true, text: `${explain(before, after)}\nDone. Start the agent.` };
}

function configOf(
  before: ApplianceConfig,
  { controllerKey, controller, certificate }: RepinOptions,
): ApplianceConfig {
  const pinned = certificate === undefined ? {} : { certificate: readPem(certificate) };
  const moved = controller === undefined ? {} : { controller };
  const config = { ...before, controllerKey, ...moved, ...pinned };
  return readApplianceConfig(JSON.stringify(config), "the options");
}

function explain(before: ApplianceConfig, after: ApplianceConfig): string {
  const same = before.controllerKey === after.controllerKey;
  return [
    `${before.name} obeys ${same ? "the same controller key as before" : "another controller key"} from then on:`,
    `  fingerprint before   ${controllerFingerprint(before.controllerKey)}`,
    `  fingerprint after    ${controllerFingerprint(after.controllerKey)}`,
    "    must be what the controller's operator sees:  npx compline controller-key",
    `  controller           ${after.controller}`,
    `  certificate          ${before.certificate === after.certificate ? "as before" : "another"}`,
    "Until that controller's first assignment comes it looks and signs by the last one, and heals nothing.",
    "That first assignment may be of a lower generation than the last: this once, and an event in the chain says so.",
  ].join("\n");
}
