import type { HostToken } from "../../errors.ts";

/** The operating system's own words, as the C locale and dash have them. Null: nothing is there. */
const WORDS: readonly (readonly [string, HostToken | null])[] = [
  ["No such file or directory", null],
  ["Not a directory", null],
  ["Directory nonexistent", null],
  ["Permission denied", "NEEDS_PRIVILEGE"],
  ["Operation not permitted", "NEEDS_PRIVILEGE"],
  ["Read-only file system", "NEEDS_PRIVILEGE"],
  ["Too many levels of symbolic links", "PATH_REFUSED"],
  ["Is a directory", "NOT_A_FILE"],
];

/**
 * What went wrong, from the end of a program's last complaint: what comes before it may name a file, and a file may be
 * named anything.
 */
export function tokenOfComplaint(stderr: Buffer): HostToken | null {
  const complaint = stderr.toString("utf8").trimEnd();
  const known = WORDS.find(([words]) => complaint.endsWith(words));
  return known === undefined ? "IO_FAILED" : known[1];
}
