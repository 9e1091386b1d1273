/** A kit has at most this many bytes and files. */
export const MAX_ZIP_BYTES: number = 2 ** 31;
export const MAX_ZIP_FILES = 65_534;

/** The parts of a ZIP: how each begins, and its bytes without names and contents. */
export const LOCAL = { signature: 0x04034b50, length: 30 };
export const CENTRAL = { signature: 0x02014b50, length: 46 };
export const END = { signature: 0x06054b50, length: 22 };
/** Stored needs version 2.0 for folders in names. */
export const VERSION = 20;
/** 1980-01-01 in MS-DOS form; the time is 0. */
export const DATE = 0x0021;
/** In bytes. */
export const MAX_NAME = 512;
const NAME = /^[\x21-\x7e]+$/;

/** Whether bytes begin as a ZIP's do: with a file's head, or with the end of an empty one. */
export function isZip(bytes: Uint8Array): boolean {
  const [p, k, third] = bytes;
  return p === 0x50 && k === 0x4b && (third === 3 || third === 5);
}

/** A relative path of printable ASCII without empty, `.` or `..` parts, backslashes or colons. */
export function isGoodPath(path: string): boolean {
  if (path.length > MAX_NAME || !NAME.test(path) || /[\\:]/.test(path)) return false;
  return path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}

/** By UTF-16 code units, which for ASCII is by bytes. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
