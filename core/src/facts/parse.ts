import type { CheckSpec } from "@compline/schemas";
import { type BuiltIn, builtIns } from "./built-in.ts";
import { parseCertificates } from "./certificate.ts";
import { Collected } from "./collected.ts";
import { parseModes } from "./mode.ts";
import { parsePackages } from "./package.ts";
import { parsePorts } from "./port.ts";
import { factsError, noFactsYet, noNeeds } from "./raw-file.ts";
import type { Facts, FactValue, FactsResult, Needs, ObservedHost, RawFile, RawRows } from "./raw-file.ts";
import { parseServices } from "./service.ts";
import { parseSysctl } from "./sysctl.ts";
import { systemdRuns } from "./systemd.ts";
import { type TextParse, type Texts, textParsers } from "./text.ts";

type Place = Omit<Texts, "roots">;

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
  const parsed = parse({ check, collected, host });
  const result = collected.obstacle() ?? parsed;
  return result.kind === "facts" ? bounded(withDefaults(result.facts, check.defaults)) : result;
}

function parse(place: Place): FactsResult {
  const { check, collected, host } = place;
  const { file, files, mode, port, certificate } = check.collect;
  if (file !== undefined) return parseText(place, collected.find(file.path));
  if (files !== undefined) return parseText(place, findAll(files.globs, collected));
  if (mode !== undefined) return parseModes(mode.paths.flatMap((path) => collected.stat(path) ?? []));
  if (port !== undefined) return parsePorts(port.protocols, collected);
  if (certificate !== undefined) return parseCertificates(findAll(certificate.globs, collected), host.at);
  return host.practice ? { kind: "not_applicable", reason: "PRACTICE_HOST" } : parseAnswers(place);
}

/** What asks a program or the kernel: a practice host has neither. */
function parseAnswers(place: Place): FactsResult {
  const { check, collected } = place;
  const { argv, program, service, sysctl, package: packages } = check.collect;
  if (sysctl !== undefined) return parseSysctl(sysctl.keys, collected);
  if (service !== undefined) return parseServices(service.units, collected);
  if (packages !== undefined) return parsePackages(packages.names, collected);
  if (program !== undefined) return parseBuiltIn(place, builtIns[program.name]);
  if (argv === undefined) throw new Error("unreachable: the schema asks for one collector");
  return parseText(place, rootsOf(argv.argv, collected.textOf(argv.argv)));
}

function findAll(globs: readonly string[], collected: Collected): readonly RawFile[] {
  return globs.flatMap((name) => collected.find(name));
}

/** Not found where the program is not installed, or asks a systemd that does not run. */
function parseBuiltIn(place: Place, { argv, asksSystemd, codes, mayBeSilent }: BuiltIn): FactsResult {
  const { collected } = place;
  const runs = asksSystemd ? systemdRuns(collected) : true;
  if (runs === null) return noFactsYet;
  const absent = !runs || collected.output(argv)?.error === "PROGRAM_MISSING";
  if (absent) return parseText(place, []);
  const text = mayBeSilent ? collected.anyTextOf(argv, codes) : collected.textOf(argv, codes);
  return parseText(place, rootsOf(argv, text));
}

/** What a program printed, as the file that the parsers of text take. */
function rootsOf(argv: readonly string[], text: string | null): readonly RawFile[] {
  const path = argv[0] ?? "";
  const row = { path, found: true, text, mode: null, uid: null, gid: null, modifiedAt: null, error: null };
  return text === null ? [] : [row];
}

function parseText(place: Place, roots: readonly RawFile[]): FactsResult {
  const { parse: way } = place.check;
  if (!isTextParse(way))
    throw new Error("unreachable: the schema ties this parser to the collector of its name");
  return textParsers[way]({ ...place, roots });
}

function isTextParse(way: CheckSpec["parse"]): way is TextParse {
  return way in textParsers;
}

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
