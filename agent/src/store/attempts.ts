import type { DatabaseSync } from "node:sqlite";
import {
  type AttemptOutcome,
  type Breaker,
  BREAKER_COUNTED_MS,
  breakerAfter,
  breakerBefore,
  type Digest,
  pairKey,
  type SiteAttempt,
} from "@compline/core/appliance";
import type { BegunAttempt, StoredAttempt } from "./agent-store.ts";

type Row = Readonly<Record<string, unknown>>;

/** Notes that a heal begins, also with the site's circuit breaker. Answers its id. */
export function insertAttempt(database: DatabaseSync, attempt: BegunAttempt): number {
  const sql = `INSERT INTO attempt (host, check_name, rule, runbook, assignment, started_at, steady_at)
    VALUES (?, ?, ?, ?, ?, ?, ?)`;
  const { host, check, rule, runbook, assignment, startedAt, steadyAt } = attempt;
  writeBreaker(database, breakerBefore(readBreaker(database), steadyAt));
  const done = database.prepare(sql).run(host, check, rule, runbook, assignment, startedAt, steadyAt);
  return Number(done.lastInsertRowid);
}

/** Notes how heals ended, and what that makes of the site's circuit breaker. */
export function endAttempts(
  database: DatabaseSync,
  ended: readonly { readonly id: number; readonly outcome: AttemptOutcome }[],
  { now, steady }: { readonly now: number; readonly steady: number },
): void {
  for (const { id, outcome } of ended) {
    database.prepare("UPDATE attempt SET ended_at = ?, outcome = ? WHERE id = ?").run(now, outcome, id);
    const attempts = readSiteAttempts(database, steady - BREAKER_COUNTED_MS);
    writeBreaker(database, breakerAfter(readBreaker(database), outcome, { attempts, now: steady }));
  }
}

/** Of one pair, newest first, as many as any budget could count. */
export function readAttempts(database: DatabaseSync, host: string, check: string): readonly StoredAttempt[] {
  const sql =
    "SELECT rule, steady_at, outcome FROM attempt WHERE host = ? AND check_name = ? ORDER BY id DESC LIMIT 100";
  return database
    .prepare(sql)
    .all(host, check)
    .map((row) => ({
      rule: String(row["rule"]),
      steadyAt: Number(row["steady_at"]),
      outcome: outcomeOf(row),
    }));
}

/** Those under an assignment that began and whose end was never told, oldest first. */
export function readInterrupted(
  database: DatabaseSync,
  assignment: Digest,
): readonly (BegunAttempt & { readonly id: number })[] {
  return database
    .prepare("SELECT * FROM attempt WHERE outcome IS NULL AND assignment = ? ORDER BY id")
    .all(assignment)
    .map((row) => ({
      id: Number(row["id"]),
      host: String(row["host"]),
      check: String(row["check_name"]),
      rule: String(row["rule"]),
      runbook: String(row["runbook"]),
      assignment,
      startedAt: Number(row["started_at"]),
      steadyAt: Number(row["steady_at"]),
    }));
}

/** The site's circuit breaker. */
export function readBreaker(database: DatabaseSync): Breaker {
  const row: Row = database.prepare("SELECT * FROM breaker").get() ?? {};
  const opened = row["opened_at"];
  return {
    openedAt: opened === null ? null : Number(opened),
    countedFrom: Number(row["counted_from"]),
  };
}

/** Closes it; what failed until now no longer counts. */
export function closeBreaker(database: DatabaseSync, steady: number): void {
  writeBreaker(database, { openedAt: null, countedFrom: steady });
}

function writeBreaker(database: DatabaseSync, { openedAt, countedFrom }: Breaker): void {
  database.prepare("UPDATE breaker SET opened_at = ?, counted_from = ?").run(openedAt, countedFrom);
}

function readSiteAttempts(database: DatabaseSync, from: number): readonly SiteAttempt[] {
  return database
    .prepare("SELECT host, check_name, steady_at, outcome FROM attempt WHERE steady_at >= ? ORDER BY id")
    .all(from)
    .map((row) => ({
      pair: pairKey(String(row["host"]), String(row["check_name"])),
      at: Number(row["steady_at"]),
      outcome: outcomeOf(row),
    }));
}

/** Written by `endAttempts` only. */
function outcomeOf(row: Row): AttemptOutcome | null {
  return row["outcome"] === null ? null : (row["outcome"] as AttemptOutcome);
}
