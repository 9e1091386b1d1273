import { controllerFingerprint } from "@compline/core";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { loadAssignmentKey } from "../config/assignment-key.ts";
import { readConfig, statePaths } from "../config/config.ts";
import { layoutOf } from "../start/layout.ts";
import { ExitCode } from "./exit-code.ts";
import { CliError } from "./failure.ts";

/** The flags of `compline controller-key`: a controller's configuration, or the state folder of `compline start`. */
export interface ControllerKeyOptions {
  readonly repo: string;
  readonly state: string | undefined;
  readonly config?: string;
}

/** Prints the key that signs assignments, which a box pins when it is enrolled, and its fingerprint. Makes none. */
export async function controllerKey(options: ControllerKeyOptions): Promise<ExitCode> {
  const { repo, state, config } = options;
  const { assignmentKey } =
    config === undefined ? layoutOf(resolve(repo), state) : statePaths((await readConfig(config)).state);
  if (!existsSync(assignmentKey))
    throw new CliError("failed", `there is no ${assignmentKey} yet; the controller's first start makes it`);
  const { publicKey } = await loadAssignmentKey(assignmentKey);
  const hex = Buffer.from(publicKey).toString("hex");
  process.stdout.write(`${hex}\n`);
  process.stderr.write(`fingerprint of the controller  ${controllerFingerprint(hex)}\n`);
  return ExitCode.clean;
}
