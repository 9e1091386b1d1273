import type { AnyDocument, EngagedKillSwitch, Graph } from "@compline/core";
import { nodeSha256 } from "../crypto.ts";
import type { Enrolment, Enrolments } from "./enrolments.ts";
import type { LatestAssignment } from "./publications.ts";
import { isStopped } from "./publish.ts";

/** All that the work of an appliance follows from, beside the time. */
interface Ground {
  /** The published assignment that was found to ask for that work. */
  readonly digest: string;
  /** SHA-256 of what the files outside of `sites/` say. */
  readonly library: string;
  /** The documents of partner, site and appliance: one object for as long as the file is the same. */
  readonly documents: readonly (AnyDocument | undefined)[];
  readonly killSwitch: boolean;
}

/**
 * Remembers, within a process, of which appliances the published assignment was found to be what is desired, and from
 * what that followed. Deriving is a pure function of that ground: where it is the same, nothing has to be derived and
 * compared again. It holds no opinion about time: a renewal is not its matter.
 */
export class Settled {
  readonly #grounds = new Map<string, Ground>();
  readonly #libraries = new WeakMap<Graph, string>();

  /** Whether the appliance's published assignment is still known to be what is desired. */
  has(enrolment: Enrolment, digest: string, killSwitch: boolean): boolean {
    const known = this.#grounds.get(enrolment.appliance);
    if (known === undefined || known.digest !== digest || known.killSwitch !== killSwitch) return false;
    const documents = documentsOf(enrolment);
    return (
      documents.every((document, at) => document === known.documents[at]) &&
      known.library === this.#libraryOf(enrolment.partner.graph)
    );
  }

  /** That the published assignment is what is desired now. */
  add(enrolment: Enrolment, digest: string, killSwitch: boolean): void {
    const library = this.#libraryOf(enrolment.partner.graph);
    const ground = { digest, library, documents: documentsOf(enrolment), killSwitch };
    this.#grounds.set(enrolment.appliance, ground);
  }

  #libraryOf(graph: Graph): string {
    const known = this.#libraries.get(graph) ?? libraryOf(graph);
    this.#libraries.set(graph, known);
    return known;
  }
}

function documentsOf({ partner, siteName, name }: Enrolment): Ground["documents"] {
  const node = partner.graph.partners.get(partner.name);
  const site = node?.sites.get(siteName);
  return [node?.document, site?.document, site?.appliances.get(name)];
}

/** SHA-256 over paths and digests of all that a site's work may follow from, beside its own documents. */
function libraryOf({ frameworks, presets, checks, rulesOfCheck, runbooks }: Graph): string {
  const documents: readonly AnyDocument[] = [
    ...[...frameworks.values()].flatMap(({ document, families }) => [document, ...families]),
    ...presets.values(),
    ...checks.values(),
    ...[...rulesOfCheck.values()].flat(),
    ...runbooks.values(),
  ];
  const lines = documents.map(({ path, sha256 }) => `${path} ${sha256}`);
  return nodeSha256(new TextEncoder().encode(lines.toSorted().join("\n")));
}

/** What a pass finds. */
export interface Found {
  readonly enrolments: Enrolments;
  /** The latest assignment by the appliance's ULID. */
  readonly latest: ReadonlyMap<string, LatestAssignment>;
  /** Kill switches of the newest tree by source; null when it could not be read. */
  readonly switches: ReadonlyMap<string, readonly EngagedKillSwitch[] | null>;
  /** Of the key that signs now. */
  readonly keyid: string;
  readonly nowMs: number;
}

/** The appliances for which something may have to be done. */
export function unsettled(settled: Settled, found: Found): readonly Enrolment[] {
  return [...found.enrolments.values()].filter((enrolment) => {
    const entry = found.latest.get(enrolment.appliance);
    const stopped = stoppedNow(enrolment, found);
    if (entry === undefined || stopped === null || entry.keyid !== found.keyid) return true;
    return !settled.has(enrolment, entry.digest, stopped) || found.nowMs >= entry.renewalDueMs;
  });
}

/** Remembers for the next pass that the latest assignments of these appliances are what is desired now. */
export function settle(settled: Settled, enrolments: readonly Enrolment[], found: Found): void {
  for (const enrolment of enrolments) {
    const entry = found.latest.get(enrolment.appliance);
    const stopped = stoppedNow(enrolment, found);
    if (entry !== undefined && stopped !== null) settled.add(enrolment, entry.digest, stopped);
  }
}

function stoppedNow(enrolment: Enrolment, { switches }: Found): boolean | null {
  return isStopped(enrolment, switches.get(enrolment.partner.source) ?? null);
}
