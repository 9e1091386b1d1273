import type { Collected } from "./collected.ts";
import { factsError, toFacts } from "./raw-file.ts";
import type { FactsReason, FactsResult, RawFile } from "./raw-file.ts";
import { baseName, hasWildcard } from "./wildcard.ts";

const maxDepth = 16;
/** Files that include each other twice grow without bound. In characters, each line counting for some more. */
const maxWork = 4 * 1024 * 1024;
const workOfLine = 64;

interface Walk {
  readonly files: Collected;
  readonly settings: Map<string, string>;
  readonly scoped: { readonly criteria: string; readonly settings: Map<string, string> }[];
  readonly includes: Set<string>;
  work: number;
  reason: FactsReason | null;
}

/**
 * The Defaults of sudoers(5), in the order in which sudo reads them: includes in place, of a folder the files without a
 * dot in their name and without `~` at its end; the last value wins. Who may do what is not looked at.
 * Facts: `{found, settings, conditional: [{criteria, settings}], includes}`. A flag is `"true"` or, with `!`, `"false"`;
 * what `+=` and `-=` do to a list is left out. `conditional` has the Defaults for some hosts, people, commands or targets;
 * `includes` each file and folder, absolute.
 */
export function parseSudoers(roots: readonly RawFile[], files: Collected): FactsResult {
  const walk: Walk = { files, settings: new Map(), scoped: [], includes: new Set(), work: 0, reason: null };
  for (const root of roots) readFile(walk, root, 0);
  if (walk.reason !== null) return factsError(walk.reason);
  const conditional = walk.scoped.map(({ criteria, settings }) => ({
    criteria,
    settings: toFacts(settings),
  }));
  const facts = { settings: toFacts(walk.settings), conditional, includes: [...walk.includes] };
  return { kind: "facts", facts: { found: roots.length > 0, ...facts } };
}

function readFile(walk: Walk, file: RawFile, depth: number): void {
  if (depth > maxDepth) walk.reason ??= "INCLUDE_TOO_DEEP";
  for (const line of joinedLines(file.text ?? "")) {
    walk.work += line.length + workOfLine;
    if (walk.work > maxWork) walk.reason ??= "FACTS_TOO_LARGE";
    if (walk.reason !== null) return;
    readLine(walk, line, { file, depth });
  }
}

/** A backslash joins a line to the next, but not at the end of a comment. */
function joinedLines(text: string): readonly string[] {
  const lines: string[] = [];
  let open: string[] = [];
  for (const line of text.split(/\r?\n/)) {
    const bare = line.replaceAll(/"(?:[^"\\]|\\.)*"|\\./g, "");
    if (bare.endsWith("\\") && !bare.includes("#")) {
      open.push(line.slice(0, -1));
      continue;
    }
    lines.push([...open, line].join(" "));
    open = [];
  }
  return open.length === 0 ? lines : [...lines, open.join(" ")];
}

interface Place {
  readonly file: RawFile;
  readonly depth: number;
}

function readLine(walk: Walk, line: string, place: Place): void {
  const [, word, path] = /^[ \t]*[#@](include|includedir)[ \t]+(.+)$/s.exec(line) ?? [];
  if (path !== undefined)
    return include(walk, { path: path.trimEnd(), isFolder: word === "includedir" }, place);
  const [, rest] = /^[ \t]*Defaults([ \t@:!>].*)$/s.exec(line) ?? [];
  if (rest === undefined) return;
  const [, criteria, parameters = ""] = scope.exec(rest) ?? [];
  const settings = criteria === undefined ? walk.settings : new Map<string, string>();
  if (criteria !== undefined) walk.scoped.push({ criteria, settings });
  if (!readParameters(parameters, settings)) walk.reason ??= "SYNTAX_UNSUPPORTED";
}

/** What follows a sign is a list; a blank ends it, unless a comma stands beside. */
const scope = /^(?:[ \t]+|([@:!>][ \t]*[^ \t,]+(?:[ \t]*,[ \t]*[^ \t,]+)*)[ \t]+)(.*)$/s;

const parameter =
  /[ \t]*(?:(!+)[ \t]*)?([a-z_][a-z0-9_]*)(?:[ \t]*([+-]?)=[ \t]*("(?:[^"\\]|\\.)*"|(?:[^ \t,"#\\]|\\.)+))?[ \t]*(,|#.*$|$)/sy;

/** False when the list is not one. */
function readParameters(text: string, settings: Map<string, string>): boolean {
  parameter.lastIndex = 0;
  for (;;) {
    const match = parameter.exec(text);
    if (match === null) return false;
    const [, not = "", name = "", change, value, end] = match;
    const flag = not.length % 2 === 0 ? "true" : "false";
    if (change !== "+" && change !== "-") settings.set(name, value === undefined ? flag : unquoted(value));
    if (end !== ",") return true;
  }
}

function unquoted(value: string): string {
  return value.replace(/^"(.*)"$/s, "$1").replace(/\\(.)/gs, "$1");
}

function include(walk: Walk, asked: { path: string; isFolder: boolean }, { file, depth }: Place): void {
  const named = unquoted(asked.path);
  const path = named.startsWith("/") ? named : `${file.path.slice(0, file.path.lastIndexOf("/"))}/${named}`;
  if (path.includes("%") || hasWildcard(path) || path.split("/").includes("..") || path.endsWith("/")) {
    walk.reason ??= "INCLUDE_UNSUPPORTED";
    return;
  }
  walk.includes.add(path);
  const found = walk.files.find(asked.isFolder ? `${path}/*` : path);
  const read = asked.isFolder ? found.filter((inner) => !/\.|~$/.test(baseName(inner.path))) : found;
  for (const inner of read) readFile(walk, inner, depth + 1);
}
