import type { CheckSpec } from "@compline/schemas";
import { parseAges } from "./age.ts";
import { parseAptConfig } from "./apt-config.ts";
import type { Collected } from "./collected.ts";
import { parseIni, parseSystemdConfig } from "./ini.ts";
import { parseJson } from "./json.ts";
import { parseKeyValue, parseLines, parseLoginDefs } from "./line-files.ts";
import { parseMounts } from "./mounts.ts";
import type { FactsResult, ObservedHost, RawFile } from "./raw-file.ts";
import { parseShellVariables } from "./shell-variables.ts";
import { parseSshdConfig } from "./sshd-config.ts";
import { askSshd } from "./sshd-server.ts";
import { parseSudoers } from "./sudoers.ts";
import { runningValues } from "./sysctl.ts";
import { parseSysctlDirs } from "./sysctl-dirs.ts";

/** The ways to read text; the others belong to the collector of their name. */
export type TextParse = Exclude<
  CheckSpec["parse"],
  "mode" | "service" | "port" | "sysctl" | "certificate" | "package"
>;

/** What a parser of text is given: the check's own texts, and where to ask for more. */
export interface Texts {
  readonly check: CheckSpec;
  readonly roots: readonly RawFile[];
  readonly collected: Collected;
  readonly host: ObservedHost;
}

/** The parser of each way. Each says in its own file whose rules it follows and what facts it gives. */
export const textParsers: Readonly<Record<TextParse, (texts: Texts) => FactsResult>> = {
  "sshd-config": parseSshd,
  sudoers: ({ roots, collected }) => parseSudoers(roots, collected),
  "sysctl-dirs": parseSysctls,
  "login-defs": ({ roots }) => parseLoginDefs(roots),
  "shell-variables": ({ roots }) => parseShellVariables(roots),
  "systemd-config": ({ roots, check }) => parseSystemdConfig(roots, check.collect.files?.globs[0] ?? ""),
  "apt-config": ({ roots }) => parseAptConfig(roots),
  "key-value": ({ roots }) => parseKeyValue(roots),
  ini: ({ roots }) => parseIni(roots),
  json: ({ roots }) => parseJson(roots),
  lines: ({ roots }) => parseLines(roots),
  mounts: ({ roots, collected }) => parseMounts(roots, collected),
  age: ({ roots, host }) => (host.practice ? practiceHost : parseAges(roots, host.at)),
};

const practiceHost = { kind: "not_applicable", reason: "PRACTICE_HOST" } as const;

/** A practice host has no sshd to ask. */
function parseSshd({ roots, collected, host }: Texts): FactsResult {
  const parsed = parseSshdConfig(roots, collected);
  if (parsed.kind !== "facts") return parsed;
  if (host.practice || roots.length === 0)
    return { kind: "facts", facts: { ...parsed.facts, judgedBy: "files" } };
  return askSshd(parsed.facts, collected);
}

/** A practice host has no kernel to ask. */
function parseSysctls({ check, roots, collected, host }: Texts): FactsResult {
  const asked = Object.keys(check.defaults ?? {});
  return parseSysctlDirs(roots, asked, host.practice ? null : runningValues(asked, collected));
}
