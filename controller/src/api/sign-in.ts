import { createHash, randomBytes } from "node:crypto";
import { stat, unlink } from "node:fs/promises";
import { join } from "node:path";
import { type Clock, instantOf } from "../clock.ts";
import type { SessionStore } from "../store/contract.ts";

const tokenLifeMs = 3_600_000;
const sessionLifeMs = 7 * 86_400_000;

/** Turns one-time tokens into sessions and knows which sessions are good. */
export interface SignIn {
  /** The value of a new session's cookie, or null when the token is unknown, used or older than an hour. */
  exchange(token: string): Promise<string | null>;
  /** Whether a cookie's value opens a session that has not expired. */
  isGood(cookie: string): Promise<boolean>;
  readonly sessionLifeMs: number;
}

/**
 * Sign-in by files: whoever may write the controller's folder makes an empty file in `folder`, named by the SHA-256
 * of a token, and passes the token to the browser. Removing the file is what uses the token up, so two requests with
 * one token cannot both succeed. Neither token nor cookie is kept, only their digests.
 */
export function folderSignIn(folder: string, store: SessionStore, clock: Clock): SignIn {
  return {
    sessionLifeMs,
    exchange: async (token) => {
      if (!(await useUp(join(folder, sha256(token)), clock() - tokenLifeMs))) return null;
      const cookie = randomBytes(32).toString("base64url");
      const now = clock();
      const times = { createdAt: instantOf(now), expiresAt: instantOf(now + sessionLifeMs) };
      await store.putSession({ id: sha256(cookie), ...times });
      return cookie;
    },
    isGood: async (cookie) => {
      const session = await store.session(sha256(cookie));
      return session !== null && session.expiresAt > instantOf(clock());
    },
  };
}

async function useUp(file: string, bornAfterMs: number): Promise<boolean> {
  try {
    const { mtimeMs } = await stat(file);
    await unlink(file);
    return mtimeMs > bornAfterMs;
  } catch {
    return false;
  }
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
