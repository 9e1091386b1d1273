import type { ObservationResult } from "@compline/core/appliance";
import type { ChainHead } from "../store/agent-store.ts";
import { toInstant } from "../clock.ts";
import { changedRows, type PairState, type VerdictMap } from "./verdict-map.ts";

/** A snapshot is due after this long even when nothing changed. */
export const SNAPSHOT_EVERY_MS: number = 7 * 24 * 60 * 60 * 1000;
/** Room for rows in one file: 262,144 bytes, less the rest of the statement and what base64 adds. */
const ROWS_BYTES = 150_000;

/** What decides whether a bundle is due. */
export interface BundleSituation {
  readonly committed: VerdictMap;
  readonly current: VerdictMap;
  readonly head: ChainHead;
  readonly assignment: string;
  readonly heartbeatMs: number;
  /** How long this process made no bundle, by the clock that never goes back. */
  readonly quietMs: number;
  readonly heals: number;
  readonly now: number;
}

/** A bundle to write: its rows, in as many files as they need. */
export interface BundlePlan {
  readonly kind: "snapshot" | "delta";
  readonly files: readonly (readonly ObservationResult[])[];
}

/**
 * The next bundle, or null when none is due: a snapshot at the beginning, after a new assignment and once a week,
 * otherwise a delta when something changed or was healed, and an empty one as heartbeat.
 */
export function planBundle(situation: BundleSituation): BundlePlan | null {
  const { committed, current, head, now } = situation;
  const unseen = head.snapshotAt === null || head.snapshotAssignment !== situation.assignment;
  const weekly = situation.heals === 0 && now - (head.snapshotAt ?? now) >= SNAPSHOT_EVERY_MS;
  if (unseen || weekly) return { kind: "snapshot", files: split([...current.values()]) };
  const rows = changedRows(committed, current);
  const heartbeat = Math.max(now - (head.bundleAt ?? now), situation.quietMs) >= situation.heartbeatMs;
  if (rows.length === 0 && situation.heals === 0 && !heartbeat) return null;
  return { kind: "delta", files: split(rows) };
}

function split(rows: readonly PairState[]): readonly (readonly ObservationResult[])[] {
  const files: ObservationResult[][] = [[]];
  let bytes = 0;
  for (const row of rows.map(toResult)) {
    const size = JSON.stringify(row).length + 1;
    if (bytes + size > ROWS_BYTES) {
      files.push([]);
      bytes = 0;
    }
    bytes += size;
    files.at(-1)?.push(row);
  }
  return files;
}

function toResult({ host, check, verdict, reason, observed, since }: PairState): ObservationResult {
  return {
    host,
    check,
    verdict,
    reason,
    observed,
    since: since === null ? null : toInstant(since),
    exception: null,
  };
}
