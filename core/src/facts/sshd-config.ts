import type { Collected } from "./collected.ts";
import { factsError, toFacts } from "./raw-file.ts";
import type { Facts, FactsReason, FactsResult, RawFile } from "./raw-file.ts";
import { parseSshdLine } from "./sshd-line.ts";
import type { SshdLine } from "./sshd-line.ts";
import { hasWildcard } from "./wildcard.ts";

/** sshd's own limit (SERVCONF_MAX_DEPTH). */
const maxDepth = 16;
/** Files that include each other twice grow without bound. In characters, each line counting for some more. */
const maxWork = 4 * 1024 * 1024;
const workOfLine = 64;
/** Criteria are for people to read; nothing is decided by them. */
const maxCriteria = 200;

/** What applies at a place in a file: globally, or where a Match block's criteria hold. */
interface Scope {
  readonly criteria: string | null;
  readonly settings: Map<string, string>;
  /** `Match all` outside any block: sshd takes it both as global and as a block that always matches. */
  readonly alsoGlobal: boolean;
}

interface Walk {
  readonly files: Collected;
  readonly global: Scope;
  readonly blocks: Scope[];
  readonly includes: Set<string>;
  work: number;
  reason: FactsReason | null;
}

/**
 * sshd_config(5) as the server reads it: includes in place, to depth 16 and relative to /etc/ssh; the first value of a
 * keyword wins; a Match block runs to the next Match or the end of its file, and what it includes belongs to it.
 * Facts: `{found, settings, conditional: [{criteria, settings}], includes}`. `conditional` has every Match block in
 * order, for a block's value goes before the global one; `includes` has each Include pattern, absolute.
 */
export function parseSshdConfig(roots: readonly RawFile[], files: Collected): FactsResult {
  const global: Scope = { criteria: null, settings: new Map(), alsoGlobal: false };
  const walk: Walk = { files, global, blocks: [], includes: new Set(), work: 0, reason: null };
  for (const root of roots) readFile(walk, root, { outer: global, depth: 0 });
  if (walk.reason !== null) return factsError(walk.reason);
  return { kind: "facts", facts: describe(walk, roots) };
}

function describe(walk: Walk, roots: readonly RawFile[]): Facts {
  return {
    found: roots.length > 0,
    settings: toFacts(walk.global.settings),
    conditional: walk.blocks.map((block) => ({
      criteria: block.criteria ?? "",
      settings: toFacts(block.settings),
    })),
    includes: [...walk.includes],
  };
}

interface Place {
  readonly outer: Scope;
  readonly depth: number;
}

function readFile(walk: Walk, file: RawFile, place: Place): void {
  if (place.depth > maxDepth) walk.reason ??= "INCLUDE_TOO_DEEP";
  let scope = place.outer;
  for (const text of (file.text ?? "").split("\n")) {
    walk.work += text.length + workOfLine;
    if (walk.work > maxWork) walk.reason ??= "FACTS_TOO_LARGE";
    if (walk.reason !== null) return;
    // sshd holds a line as a C string, which ends at a NUL.
    const line = parseSshdLine(text.split("\0", 1)[0] ?? "");
    if (line === "invalid") walk.reason = "SYNTAX_INVALID";
    else if (line !== null) scope = readLine(walk, line, { scope, ...place });
  }
}

interface LinePlace extends Place {
  readonly scope: Scope;
}

function readLine(walk: Walk, line: SshdLine, place: LinePlace): Scope {
  if (line.keyword === "match") return openBlock(walk, line.args, place.outer);
  if (line.keyword === "include") {
    for (const arg of line.args) include(walk, arg, { outer: place.scope, depth: place.depth + 1 });
    return place.scope;
  }
  set(place.scope.settings, line);
  if (place.scope.alsoGlobal) set(walk.global.settings, line);
  return place.scope;
}

function set(settings: Map<string, string>, line: SshdLine): void {
  if (!settings.has(line.keyword)) settings.set(line.keyword, line.args.join(" "));
}

/** A block in an included file lies within whatever the Include stood in. */
function openBlock(walk: Walk, args: readonly string[], outer: Scope): Scope {
  const own = args.join(" ").slice(0, maxCriteria);
  const everyone = own.toLowerCase() === "all";
  const nested = outer.criteria !== null && !outer.alsoGlobal;
  if (everyone && nested) return outer;
  const criteria = nested ? `${outer.criteria} and ${own}` : own;
  const block: Scope = { criteria, settings: new Map(), alsoGlobal: everyone };
  walk.blocks.push(block);
  return block;
}

function include(walk: Walk, arg: string, place: Place): void {
  const pattern = arg.startsWith("/") ? arg : `/etc/ssh/${arg}`;
  if (!isSupportedPattern(pattern)) {
    walk.reason ??= "INCLUDE_UNSUPPORTED";
    return;
  }
  walk.includes.add(pattern);
  for (const file of walk.files.find(pattern)) readFile(walk, file, place);
}

/** Brackets, braces and escapes mean more to glob(3) than the shell lists; control characters mean nothing good. */
const unlistable = /[[\]{}\\\p{Cc}]/u;

/** Wildcards in the last component only, no brackets, no way out by dots: what the shell can list without surprises. */
function isSupportedPattern(pattern: string): boolean {
  const components = pattern.split("/").slice(1);
  const last = components.pop() ?? "";
  if (pattern.length > 512 || last === "" || unlistable.test(pattern)) return false;
  return components.every((component) => !hasWildcard(component)) && ![...components, last].some(isDots);
}

function isDots(component: string): boolean {
  return component === "." || component === ".." || component === "";
}
