import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";

/** Tells whether a token opens `/metrics`. */
export interface MetricsToken {
  isGood(token: string): Promise<boolean>;
}

/**
 * The token in the file at `path`, made there when there is none (0600, written beside and renamed). The file is read
 * at each request: replacing it is in force at once, and an empty or missing file opens nothing.
 */
export async function openMetricsToken(path: string): Promise<MetricsToken> {
  if ((await readToken(path)) === null) {
    const beside = `${path}.${process.pid}.new`;
    await rm(beside, { force: true });
    await writeFile(beside, `${randomBytes(32).toString("hex")}\n`, { mode: 0o600, flag: "wx" });
    await rename(beside, path);
  }
  return {
    isGood: async (token) => {
      const wanted = await readToken(path);
      // Digests have one length, so that comparing takes the same time whatever was sent.
      return wanted !== null && wanted !== "" && timingSafeEqual(sha256(token), sha256(wanted));
    },
  };
}

async function readToken(path: string): Promise<string | null> {
  const text = await readFile(path, "utf8").catch(() => null);
  return text === null ? null : text.trim();
}

function sha256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
