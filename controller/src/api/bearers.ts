import { createHash, timingSafeEqual } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";

/** Finds out whose bearer a token is. */
export interface Bearers {
  /** The appliance's ULID, or null. */
  applianceOf(token: string): Promise<string | null>;
}

interface Book {
  readonly mtimeMs: number;
  readonly entries: readonly { readonly appliance: string; readonly hash: Buffer }[];
}

/**
 * Bearers as a folder: one file for each appliance, named by its ULID, holding the SHA-256 (hex) of the token. Read
 * again whenever the folder changes, so that adding or removing a file is in force at the next request.
 */
export function folderBearers(folder: string): Bearers {
  let book: Book = { mtimeMs: -1, entries: [] };
  return {
    applianceOf: async (token) => {
      book = await refresh(folder, book);
      const hash = createHash("sha256").update(token).digest();
      // Every entry is compared, in constant time each: how long it takes tells nothing about any of them.
      return book.entries.reduce<string | null>(
        (found, entry) => (timingSafeEqual(entry.hash, hash) ? entry.appliance : found),
        null,
      );
    },
  };
}

async function refresh(folder: string, book: Book): Promise<Book> {
  const stats = await stat(folder).catch(() => null);
  if (stats === null) return { mtimeMs: -1, entries: [] };
  if (stats.mtimeMs === book.mtimeMs) return book;
  const names = (await readdir(folder)).filter((name) => /^[0-7][0-9A-HJKMNP-TV-Z]{25}$/.test(name));
  const entries = await Promise.all(names.map((name) => readEntry(folder, name)));
  return { mtimeMs: stats.mtimeMs, entries: entries.flatMap((entry) => entry ?? []) };
}

async function readEntry(folder: string, name: string): Promise<Book["entries"][number] | null> {
  const text = await readFile(join(folder, name), "utf8").catch(() => "");
  const hex = text.trim();
  return /^[0-9a-f]{64}$/.test(hex) ? { appliance: name, hash: Buffer.from(hex, "hex") } : null;
}
