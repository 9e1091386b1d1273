import { isScalar } from "yaml";

/**
 * Where in a file a character (counted from 0) of a text value stands; just behind the text for one beyond its end.
 * Line breaks and indentation are read otherwise than they are written, so only what is no space is counted. Null for
 * what is no text, or written with escapes.
 */
export function offsetWithin(node: unknown, file: string, character: number): number | null {
  if (!isScalar(node) || typeof node.value !== "string" || node.range === null || node.range === undefined)
    return null;
  const [start, end] = node.range;
  const { value } = node;
  const from = start + headLength(node.type, file.slice(start, end));
  const body = file.slice(from, node.type?.startsWith("QUOTE") === true ? end - 1 : end);
  const [written, read] = [marksIn(body), marksIn(value)];
  if (written.length !== read.length || read.some((at, nth) => value[at] !== body[written[nth] ?? 0]))
    return null;
  const nth = read.findIndex((at) => at >= character);
  return from + (nth === -1 ? (written.at(-1) ?? -1) + 1 : (written[nth] ?? 0));
}

/** What stands before a text: a quote, or the line with `|` or `>`. */
function headLength(type: string | undefined, written: string): number {
  if (type?.startsWith("QUOTE") === true) return 1;
  return type?.startsWith("BLOCK") === true ? written.indexOf("\n") + 1 : 0;
}

/** Where the characters are that are no space. */
function marksIn(text: string): readonly number[] {
  return Array.from(text.matchAll(/\S/g), ({ index }) => index);
}
