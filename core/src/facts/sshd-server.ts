import type { Collected } from "./collected.ts";
import { factsError, noFactsYet, toFacts } from "./raw-file.ts";
import type { Facts, FactsResult } from "./raw-file.ts";

const printConfiguration = ["/usr/sbin/sshd", "-T"];
const whoAmI = ["/usr/bin/id", "-u"];
/** Debian's unit makes it when sshd first starts after boot; without it sshd says nothing. */
const runFolder = "/run/sshd";

/**
 * The facts of the files, with sshd's own word for every setting it prints: `sshd -T` shows the configuration as it is on
 * disk and as a connection that meets no condition gets it, with the defaults of that very version. `judgedBy` says where
 * the settings come from: `sshd`, or `files` where sshd has not run since the host started and so does not answer. Not
 * found where there is no sshd, whatever its files say. Conditional blocks and includes come from the files.
 */
export function askSshd(files: Facts, collected: Collected): FactsResult {
  const output = collected.output(printConfiguration);
  if (output === null) return noFactsYet;
  if (output.error === "PROGRAM_MISSING") return facts({ ...files, found: false, judgedBy: "files" });
  if (output.error !== null) return factsError(output.error);
  if (output.code !== 0) return withoutAnswer(files, collected);
  return facts({ ...files, settings: readSettings(output.text ?? ""), judgedBy: "sshd" });
}

/** It reads the host's private keys before anything else, so only root gets an answer. */
function withoutAnswer(files: Facts, collected: Collected): FactsResult {
  const user = collected.textOf(whoAmI);
  const folder = collected.stat(runFolder);
  if (user === null || folder === null) return noFactsYet;
  if (user.trim() !== "0") return factsError("NEEDS_PRIVILEGE");
  return folder.found ? factsError("PROGRAM_FAILED") : facts({ ...files, judgedBy: "files" });
}

function facts(of: Facts): FactsResult {
  return { kind: "facts", facts: of };
}

/** `keyword value` in lower case; of a keyword that is printed several times the first counts. */
function readSettings(text: string): Facts {
  const settings = new Map<string, string>();
  for (const line of text.split("\n")) {
    const [, keyword, value] = /^([a-z0-9]+) (.*)$/.exec(line) ?? [];
    if (keyword !== undefined && !settings.has(keyword)) settings.set(keyword, value ?? "");
  }
  return toFacts(settings);
}
