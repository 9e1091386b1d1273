import type { Collected } from "./collected.ts";
import { factsError, noFactsYet, toFacts } from "./raw-file.ts";
import type { FactsResult } from "./raw-file.ts";
import type { Program } from "./raw-output.ts";

/** What dpkg-query ends with when some names are of no package it knows; the others it prints. */
const partly = 1;

/**
 * Debian packages as dpkg knows them. Facts: `{manager, packages: {telnetd: {installed, version}}}` with an entry for
 * every name asked for. `manager` is `dpkg`, or `none` where there is no dpkg; then `packages` is empty.
 */
export function parsePackages(names: readonly string[], collected: Collected): FactsResult {
  const output = collected.output(packagesProgram(names));
  if (output === null) return noFactsYet;
  if (output.error === "PROGRAM_MISSING") return { kind: "facts", facts: { manager: "none", packages: {} } };
  if (output.error !== null) return factsError(output.error);
  if (output.code !== 0 && output.code !== partly) return factsError("PROGRAM_FAILED");
  const installed = new Map<string, string>();
  for (const line of (output.text ?? "").split("\n").filter((text) => text !== "")) {
    const [name, status, version, ...more] = line.split("\t");
    if (name === undefined || version === undefined || more.length > 0) return factsError("SYNTAX_INVALID");
    if (status === "installed") installed.set(name, version);
  }
  const entries = names.map((name) => {
    const version = installed.get(name);
    return [name, { installed: version !== undefined, version: version ?? null }] as const;
  });
  return { kind: "facts", facts: { manager: "dpkg", packages: toFacts(new Map(entries)) } };
}

/** What asks dpkg. */
export function packagesProgram(names: readonly string[]): Program {
  const format = "--showformat=${Package}\\t${db:Status-Status}\\t${Version}\\n";
  return ["/usr/bin/dpkg-query", "--show", format, "--", ...names];
}
