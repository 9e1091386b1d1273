import type { CommittedDecisions } from "../authority/committed.ts";
import type { Acceptance } from "../store/contract.ts";
import { heldBy, knownRevisions, lookAt, type Source, type SourceOutcome } from "./accept.ts";
import { type Owners, refuseMoved } from "./ownership.ts";
import { passedRevisions } from "./passed.ts";

/** What sources are looked at with. */
export interface LookPorts {
  readonly acceptances: readonly Acceptance[];
  /** Revisions that assignments name and that were never accepted as far as is known. */
  readonly lost: readonly string[];
  readonly owners: Owners;
  /** By the source's name. */
  readonly committed: ReadonlyMap<string, CommittedDecisions>;
}

/** What a look at all sources comes to. */
export interface LookedAt {
  readonly outcomes: readonly SourceOutcome[];
  /** Sources, by name, and revisions of theirs that were in force before what was found, the oldest first. */
  readonly stops: readonly (readonly [string, string])[];
}

/** Looks at every source. `asked` is what branches pointed at a moment ago, by source. */
export async function lookAtAll(
  sources: readonly Source[],
  asked: ReadonlyMap<string, string>,
  ports: LookPorts,
): Promise<LookedAt> {
  const looks = await Promise.all(
    sources.map((source) => lookAtOne(source, asked.get(source.mirror.address.name) ?? null, ports)),
  );
  return {
    outcomes: looks.map(({ outcome }) => outcome),
    stops: looks.flatMap(({ stops }) => stops),
  };
}

/** A source whose history cannot be read is held: what it passes over now is never accepted any more. */
async function lookAtOne(
  source: Source,
  head: string | null,
  { acceptances, lost, owners, committed }: LookPorts,
): Promise<{ readonly outcome: SourceOutcome; readonly stops: LookedAt["stops"] }> {
  const { name } = source.mirror.address;
  const known = knownRevisions(acceptances, name);
  const outcome = await refuseMoved(await lookAt(source, known, head), { source, known, owners });
  const decisions = committed.get(name);
  if (decisions === undefined) return { outcome, stops: [] };
  try {
    const passed = await passedRevisions(source, outcome, { decisions, acceptances, lost });
    return { outcome, stops: passed.map((revision) => [name, revision] as const) };
  } catch (error) {
    const { killSwitches } = outcome;
    return { outcome: { ...(await heldBy(source, known, error)), killSwitches }, stops: [] };
  }
}
