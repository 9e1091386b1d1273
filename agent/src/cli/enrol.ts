import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import type { BoxCeiling } from "@compline/core/appliance";
import { AgentError } from "../errors.ts";
import { type ApplianceConfig, readApplianceConfig } from "../state/appliance-config.ts";
import { writeDurably } from "../state/durable-file.ts";
import { openIdentity } from "../state/identity.ts";
import { openDatabase } from "../store/database.ts";
import { describeEnrolment, type EnrolmentText } from "./enrolment-text.ts";
import { readFolder, readPem } from "./folder.ts";

/** What the operator decides when a box is enrolled. */
export interface EnrolOptions {
  readonly name: string;
  readonly controller: string;
  readonly controllerKey: string;
  /** Path of a PEM file with the controller's certificate. */
  readonly certificate?: string;
  readonly mode: BoxCeiling["mode"];
  readonly risk: BoxCeiling["risk"];
  readonly hosts: BoxCeiling["hosts"];
  readonly argv: boolean;
}

/**
 * Makes the state folder of an appliance (0700): its key is born there, and what it pins and may do at most is
 * written last, so that a crash leaves a folder in which the same command goes on with the same key.
 * @throws AgentError CONFIG_INVALID when the folder is enrolled already or an option is not of its form
 */
export function enrol(folder: string, options: EnrolOptions): EnrolmentText {
  const file = join(folder, "appliance.json");
  if (existsSync(file)) {
    const hint = `\`compline-agent show ${folder}\` prints its enrolment; another box needs another folder`;
    throw new AgentError("CONFIG_INVALID", `${folder} is an appliance's folder already; ${hint}`);
  }
  const config = configOf(options);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // The lock of the database keeps two commands from giving the folder two identities.
  const database = openDatabase(join(folder, "agent.db"));
  try {
    const identity = openIdentity(folder);
    writeDurably(file, Buffer.from(`${JSON.stringify(config, null, 2)}\n`));
    return describeEnrolment(folder, config, identity);
  } finally {
    database.close();
  }
}

/** The enrolment of a folder again, word for word. @throws AgentError CONFIG_INVALID, IDENTITY_LOST */
export function show(folder: string): EnrolmentText {
  const config = readFolder(folder);
  if (!existsSync(join(folder, "identity.json"))) {
    throw new AgentError(
      "CONFIG_INVALID",
      `${folder}: the appliance has no key yet; its first start makes it`,
    );
  }
  return describeEnrolment(folder, config, openIdentity(folder));
}

/** Judged by the reader of the file, so that a folder is never enrolled with what `run` would refuse. */
function configOf({
  name,
  controller,
  controllerKey,
  certificate,
  ...ceiling
}: EnrolOptions): ApplianceConfig {
  const { mode, risk, argv, hosts } = ceiling;
  const pinned = certificate === undefined ? {} : { certificate: readPem(certificate) };
  const config = {
    schemaVersion: "1",
    name,
    controller,
    controllerKey,
    ...pinned,
    ceiling: { mode, risk, argv, hosts },
  };
  return readApplianceConfig(JSON.stringify(config), "the options");
}
