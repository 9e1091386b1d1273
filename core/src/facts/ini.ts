import { toFacts } from "./raw-file.ts";
import type { FactsResult, RawFile } from "./raw-file.ts";
import { baseName, compareText } from "./wildcard.ts";

/**
 * `[Section]` and `key = value`; `#` and `;` start comment lines; the last value wins; the files count in the order of
 * the check. Facts: `{found, settings: {"Section.key": value}}`, without `Section.` before the first section.
 */
export function parseIni(roots: readonly RawFile[]): FactsResult {
  const settings = new Map<string, string>();
  for (const file of roots) readLines((file.text ?? "").split(/\r?\n/), settings, { sectionless: true });
  return { kind: "facts", facts: { found: roots.length > 0, settings: toFacts(settings) } };
}

/**
 * A configuration of systemd's own programs, such as journald.conf(5): the main file (the first one the check names),
 * then the drop-in files of all folders in order of their names; of two with one name the folder named first counts.
 * The last value wins; a line that ends in a backslash goes on in the next; an empty value means the program's default.
 * Facts: `{found, settings: {"Journal.Storage": "persistent"}}`; keys keep their case.
 */
export function parseSystemdConfig(roots: readonly RawFile[], main: string): FactsResult {
  const settings = new Map<string, string>();
  for (const file of inOrder(roots, main))
    readLines(joinedLines(file.text ?? ""), settings, { sectionless: false });
  for (const [key, value] of settings) if (value === "") settings.delete(key);
  return { kind: "facts", facts: { found: roots.length > 0, settings: toFacts(settings) } };
}

function inOrder(roots: readonly RawFile[], main: string): readonly RawFile[] {
  const dropIns = new Map<string, RawFile>();
  for (const file of roots.filter(({ path }) => path !== main)) {
    const name = baseName(file.path);
    if (!dropIns.has(name)) dropIns.set(name, file);
  }
  const sorted = [...dropIns].toSorted(([left], [right]) => compareText(left, right)).map(([, file]) => file);
  return [...roots.filter(({ path }) => path === main), ...sorted];
}

/** A comment between a line and its continuation does not end it. */
function joinedLines(text: string): readonly string[] {
  const lines: string[] = [];
  let parts: string[] = [];
  for (const line of text.split("\n")) {
    if (/^\s*[#;]/.test(line)) continue;
    const more = line.endsWith("\\");
    parts.push(more ? line.slice(0, -1) : line);
    if (more) continue;
    lines.push(parts.join(" "));
    parts = [];
  }
  return [...lines, parts.join(" ")];
}

function readLines(
  lines: readonly string[],
  settings: Map<string, string>,
  { sectionless }: { readonly sectionless: boolean },
): void {
  let section: string | null = null;
  for (const line of lines.map((text) => text.trim())) {
    if (line === "" || line.startsWith("#") || line.startsWith(";")) continue;
    if (line.startsWith("[") && line.endsWith("]")) {
      section = line.slice(1, -1);
      continue;
    }
    const equals = line.indexOf("=");
    if (equals <= 0 || (section === null && !sectionless)) continue;
    const key = line.slice(0, equals).trimEnd();
    settings.set(section === null ? key : `${section}.${key}`, line.slice(equals + 1).trimStart());
  }
}
