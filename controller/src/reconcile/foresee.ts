import { type Action, compareDiagnostics, type Diagnostic, type RefusedUnit } from "@compline/core";
import { divide, type LivePartner } from "./accept.ts";
import { type Enrolments, enrolmentsOf } from "./enrolments.ts";
import type { LoadedRevision } from "./load.ts";
import { planPublishing, type Published } from "./publish.ts";
import type { Claim } from "../store/contract.ts";
import { movedIdentity, type Owners } from "./ownership.ts";
import { uniquePartners } from "./unique.ts";

/** What is in force before a tree is looked at. */
export interface Before {
  /** The partners of each source, in the order of the sources. */
  readonly sources: readonly (readonly LivePartner[])[];
  /** The latest published assignment by the appliance's ULID. */
  readonly published: ReadonlyMap<string, Published>;
  readonly owners: Owners;
}

/** A tree that is looked at: of which source, as its place among the sources and as its name. */
export interface Candidate {
  readonly loaded: LoadedRevision;
  readonly at: number;
  readonly source: string;
}

/** What a look at the tree would do. */
export interface Foresight {
  readonly actions: readonly Action[];
  readonly refused: readonly RefusedUnit[];
  /** In force afterwards, over all sources. */
  readonly partners: readonly LivePartner[];
  readonly enrolments: Enrolments;
}

/**
 * What a controller does that finds this tree at the head of a source: the same division, the same rule for identities
 * and the same planning, without writing anything.
 */
export function foresee(before: Before, { loaded, at, source }: Candidate, nowMs: number): Foresight {
  const own = before.sources[at] ?? [];
  const { sound, faulty, kept } = divide(loaded, new Set(own.map(({ name }) => name)));
  const { revision, graph, lab, killSwitches } = loaded;
  const fresh = sound.map((name) => ({ name, source, revision, graph, lab }));
  const moved = new Map(fresh.map((one) => [one.name, movedIdentity(one, before.owners)]));
  const live = [
    ...fresh.filter(({ name }) => moved.get(name) === null),
    ...own.filter(({ name }) => kept.includes(name) || (moved.get(name) ?? null) !== null),
  ];
  const { partners, findings } = uniquePartners(
    before.sources.with(at, live).map((each) => ({ live: each })),
  );
  const enrolments = enrolmentsOf(partners);
  const served = enrolmentsOf(before.sources.flat());
  // As the reconciler does: one that was not being served any more was withdrawn already.
  const published = [...before.published].filter(([id]) => enrolments.has(id) || served.has(id));
  const actions = planPublishing({
    enrolments: [...enrolments.values()],
    published: new Map(published),
    nowMs,
    // Only relative to what was published before: what a commit counts for is known once it is merged.
    commits: () => 0,
    killSwitches: ({ partner }) => (partner.source === source ? killSwitches : null),
  });
  const refused = [
    ...refusedUnits(loaded, { faulty, kept }),
    ...movedUnits(moved, own),
    ...findings.map(({ subject, detail = null }) => identityTaken(subject, detail)),
  ];
  return { actions, refused, partners, enrolments };
}

function refusedUnits(
  { librarySound, diagnostics }: LoadedRevision,
  { faulty, kept }: { readonly faulty: readonly string[]; readonly kept: readonly string[] },
): readonly RefusedUnit[] {
  const errors = diagnostics.filter(({ severity }) => severity === "error").toSorted(compareDiagnostics);
  const of = (partner: string): Diagnostic[] =>
    errors.filter(({ file }) => file.startsWith(`sites/${partner}/`));
  const units = faulty.map((partner): RefusedUnit => {
    const own = of(partner);
    const holds = kept.filter((name) => name === partner);
    return { partner, code: "PARTNER_FAULT", holds, ...summaryOf(own) };
  });
  if (librarySound) return units;
  const library = errors.filter(
    ({ file }) => !faulty.some((partner) => file.startsWith(`sites/${partner}/`)),
  );
  return [{ partner: null, code: "LIBRARY_FAULT", holds: kept, ...summaryOf(library) }, ...units];
}

function summaryOf(errors: readonly Diagnostic[]): Pick<RefusedUnit, "errors" | "first" | "detail"> {
  return { errors: errors.length, first: errors[0] ?? null, detail: null };
}

function movedUnits(
  moved: ReadonlyMap<string, Claim | null>,
  own: readonly LivePartner[],
): readonly RefusedUnit[] {
  return [...moved].flatMap(([partner, claim]) => {
    if (claim === null) return [];
    const holds = own.filter(({ name }) => name === partner).map(({ name }) => name);
    const detail = `${claim.identity} belongs to ${claim.owner}`;
    return [{ partner, code: "IDENTITY_MOVED", holds, errors: 0, first: null, detail }];
  });
}

function identityTaken(subject: string, detail: string | null): RefusedUnit {
  const partner = subject.split("/").at(-1) ?? null;
  return { partner, code: "IDENTITY_TAKEN", holds: [], errors: 0, first: null, detail };
}
