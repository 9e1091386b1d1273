import { factsError, toFacts } from "./raw-file.ts";
import type { FactsResult, RawFile } from "./raw-file.ts";
import { baseName } from "./wildcard.ts";

/** Each walks all settings. */
const maxClears = 100;

/** What a file's name must be for apt to read it from a folder. */
const readName = /^(?:[A-Za-z0-9_-]+|[A-Za-z0-9_.-]+\.conf)$/;

interface Walk {
  readonly settings: Map<string, string>;
  /** The names of the scopes around the place. */
  readonly scopes: string[];
  clears: number;
}

/**
 * apt.conf(5) as apt reads it: scopes in braces, `Name "value";`, comments of three kinds, `#clear`; the last value
 * wins; names have no case, so they are written in lower case here. Entries of lists are left out. The files count in the
 * order of the check; of a folder, only those whose names apt takes. Stops at `#include`, at `%` and brackets outside
 * quotes, and at values made of several words. Facts: `{found, settings: {"apt::periodic::enable": "1"}}`.
 */
export function parseAptConfig(roots: readonly RawFile[]): FactsResult {
  const walk: Walk = { settings: new Map(), scopes: [], clears: 0 };
  const files = roots.filter(({ path }) => readName.test(baseName(path)) || path === "/etc/apt/apt.conf");
  for (const file of files) if (!readFile(walk, file.text ?? "")) return factsError("SYNTAX_UNSUPPORTED");
  return { kind: "facts", facts: { found: files.length > 0, settings: toFacts(walk.settings) } };
}

/** A quoted text, a mark, or a word. A quote that stays open is a word with a quote in it, which is not understood. */
const token = /"[^"\n]*"|[{};]|[^\s{};"]+|"/g;

function readFile(walk: Walk, text: string): boolean {
  walk.scopes.length = 0;
  const plain = withoutComments(text);
  if (plain === null) return false;
  let words: string[] = [];
  for (const [word] of plain.matchAll(token)) {
    if (!/^[{};]$/.test(word)) {
      words.push(word);
      continue;
    }
    if (!statement(walk, words, word)) return false;
    words = [];
  }
  return words.length === 0 && walk.scopes.length === 0;
}

/** Each ends at a brace or semicolon; before a closing brace the semicolon may be left out. */
function statement(walk: Walk, words: readonly string[], end: string): boolean {
  const [first, second, ...more] = words;
  if (more.length > 0 || words.some((word) => !isUnderstood(word))) return false;
  if (first === "#clear")
    return end === ";" && second !== undefined && clear(walk, nameIn(walk, unquoted(second)));
  if (first?.startsWith("#") === true) return false;
  if (end === "{") {
    if (first === undefined || second !== undefined) return false;
    walk.scopes.push(unquoted(first).toLowerCase());
    return walk.scopes.length < 64;
  }
  if (first !== undefined && second !== undefined) set(walk, unquoted(first), unquoted(second));
  return end === ";" || walk.scopes.pop() !== undefined;
}

function isUnderstood(word: string): boolean {
  return /^"[^"]*"$/.test(word) || !/["%[\]]/.test(word);
}

/** A name that ends in `::` adds to a list. */
function set(walk: Walk, name: string, value: string): void {
  const full = nameIn(walk, name);
  if (!full.endsWith("::")) walk.settings.set(full, value);
}

function clear(walk: Walk, name: string): boolean {
  walk.clears += 1;
  for (const key of walk.settings.keys())
    if (key === name || key.startsWith(`${name}::`)) walk.settings.delete(key);
  return walk.clears <= maxClears;
}

function nameIn({ scopes }: Walk, name: string): string {
  return [...scopes, name.toLowerCase()].join("::");
}

function unquoted(word: string): string {
  return word.startsWith('"') ? word.slice(1, -1) : word;
}

/** Text up to the next mark, or a quoted text, or the mark of a comment. Each takes what it can, so that all is read once. */
const piece = /[^"/#]+|"[^"\n]*"?|\/\*|\/\/[^\n]*|#(?:clear|include)\b|#[^\n]*|\//y;

/** A comment begins outside quotes only; null when one does not end. `#clear` and `#include` are none. */
function withoutComments(text: string): string | null {
  const kept: string[] = [];
  for (let at = 0; at < text.length; at = piece.lastIndex) {
    piece.lastIndex = at;
    const [found = ""] = piece.exec(text) ?? [];
    if (found === "/*") {
      const end = text.indexOf("*/", at + 2);
      if (end < 0) return null;
      piece.lastIndex = end + 2;
    }
    kept.push(isComment(found) ? " " : found);
  }
  return kept.join("");
}

function isComment(found: string): boolean {
  if (found.startsWith("#")) return found !== "#clear" && found !== "#include";
  return found === "/*" || found.startsWith("//");
}
