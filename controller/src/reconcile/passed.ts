import type { CommittedDecisions } from "../authority/committed.ts";
import type { Acceptance } from "../store/contract.ts";
import type { Source, SourceOutcome } from "./accept.ts";

/** What tells which revisions were in force once. */
export interface PassedPorts {
  readonly decisions: CommittedDecisions;
  readonly acceptances: readonly Acceptance[];
  /** Revisions that assignments name which this controller signed. */
  readonly lost: readonly string[];
}

/**
 * Revisions that were never accepted as far as the store knows, though the branch passed them, and that assignments of
 * ours name, or decisions in the new tree carry out files of; the oldest first. A controller whose store was set back
 * accepts them again. Throws GIT_FAILED, GIT_OBJECT.
 */
export async function passedRevisions(
  { mirror }: Source,
  outcome: SourceOutcome,
  { decisions, acceptances, lost }: PassedPorts,
): Promise<readonly string[]> {
  const source = mirror.address.name;
  const fresh = outcome.accepted.flatMap(({ partner, revision }) =>
    partner === null ? [] : [{ name: partner, revision }],
  );
  const committed = await Promise.all(fresh.map((place) => decisions.at(place)));
  const named = new Set([...lost, ...committed.flat().flatMap(({ carriesOut }) => carriesOut ?? [])]);
  const known = new Set(acceptances.flatMap((one) => (one.source === source ? [one.revision] : [])));
  const missing = named.difference(known);
  const head = outcome.revision;
  if (head === null || missing.isSubsetOf(new Set([head]))) return [];
  return (await mirror.passed(head)).filter((commit) => missing.has(commit));
}
