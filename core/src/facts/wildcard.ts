/**
 * Whether `text` as a whole matches a pattern of `*` (any run) and `?` (any one character).
 * Backtracks to the last star only, so the cost is at most the product of both lengths.
 */
export function matchesWildcard(pattern: string, text: string): boolean {
  let at = 0;
  let star = -1;
  let resume = 0;
  let index = 0;
  while (index < text.length) {
    if (pattern[at] === "*") {
      star = at;
      at += 1;
      resume = index;
    } else if (at < pattern.length && (pattern[at] === "?" || pattern[at] === text[index])) {
      at += 1;
      index += 1;
    } else if (star >= 0) {
      at = star + 1;
      resume += 1;
      index = resume;
    } else {
      return false;
    }
  }
  while (pattern[at] === "*") at += 1;
  return at === pattern.length;
}

/** Whether a text holds a wildcard that this module knows. */
export function hasWildcard(text: string): boolean {
  return /[*?]/.test(text);
}

/** Whether `path` lies in the glob's folder and its last component matches, as `glob(3)` has it: `*` shows no dot-file. */
export function matchesGlob(glob: string, path: string): boolean {
  const pattern = baseName(glob);
  const name = baseName(path);
  if (folderOf(glob) !== folderOf(path)) return false;
  if (name.startsWith(".") && !pattern.startsWith(".")) return false;
  return matchesWildcard(pattern, name);
}

/** The last component of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Everything before the last component of a path, without the slash. */
function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/"));
}

/** Byte-like order (by UTF-16 unit), the same on every machine and in every locale. */
export function compareText(left: string, right: string): number {
  if (left === right) return 0;
  return left < right ? -1 : 1;
}
