import { factsError, toFacts } from "./raw-file.ts";
import type { Facts, FactsResult, RawFile } from "./raw-file.ts";
import { baseName, compareText, hasWildcard, matchesWildcard } from "./wildcard.ts";

/** Each is tried for each key that is asked for. */
const maxPatterns = 1000;

interface Entry {
  /** The path below /proc/sys, such as `net/ipv4/ip_forward`; may hold wildcards. */
  readonly path: string;
  /** null for `-key` alone: keep the key out of every pattern. */
  readonly value: string | null;
  readonly source: string;
}

/**
 * sysctl.d(5) as systemd-sysctl applies it at boot, on Debian 12 and 13 alike. `roots` come folder by folder in order of
 * precedence: a file hides those of the same name in later folders, also when it is empty (a link to /dev/null). Then
 * all files in order of their names, whatever the folder; the last value of a key wins; a key that is named in full
 * goes before any pattern; `-` in front only means that a failure is ignored, and alone takes the key out of patterns.
 *
 * /etc/sysctl.conf is no root: systemd-sysctl does not read it. Debian 12 links it as /etc/sysctl.d/99-sysctl.conf, and
 * then it is read under that name; Debian 13 has no such link. `sysctl --system` run by hand reads it last on both.
 *
 * Patterns are resolved for the keys in `asked` (those of the check's defaults): which others exist, only the host knows.
 * Facts: `{found, settings: {"net.ipv4.ip_forward": "0"}, sources: {key: path}}`, and `running` as it is handed in, with
 * what the kernel says of the asked keys now; no member where that is null.
 */
export function parseSysctlDirs(
  roots: readonly RawFile[],
  asked: readonly string[],
  running: Facts | null = null,
): FactsResult {
  const entries = new Map<string, Entry>();
  for (const file of effectiveFiles(roots)) readFile(entries, file);
  if ([...entries.keys()].some((path) => /[[\]{}\\]/.test(path))) return factsError("SYNTAX_UNSUPPORTED");
  const patterns = [...entries.values()].filter((entry) => hasWildcard(entry.path) && entry.value !== null);
  if (patterns.length > maxPatterns) return factsError("FACTS_TOO_LARGE");
  const facts = describe(resolve({ entries, patterns, asked }), roots);
  return { kind: "facts", facts: running === null ? facts : { ...facts, running } };
}

function describe(resolved: readonly (readonly [string, Entry])[], roots: readonly RawFile[]): Facts {
  const settings = new Map(resolved.map(([key, entry]) => [key, entry.value]));
  const sources = new Map(resolved.map(([key, entry]) => [key, entry.source]));
  return { found: roots.length > 0, settings: toFacts(settings), sources: toFacts(sources) };
}

function effectiveFiles(roots: readonly RawFile[]): readonly RawFile[] {
  const byName = new Map<string, RawFile>();
  for (const file of roots) {
    const name = baseName(file.path);
    if (!byName.has(name)) byName.set(name, file);
  }
  return [...byName.entries()]
    .toSorted(([left], [right]) => compareText(left, right))
    .map(([, file]) => file);
}

function readFile(entries: Map<string, Entry>, file: RawFile): void {
  // For systemd a carriage return or a NUL ends a line as well.
  for (const text of (file.text ?? "").split(/[\n\r\0]/)) {
    const entry = readLine(trim(text), file.path);
    // The same again changes nothing, not even the place.
    if (entry === null || entries.get(entry.path)?.value === entry.value) continue;
    // Deleted first, so that the later one also takes the later place: among patterns the order decides.
    entries.delete(entry.path);
    entries.set(entry.path, entry);
  }
}

function readLine(line: string, source: string): Entry | null {
  if (line === "" || line.startsWith("#") || line.startsWith(";")) return null;
  const equals = line.indexOf("=");
  if (equals < 0 && !line.startsWith("-")) return null;
  const key = trim(equals < 0 ? line : line.slice(0, equals));
  const path = toPath(key.startsWith("-") ? trim(key.slice(1)) : key);
  return path === "" ? null : { path, value: equals < 0 ? null : trim(line.slice(equals + 1)), source };
}

/** Blanks and tabs only: a byte order mark or a no-break space belongs to the key, which then is none. */
function trim(text: string): string {
  return text.replace(/^[ \t]+|[ \t]+$/g, "");
}

/** Keys are written with dots or with slashes; whichever comes first separates, the other is part of a name. */
function toPath(key: string): string {
  const first = /[./]/.exec(key)?.[0];
  const path = first === "." ? swapSeparators(key) : key;
  return path
    .split("/")
    .filter((component) => component !== "" && component !== ".")
    .join("/");
}

function toKey(path: string): string {
  return swapSeparators(path);
}

function swapSeparators(text: string): string {
  return text.replace(/[./]/g, (character) => (character === "." ? "/" : "."));
}

interface Resolution {
  readonly entries: ReadonlyMap<string, Entry>;
  readonly patterns: readonly Entry[];
  readonly asked: readonly string[];
}

function resolve({ entries, patterns, asked }: Resolution): (readonly [string, Entry])[] {
  const matched = asked
    .filter((key) => !entries.has(toPath(key)))
    .flatMap((key) => {
      const entry = patterns.findLast((pattern) => matchesPath(pattern.path, toPath(key)));
      return entry === undefined ? [] : [[key, entry] as const];
    });
  const explicit = [...entries.values()].filter((entry) => !hasWildcard(entry.path) && entry.value !== null);
  return [...explicit.map((entry) => [toKey(entry.path), entry] as const), ...matched];
}

/** Component by component: `*` does not cross a slash. */
function matchesPath(pattern: string, path: string): boolean {
  const patterns = pattern.split("/");
  const components = path.split("/");
  return (
    patterns.length === components.length &&
    patterns.every((part, index) => matchesWildcard(part, components[index] ?? ""))
  );
}
