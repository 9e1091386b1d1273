import type { CheckSpec } from "@compline/schemas";
import { Collected } from "./collected.ts";
import { parseKeyValue, parseLines, parseLoginDefs } from "./line-files.ts";
import { parseModes } from "./mode.ts";
import { factsError } from "./raw-file.ts";
import type { Facts, FactValue, FactsResult, Needs, RawFile } from "./raw-file.ts";
import { parseShellVariables } from "./shell-variables.ts";
import { parseSshdConfig } from "./sshd-config.ts";
import { parseSysctlDirs } from "./sysctl-dirs.ts";
import { hasWildcard } from "./wildcard.ts";

/** Limits of design §5. The shell bounds bytes while it reads; this bounds what it hands over. */
const maxCharacters = 1024 * 1024;
const maxFiles = 512;
const maxRows = 10_000;

/** What to collect before the first call of `parseFacts`. */
export function firstNeeds(check: CheckSpec): Needs {
  const { file, files, mode } = check.collect;
  const names = file === undefined ? (files?.globs ?? []) : [file.path];
  return {
    paths: names.filter((name) => !hasWildcard(name)),
    globs: names.filter(hasWildcard),
    modes: mode?.paths ?? [],
  };
}

/**
 * Facts from all rows collected so far, or what else is needed, or why there are none. Pure, and bounded: 1 MiB of
 * text, 10,000 facts. Never throws for what a file holds.
 */
export function parseFacts(check: CheckSpec, files: readonly RawFile[]): FactsResult {
  if (check.collect.argv !== undefined) return factsError("COLLECTOR_UNSUPPORTED");
  const characters = files.reduce((sum, file) => sum + (file.text?.length ?? 0), 0);
  if (characters > maxCharacters || files.length > maxFiles) return factsError("FACTS_TOO_LARGE");
  const result = check.collect.mode === undefined ? parseTexts(check, files) : parseModeRows(check, files);
  return result.kind === "facts" ? bounded(withDefaults(result.facts, check.defaults)) : result;
}

function parseTexts(check: CheckSpec, files: readonly RawFile[]): FactsResult {
  const collected = new Collected(files);
  const { paths, globs } = firstNeeds(check);
  const declared = check.collect.files?.globs ?? [...paths, ...globs];
  const roots = declared.flatMap((name) => collected.find(name));
  if (check.parse === "mode") throw new Error("unreachable: the schema ties parse mode to collect.mode");
  const result = parsers[check.parse]({ check, roots, collected });
  return collected.obstacle() ?? result;
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

function parseModeRows(check: CheckSpec, files: readonly RawFile[]): FactsResult {
  const wanted = firstNeeds(check).modes;
  const rows = new Map(files.map((file) => [file.path, file]));
  const missing = wanted.filter((path) => !rows.has(path));
  if (missing.length > 0) return { kind: "need", needs: { paths: [], globs: [], modes: missing } };
  const found = wanted.flatMap((path) => rows.get(path) ?? []);
  const error = found.find((row) => row.error !== null)?.error ?? null;
  return error === null ? parseModes(found) : factsError(error);
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
