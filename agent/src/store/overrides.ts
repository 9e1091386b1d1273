import type { DatabaseSync } from "node:sqlite";
import type { Digest } from "@compline/core/appliance";

/** What the chain says a person allowed on this box last. */
export interface StoredOverride {
  /** When the person said so: by it the same decision is known again. */
  readonly since: string;
  /** By steady time: from the event on, and until it ends. */
  readonly from: number;
  readonly until: number;
  /** Of the event. */
  readonly digest: Digest;
}

/** The last one; null when there never was one. */
export function readStoredOverride(database: DatabaseSync): StoredOverride | null {
  const row = database.prepare("SELECT * FROM override").get();
  if (row === undefined) return null;
  const { since, steady_from: from, steady_until: until, digest } = row;
  return { since: String(since), from: Number(from), until: Number(until), digest: String(digest) };
}

/** Notes the one that an event in the same transaction tells of. */
export function insertOverride(database: DatabaseSync, { since, from, until, digest }: StoredOverride): void {
  database.prepare("INSERT OR REPLACE INTO override VALUES (1, ?, ?, ?, ?)").run(since, from, until, digest);
}
