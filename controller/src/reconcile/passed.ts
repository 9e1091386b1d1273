import type { CommittedDecisions } from "../authority/committed.ts";
import type { Acceptance } from "../store/contract.ts";
import { knownRevisions, type Source, type SourceOutcome } from "./accept.ts";

/**
 * Revisions that were never accepted as far as the store knows, though the branch passed them since what was accepted
 * last, and that decisions in the new tree carry out files of; the oldest first. A controller whose store was set back
 * accepts them again before that tree. Throws GIT_FAILED, GIT_OBJECT.
 */
export async function passedRevisions(
  { mirror }: Source,
  decisions: CommittedDecisions,
  { outcome, acceptances }: { readonly outcome: SourceOutcome; readonly acceptances: readonly Acceptance[] },
): Promise<readonly string[]> {
  const source = mirror.address.name;
  const fresh = outcome.accepted.flatMap(({ partner, revision }) =>
    partner === null ? [] : [{ name: partner, revision }],
  );
  const committed = await Promise.all(fresh.map((place) => decisions.at(place)));
  const named = new Set(committed.flat().flatMap(({ carriesOut }) => carriesOut ?? []));
  if (named.size === 0) return [];
  const known = new Set(acceptances.flatMap((one) => (one.source === source ? [one.revision] : [])));
  const missing = named.difference(known);
  const head = outcome.revision;
  if (head === null || missing.isSubsetOf(new Set([head]))) return [];
  const passed = await mirror.passed(head, knownRevisions(acceptances, source).library);
  return passed.filter((commit) => missing.has(commit));
}
