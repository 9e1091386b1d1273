import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** The files of a folder that patterns name; `*` in a pattern stands for one part of a path, or the start of one. */
export function existingPaths(folder: string, patterns: readonly string[]): readonly string[] {
  const listings = new Map<string, readonly string[]>();
  const list = (below: string): readonly string[] => {
    const known = listings.get(below) ?? namesIn(join(folder, below));
    listings.set(below, known);
    return known;
  };
  return patterns
    .flatMap((pattern) => expand(pattern, list))
    .filter((path) => existsSync(join(folder, path)));
}

function expand(pattern: string, list: (below: string) => readonly string[]): readonly string[] {
  const at = pattern.indexOf("*");
  if (at < 0) return [pattern];
  const [head, tail] = [pattern.slice(0, at), pattern.slice(at + 1)];
  if (tail.startsWith("/")) return list(head).map((name) => `${head}${name}${tail}`);
  return list(head).flatMap((name) => (name.endsWith(tail) ? [`${head}${name}`] : []));
}

function namesIn(folder: string): readonly string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}
