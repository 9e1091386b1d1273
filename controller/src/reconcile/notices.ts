import { readFile, stat } from "node:fs/promises";
import type { Notice } from "@compline/core";
import type { Condition } from "../store/contract.ts";

/** Notices that another program of this machine leaves in a file, such as uncommitted edits in the user's folder. */
export class NoticeFile {
  readonly #path: string;
  #mtimeMs: number | null = null;

  constructor(path: string) {
    this.#path = path;
  }

  /** Whether the file changed since it was last asked. */
  async moved(): Promise<boolean> {
    const stats = await stat(this.#path).catch(() => null);
    const before = this.#mtimeMs;
    this.#mtimeMs = stats?.mtimeMs ?? null;
    return this.#mtimeMs !== before;
  }

  /** What it says now; nothing when it is missing or not understood. */
  async read(): Promise<readonly Notice[]> {
    try {
      const value: unknown = JSON.parse(await readFile(this.#path, "utf8"));
      return Array.isArray(value) ? value.flatMap((one: unknown) => noticeOf(one) ?? []) : [];
    } catch {
      return [];
    }
  }
}

function noticeOf(value: unknown): Notice | null {
  if (typeof value !== "object" || value === null || !("code" in value) || !("message" in value)) return null;
  const { code, message } = value;
  return typeof code === "string" && typeof message === "string" ? { code, message } : null;
}

/** What readers must know of the conditions: of sources, trees, logs and authorities that are not as they should be. */
export function noticesOf(conditions: readonly Condition[], partner: string): readonly Notice[] {
  return conditions
    .filter(({ type, subject }) => type !== "Ready" && concerns(subject, partner))
    .map(({ subject, type, reason, message, since }) => ({
      code: type === "Stalled" && /^(?:source|partner)\//.test(subject) ? "TREE_REFUSED" : reason,
      message,
      since,
    }));
}

function concerns(subject: string, partner: string): boolean {
  return (
    subject.startsWith("source/") ||
    ["partner", "log", "authority"].some((kind) => subject === `${kind}/${partner}`)
  );
}
