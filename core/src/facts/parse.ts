import type { CheckSpec } from "@compline/schemas";
import { Collected } from "./collected.ts";
import { parseKeyValue, parseLines, parseLoginDefs } from "./line-files.ts";
import { parseModes } from "./mode.ts";
import { factsError, noNeeds } from "./raw-file.ts";
import type { Facts, FactValue, FactsResult, Needs, ObservedHost, RawFile, RawRows } from "./raw-file.ts";
import { parseShellVariables } from "./shell-variables.ts";
import { parseSshdConfig } from "./sshd-config.ts";
import { parseSysctlDirs } from "./sysctl-dirs.ts";

/** Limits of design §5. The shell bounds bytes while it reads; this bounds what it hands over. */
const maxFileCharacters = 1024 * 1024;
const maxOutputCharacters = 10 * 1024 * 1024;
const maxFiles = 512;
const maxRows = 10_000;

/** What to collect before the first call of `parseFacts`; nothing when the check is not for such a host. */
export function firstNeeds(check: CheckSpec, host: ObservedHost): Needs {
  const result = parseFacts(check, { files: [], outputs: [] }, host);
  return result.kind === "need" ? result.needs : noNeeds;
}

/**
 * Facts from all rows collected so far, or what else is needed, or why there are none. Pure, and bounded: 1 MiB of
 * files' text, 10 MiB of programs' output, 10,000 facts. Never throws for what a row holds.
 */
export function parseFacts(check: CheckSpec, raw: RawRows, host: ObservedHost): FactsResult {
  const { files, outputs } = raw;
  if (files.length > maxFiles || charactersOf(files) > maxFileCharacters)
    return factsError("FACTS_TOO_LARGE");
  if (charactersOf(outputs) > maxOutputCharacters) return factsError("FACTS_TOO_LARGE");
  const collected = new Collected(raw);
  const parsed = parse(check, collected, host);
  const result = collected.obstacle() ?? parsed;
  return result.kind === "facts" ? bounded(withDefaults(result.facts, check.defaults)) : result;
}

function parse(check: CheckSpec, collected: Collected, host: ObservedHost): FactsResult {
  const { file, files, mode, argv } = check.collect;
  if (mode !== undefined) return parseModes(mode.paths.flatMap((path) => collected.stat(path) ?? []));
  if (argv !== undefined && host.practice) return { kind: "not_applicable", reason: "PRACTICE_HOST" };
  const roots =
    argv === undefined
      ? (files?.globs ?? [file?.path ?? ""]).flatMap((name) => collected.find(name))
      : [rootOf(argv.argv, collected.textOf(argv.argv))];
  if (check.parse === "mode") throw new Error("unreachable: the schema ties parse mode to collect.mode");
  return parsers[check.parse]({ check, roots, collected });
}

/** What a program printed, as the file that the parsers of text take. */
function rootOf(argv: readonly string[], text: string | null): RawFile {
  const path = argv[0] ?? "";
  return { path, found: true, text, mode: null, uid: null, gid: null, changedAt: null, error: null };
}

interface Texts {
  readonly check: CheckSpec;
  readonly roots: readonly RawFile[];
  readonly collected: Collected;
}

const parsers: Readonly<Record<Exclude<CheckSpec["parse"], "mode">, (texts: Texts) => FactsResult>> = {
  "sshd-config": ({ roots, collected }) => parseSshdConfig(roots, collected),
  "sysctl-dirs": ({ roots, check }) => parseSysctlDirs(roots, Object.keys(check.defaults ?? {})),
  "login-defs": ({ roots }) => parseLoginDefs(roots),
  "shell-variables": ({ roots }) => parseShellVariables(roots),
  "key-value": ({ roots }) => parseKeyValue(roots),
  lines: ({ roots }) => parseLines(roots),
};

function charactersOf(rows: readonly { readonly text: string | null }[]): number {
  return rows.reduce((sum, { text }) => sum + (text?.length ?? 0), 0);
}

/** What the program uses when no file says: below what the files say, key by key. */
function withDefaults(facts: Facts, defaults: CheckSpec["defaults"]): Facts {
  const settings = facts["settings"];
  if (defaults === undefined || settings === undefined) return facts;
  // `settings` is an object wherever a parser writes it: see the parsers' doc comments.
  return { ...facts, settings: { ...defaults, ...(settings as Facts) } };
}

function bounded(facts: Facts): FactsResult {
  return countRows(facts) > maxRows ? factsError("FACTS_TOO_LARGE") : { kind: "facts", facts };
}

function countRows(value: FactValue): number {
  if (value === null || typeof value !== "object") return 1;
  const parts: readonly FactValue[] = Array.isArray(value) ? value : Object.values(value);
  return parts.reduce<number>((sum, part) => sum + countRows(part), 0);
}
