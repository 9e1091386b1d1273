import {
  checkpointPath,
  ENTRIES_PATH,
  type EvidenceFile,
  HEADERS_PATH,
  timestampPath,
  type TrustFile,
  witnessedSize,
} from "@compline/core";
import type { CosignedCheckpoint, Store, StoredBundle } from "../store/contract.ts";
import { mergeLines } from "../transparency/cosigned.ts";

/** A log as it goes along with evidence. */
export interface LogFiles {
  readonly files: readonly EvidenceFile[];
  /** Bundles of the first leaves may go along: a checkpoint covers them, and enough witnesses saw them. */
  readonly reach: number;
}

/** What a trust file says of a log. */
export type TrustedLog = Pick<TrustFile, "log" | "witnesses" | "quorum">;

/**
 * The whole log under its newest checkpoint, what each witness of the trust file cosigned last, and anchors; null for a
 * partner without a log, or before the first checkpoint. Where a quorum is asked for and was reached once, what too few
 * saw is left to the next time. Throws STORE_IO.
 */
export async function logFiles(store: Store, trust: TrustedLog): Promise<LogFiles | null> {
  const newest = trust.log === null ? null : await store.checkpoint(trust.log.origin);
  if (newest === null) return null;
  const { log, size } = newest;
  const cosigned = (await store.cosigned(log)).filter(
    (one) => one.size <= size && trust.witnesses.some(({ vkey }) => vkey === one.witness),
  );
  const leaves = await store.logLeaves(log, 0, size);
  return {
    reach: reachOf(cosigned, trust.quorum) ?? size,
    files: [
      { path: ENTRIES_PATH, bytes: Buffer.from(leaves.join(""), "hex") },
      ...checkpointFiles([newest, ...cosigned], cosigned),
      ...(await anchorFiles(store, { log, size })),
    ],
  };
}

/** The bundles of a chain that go along, in its order. */
export function withinReach(chain: readonly StoredBundle[], log: LogFiles | null): readonly StoredBundle[] {
  return log === null ? chain : chain.filter(({ leaf }) => leaf !== null && leaf < log.reach);
}

/** What of all bundles is out of reach, and why, in words; null when nothing is. */
export function leftBehind(
  { all, taken }: { readonly all: number; readonly taken: number },
  { quorum }: Pick<TrustFile, "quorum">,
): string | null {
  const left = all - taken;
  if (left === 0) return null;
  const bundles = left === 1 ? "1 bundle" : `${left} bundles`;
  return quorum === 0
    ? `${bundles} that no checkpoint of the log covers yet`
    : `${bundles} that fewer than ${quorum} of the log's witnesses saw yet`;
}

/** Null when no quorum is asked for, or it was never reached. */
function reachOf(cosigned: readonly CosignedCheckpoint[], quorum: number): number | null {
  const sizes = cosigned.map(({ size }) => size);
  return quorum === 0 ? null : witnessedSize(sizes, quorum) || null;
}

function checkpointFiles(
  checkpoints: Parameters<typeof mergeLines>[0][],
  cosigned: readonly CosignedCheckpoint[],
): readonly EvidenceFile[] {
  const bySize = new Map(checkpoints.map((one) => [one.size, mergeLines(one, cosigned)]));
  return [...bySize.values()].map(({ size, note }) => ({ path: checkpointPath(size), bytes: note }));
}

/** Timestamps of roots in blocks that were confirmed, and the headers of these blocks. */
async function anchorFiles(
  store: Store,
  { log, size }: { readonly log: string; readonly size: number },
): Promise<readonly EvidenceFile[]> {
  const confirmed = await store.anchors(log, ["confirmed"]);
  const covered = confirmed.filter((anchor) => anchor.size <= size);
  const headers = new Set(
    covered.flatMap(({ confirmation }) =>
      confirmation === null ? [] : [Buffer.from(confirmation.header).toString("hex")],
    ),
  );
  if (headers.size === 0) return [];
  return [
    ...covered.map((anchor) => ({ path: timestampPath(anchor.size), bytes: anchor.ots })),
    { path: HEADERS_PATH, bytes: Buffer.from([...headers].toSorted().join(""), "hex") },
  ];
}
