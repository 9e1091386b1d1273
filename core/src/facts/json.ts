import { factsError } from "./raw-file.ts";
import type { FactsResult, FactValue, RawFile } from "./raw-file.ts";

/** Deeper than this nothing is read: what comes after walks the value step by step. */
const maxDepth = 64;

/** JSON, one value for each text. Facts: `{found, values}`. A number is as JavaScript reads it. */
export function parseJson(roots: readonly RawFile[]): FactsResult {
  const values: FactValue[] = [];
  for (const { text } of roots) {
    if (text === null) continue;
    if (depthOf(text) > maxDepth) return factsError("SYNTAX_UNSUPPORTED");
    const value = read(text);
    if (value === undefined) return factsError("SYNTAX_INVALID");
    values.push(value);
  }
  return { kind: "facts", facts: { found: roots.length > 0, values } };
}

function read(text: string): FactValue | undefined {
  try {
    return JSON.parse(text) as FactValue; // JSON holds nothing else
  } catch {
    return undefined;
  }
}

/** How deep lists and objects lie in each other, what strings hold left out. Each character is looked at once. */
function depthOf(text: string): number {
  let depth = 0;
  let deepest = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const mark = text.charAt(at);
    if (mark === '"') quoted = !quoted;
    else if (quoted) at += mark === "\\" ? 1 : 0;
    else if (mark === "[" || mark === "{") deepest = Math.max(deepest, (depth += 1));
    else if (mark === "]" || mark === "}") depth -= 1;
  }
  return deepest;
}
