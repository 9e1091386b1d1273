import { readFileSync } from "node:fs";
import { join } from "node:path";
import { loadTree } from "@compline/core";
import type { CheckSpec } from "@compline/schemas";

const repository = join(import.meta.dirname, "../../..");
const names = [
  "sshd-root-login",
  "sshd-max-auth-tries",
  "sshd-password-authentication",
  "shell-idle-timeout",
  "password-max-age",
  "password-warn-age",
  "sysctl-network-redirects",
  "sysctl-kernel-restrictions",
];

/** The files of the practice host that is shipped. */
export const practiceFiles: string = join(
  repository,
  "sites/lanternfish/tidewell-clinic/practice/front-desk/files",
);

/** Test support: as many checks under names of their own, by turns from some of the shipped ones that a practice host can answer. */
export function shippedChecks(count: number): Record<string, CheckSpec> {
  const files = names.map((name) => {
    const path = `policies/checks/linux/${name}.yaml`;
    return { path, text: readFileSync(join(repository, path), "utf8") };
  });
  const specs = loadTree(files).documents.flatMap((document) =>
    document.kind === "Check" ? [document.spec] : [],
  );
  const entries = Array.from({ length: count }, (_, n) => [`check-${n}`, specs[n % specs.length]] as const);
  return Object.fromEntries(entries.flatMap(([name, spec]) => (spec === undefined ? [] : [[name, spec]])));
}
