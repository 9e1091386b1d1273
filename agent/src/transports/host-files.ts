import { HostError, type HostToken } from "../errors.ts";

/** One file of a host as it was found. `bytes` is null when only its mode was asked for, or when `error` is set. */
export interface HostFile {
  readonly path: string;
  readonly found: boolean;
  readonly bytes: Buffer | null;
  /** `st_mode` with the type bits. */
  readonly mode: number | null;
  readonly uid: number | null;
  readonly gid: number | null;
  /** `st_mtime` in milliseconds since 1970; null on a practice host. */
  readonly modifiedAt: number | null;
  readonly error: HostToken | null;
}

/**
 * The files of one host, by absolute path as the host itself names them. Reads never throw: what went wrong is
 * in `error`. Changes throw `HostError` and are atomic and durable when they return: a reader, or this machine after a
 * power cut, sees the old file or the new one.
 */
export interface HostFiles {
  /** The content, at most `MAX_FILE_BYTES`. */
  read(path: string): Promise<HostFile>;
  /** Only that it is there and its mode; a link is not followed. */
  stat(path: string): Promise<HostFile>;
  /** Paths a glob names, sorted; `*` and `?` in the last component only, and not matching a leading dot. */
  list(glob: string): Promise<Listing>;
  /** Makes the folder when only it is missing and it is one for drop-in files (`….d`); other folders have to be there. */
  write(path: string, content: { readonly bytes: Buffer; readonly mode: number }): Promise<void>;
  setMode(path: string, mode: number): Promise<void>;
  /** Succeeds when there was nothing. */
  remove(path: string): Promise<void>;
  /** Removes what a write that was cut short left beside `path`. */
  sweep(path: string): Promise<void>;
}

/** What a glob named; `paths` is empty when `error` is set. */
export interface Listing {
  readonly paths: readonly string[];
  readonly error: HostToken | null;
}

/** A larger file is `FILE_TOO_LARGE`, never cut. */
export const MAX_FILE_BYTES: number = 1024 * 1024;
/** A directory with more entries is `FILE_TOO_LARGE`. */
export const MAX_ENTRIES = 4096;

/** A file that is not there. */
export function absent(path: string): HostFile {
  return { path, found: false, bytes: null, mode: null, uid: null, gid: null, modifiedAt: null, error: null };
}

/** A file that leads to `/dev/null`, which is how a file of the same name elsewhere is masked: it holds nothing. */
export function masked(path: string): HostFile {
  return { ...absent(path), found: true, bytes: Buffer.alloc(0) };
}

/** A file that could not be looked at. */
export function unreadable(path: string, error: HostToken): HostFile {
  return { path, found: true, bytes: null, mode: null, uid: null, gid: null, modifiedAt: null, error };
}

/** What was thrown by `node:fs`, as a token; null when it says that nothing is there. */
export function tokenOf(error: unknown): HostToken | null {
  if (error instanceof HostError) return error.token;
  switch (errnoOf(error)) {
    case "ENOENT":
    case "ENOTDIR":
      return null;
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return "NEEDS_PRIVILEGE";
    case "ELOOP":
      return "PATH_REFUSED";
    case "EISDIR":
    case "ERR_FS_EISDIR":
    case "ENXIO":
      return "NOT_A_FILE";
    default:
      return "IO_FAILED";
  }
}

/** The errno name of what `node:fs` threw. */
export function errnoOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "";
}

/** Splits an absolute path into components; `..`, `.`, empty components and NUL are refused. */
export function componentsOf(path: string): readonly string[] {
  const parts = path.split("/");
  const bad = parts
    .slice(1)
    .some((part) => part === "" || part === "." || part === ".." || part.includes("\0"));
  if (parts[0] !== "" || parts.length < 2 || bad) throw new HostError("PATH_REFUSED");
  return parts.slice(1);
}
