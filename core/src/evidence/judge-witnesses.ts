import { cosignatureLines } from "../log/cosignature.ts";
import type { AdmittedCheckpoint, CheckpointContext } from "./checkpoints.ts";

/** How far a witness saw the log: the largest checkpoint that it cosigned. */
export interface WitnessView {
  readonly witness: string;
  /** How many leaves. */
  readonly size: number;
  /** By the witness's clock: seconds since 1970. */
  readonly time: number;
}

/** How far the log was seen from elsewhere. */
export interface Witnessed {
  readonly views: readonly WitnessView[];
  /** As many of the first leaves were seen by as many witnesses as the trust file asks for, or by one. */
  readonly size: number;
}

/**
 * Of which leaves it is known that witnesses saw them. Each cosigns when it looks, so two seldom cosign the same
 * checkpoint; but each of these is a beginning of the one log that was recomputed, so whoever cosigned the larger one
 * saw what the smaller one covers, too. `checkpoints` are compared with the leaves, smallest first.
 */
export async function readWitnesses(
  checkpoints: readonly AdmittedCheckpoint[],
  { trust, engine }: Pick<CheckpointContext, "trust" | "engine">,
): Promise<Witnessed> {
  const byKey = new Map<string, WitnessView>();
  for (const { checkpoint } of checkpoints)
    for (const { key, witness, time } of await cosignatureLines(checkpoint, trust.witnesses, engine))
      byKey.set(key.publicKey.join(), { witness, size: checkpoint.size, time });
  const views = [...byKey.values()].toSorted((a, b) => b.size - a.size);
  const sizes = views.map(({ size }) => size);
  return { views, size: witnessedSize(sizes, trust.trust.quorum) };
}

/** How many of the first leaves were seen by a quorum, or by one when none is asked for; of each witness how many it saw. */
export function witnessedSize(sizes: readonly number[], quorum: number): number {
  return sizes.toSorted((a, b) => b - a)[Math.max(1, quorum) - 1] ?? 0;
}

/** Holds what bundles rely on, and the newest checkpoint, against the quorum. */
export function judgeQuorum(
  newest: AdmittedCheckpoint,
  { witnessed, leaves }: { readonly witnessed: Witnessed; readonly leaves: readonly number[] },
  { trust, findings }: CheckpointContext,
): void {
  const { quorum } = trust.trust;
  const { size } = newest.checkpoint;
  const beyond = leaves.filter((leaf) => leaf >= witnessed.size).length;
  const reach = `${quorum} of the trust file's witnesses are asked for; so many saw the first ${witnessed.size} of ${size} leaves`;
  if (quorum === 0) findings.add("WITNESSES_NOT_ASKED", null, "the quorum in the trust file is 0");
  else if (beyond > 0 || witnessed.size === 0)
    findings.add("NOT_WITNESSED", newest.path, `${reach}, and ${beyond} bundles come after these`);
  else if (witnessed.size < size)
    findings.add("TAIL_NOT_WITNESSED", newest.path, `${reach}; no bundle here comes after these`);
}
