import { factsError, toFacts } from "./raw-file.ts";
import type { FactsResult, RawFile } from "./raw-file.ts";

/** The shadow suite reads lines into a buffer of 1024 bytes and takes the rest of a longer one for a line of its own. */
const maxLoginDefsLine = 1000;

/**
 * login.defs(5) as the shadow suite reads it: a name, white space, a value that ends at a quote; the last one wins;
 * names are case-sensitive, and a `#` starts a comment only at the start of a line. White space is what C's `isspace`
 * takes for it, and within quotes it stays: `"90 "` is no number there. Facts: `{found, settings}`.
 */
export function parseLoginDefs(roots: readonly RawFile[]): FactsResult {
  const lines = roots.flatMap((file) => (file.text ?? "").split("\n"));
  const bytes = new TextEncoder();
  // A character of a name or value beyond a NUL would be read here and not there.
  if (lines.some((line) => bytes.encode(line).length > maxLoginDefsLine || line.includes("\0"))) {
    return factsError("SYNTAX_UNSUPPORTED");
  }
  return settingsOf(roots, (line) => {
    const match = /^[ \t]*([^ \t#][^ \t]*)[ \t]([ \t"]*)([^"]*)/.exec(line.replace(/[ \t\v\f\r]+$/, ""));
    return match?.[1] === undefined ? null : [match[1], match[3] ?? ""];
  });
}

/** `key = value`, `key: value` or `key value`; `#` and `;` start comment lines; the last value wins. Facts: `{found, settings}`. */
export function parseKeyValue(roots: readonly RawFile[]): FactsResult {
  return settingsOf(roots, (line) => {
    const match = /^\s*([^\s=:#;][^\s=:]*)\s*[=:]?\s*(.*)$/s.exec(line.trimEnd());
    return match?.[1] === undefined ? null : [match[1], match[2] ?? ""];
  });
}

/** The lines as they are, without line ends. Facts: `{found, lines}`. */
export function parseLines(roots: readonly RawFile[]): FactsResult {
  const lines = roots.flatMap((file) => linesOf(file));
  return { kind: "facts", facts: { found: roots.length > 0, lines } };
}

function settingsOf(
  roots: readonly RawFile[],
  readLine: (line: string) => readonly [string, string] | null,
): FactsResult {
  const pairs = roots.flatMap((file) => linesOf(file).map((line) => readLine(line)));
  const settings = new Map(pairs.filter((pair) => pair !== null));
  return { kind: "facts", facts: { found: roots.length > 0, settings: toFacts(settings) } };
}

function linesOf(file: RawFile): readonly string[] {
  const lines = (file.text ?? "").split(/\r?\n/);
  if (lines.at(-1) === "") lines.pop();
  return lines;
}
