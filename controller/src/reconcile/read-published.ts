import type { Assignment } from "@compline/schemas";

/** Reads the bytes of an assignment that a controller published itself: of the one version there is. */
export type ReadPublished = (bytes: Uint8Array) => Assignment;

const opening = '"definitions":';
const next = ',"files":[[';

/**
 * Reads many of them. Definitions are most of an assignment, and boxes with the same work have the same: they are parsed
 * once, and are in memory once.
 */
export function publishedReader(): ReadPublished {
  const known = new Map<string, Assignment["definitions"]>();
  return (bytes) => {
    const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString("utf8");
    const { from, to } = placeOfDefinitions(text);
    const part = text.slice(from, to);
    const definitions = known.get(part) ?? (JSON.parse(part) as Assignment["definitions"]);
    known.set(part, definitions);
    const rest = JSON.parse(`${text.slice(0, from)}null${text.slice(to)}`) as Assignment;
    return { ...rest, definitions };
  };
}

/**
 * In canonical JSON. Before the definitions stand only a ULID and the digests of checks, of which one may have that name;
 * behind the list of files, which is never empty, no other list of lists has its name.
 */
function placeOfDefinitions(text: string): { readonly from: number; readonly to: number } {
  const from = text.indexOf(`${opening}{`) + opening.length;
  return { from, to: text.lastIndexOf(next) };
}
