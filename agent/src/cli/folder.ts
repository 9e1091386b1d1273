import { readFileSync } from "node:fs";
import { join } from "node:path";
import { AgentError } from "../errors.ts";
import { type ApplianceConfig, readApplianceConfig } from "../state/appliance-config.ts";

/** Reads the `appliance.json` of an appliance's folder. @throws AgentError CONFIG_INVALID */
export function readFolder(folder: string): ApplianceConfig {
  const file = join(folder, "appliance.json");
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const message = `${file}: expected the file that \`compline-agent enrol\` writes, and cannot read it`;
    throw new AgentError("CONFIG_INVALID", message, { cause: error });
  }
  return readApplianceConfig(text, file);
}

/** Reads a PEM file that was named on the command line. @throws AgentError CONFIG_INVALID */
export function readPem(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new AgentError("CONFIG_INVALID", `${path}: expected a certificate in PEM, and cannot read it`, {
      cause: error,
    });
  }
}
