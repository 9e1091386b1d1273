import {
  type Action,
  type AnyDocument,
  type EngagedKillSwitch,
  type Graph,
  isRenewalDue,
} from "@compline/core";
import { instantOf } from "../clock.ts";
import type { StoredAssignment } from "../store/contract.ts";
import type { Enrolment, Enrolments } from "./enrolments.ts";
import { isStopped, type Published, publishedOf } from "./publish.ts";

/** All that the work of an appliance follows from, beside the time. */
interface Ground {
  /** The published assignment that was found to ask for that work. */
  readonly digest: string;
  /** What the files outside of `sites/` say. */
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

/** Paths and digests of all that a site's work may follow from, beside its own documents. */
function libraryOf({ frameworks, presets, checks, rulesOfCheck, runbooks }: Graph): string {
  const documents: readonly AnyDocument[] = [
    ...[...frameworks.values()].flatMap(({ document, families }) => [document, ...families]),
    ...presets.values(),
    ...checks.values(),
    ...[...rulesOfCheck.values()].flat(),
    ...runbooks.values(),
  ];
  return documents
    .map(({ path, sha256 }) => `${path} ${sha256}`)
    .toSorted()
    .join("\n");
}

/** What a pass finds. */
export interface Found {
  readonly enrolments: Enrolments;
  /** The latest assignment by the appliance's ULID, also of those that are not enrolled any more. */
  readonly published: ReadonlyMap<string, StoredAssignment>;
  /** Kill switches of the newest tree by source; null when it could not be read. */
  readonly switches: ReadonlyMap<string, readonly EngagedKillSwitch[] | null>;
  /** Of the key that signs now. */
  readonly keyid: string;
  readonly nowMs: number;
}

/** The part of what a pass finds for which something may have to be done. */
export class Unsettled {
  readonly enrolments: readonly Enrolment[];
  readonly published: ReadonlyMap<string, Published>;
  readonly #settled: Settled;
  readonly #found: Found;

  constructor(settled: Settled, found: Found) {
    this.#settled = settled;
    this.#found = found;
    const all = [...found.enrolments.values()];
    this.enrolments = all.filter((enrolment) => !this.#isSettled(enrolment));
    const open = new Set(this.enrolments.map(({ appliance }) => appliance));
    const published = [...found.published].filter(([id]) => open.has(id) || !found.enrolments.has(id));
    this.published = new Map(published.map(([id, stored]) => [id, publishedOf(stored, found.keyid)]));
  }

  /** Remembers for the next pass those for which nothing was to be done. */
  settle(actions: readonly Action[]): void {
    const acted = new Set(
      actions.map((action) => (action.kind === "withdraw" ? action.appliance : action.assignment.appliance)),
    );
    for (const enrolment of this.enrolments) {
      const stored = this.#found.published.get(enrolment.appliance);
      const stopped = this.#stopped(enrolment);
      if (acted.has(enrolment.appliance) || stored === undefined || stopped === null) continue;
      this.#settled.add(enrolment, stored.digest, stopped);
    }
  }

  #isSettled(enrolment: Enrolment): boolean {
    const { published, keyid, nowMs } = this.#found;
    const stored = published.get(enrolment.appliance);
    const stopped = this.#stopped(enrolment);
    if (stored === undefined || stopped === null || stored.keyid !== keyid) return false;
    return this.#settled.has(enrolment, stored.digest, stopped) && !isRenewalDue(stored, instantOf(nowMs));
  }

  #stopped(enrolment: Enrolment): boolean | null {
    return isStopped(enrolment, this.#found.switches.get(enrolment.partner.source) ?? null);
  }
}
