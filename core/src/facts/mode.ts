import type { Facts, FactsResult, RawFile } from "./raw-file.ts";

/** What `lstat` says about files. Facts: `{files: [{path, found, mode: "0640", type, ownerRead … othersExecute, uid, gid}]}`. */
export function parseModes(files: readonly RawFile[]): FactsResult {
  return { kind: "facts", facts: { files: files.map(describe) } };
}

function describe(file: RawFile): Facts {
  const mode = file.mode ?? 0;
  return {
    path: file.path,
    found: file.found,
    mode: file.mode === null ? null : `0${(mode & 0o7777).toString(8).padStart(3, "0")}`,
    type: typeOf(mode),
    uid: file.uid,
    gid: file.gid,
    ...permissions(mode),
  };
}

function permissions(mode: number): Facts {
  const has = (bit: number): boolean => (mode & bit) !== 0;
  return {
    ownerRead: has(0o400),
    ownerWrite: has(0o200),
    ownerExecute: has(0o100),
    groupRead: has(0o040),
    groupWrite: has(0o020),
    groupExecute: has(0o010),
    othersRead: has(0o004),
    othersWrite: has(0o002),
    othersExecute: has(0o001),
  };
}

function typeOf(mode: number): string {
  const types: Readonly<Record<number, string>> = {
    0o100000: "file",
    0o040000: "directory",
    0o120000: "link",
  };
  return types[mode & 0o170000] ?? "other";
}
