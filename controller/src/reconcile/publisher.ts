import { describePlan, type EngagedKillSwitch } from "@compline/core";
import type { AssignmentKey } from "../config/assignment-key.ts";
import type { Log } from "../log.ts";
import type { AssignmentStore } from "../store/contract.ts";
import type { Enrolment, Enrolments } from "./enrolments.ts";
import { latestAssignment, type LatestAssignment, type Publications } from "./publications.ts";
import { planPublishing, type Published, publishedOf, sealActions } from "./publish.ts";
import { publishedReader } from "./read-published.ts";
import { Settled, settle, unsettled } from "./settled.ts";

/** What a publisher works with. Nobody else writes assignments into that store without telling it. */
export interface PublisherPorts {
  readonly store: Pick<AssignmentStore, "assignment" | "latestAssignments" | "putAssignments">;
  readonly key: AssignmentKey;
  readonly publications: Publications;
  readonly log: Log;
}

/** What is in force when something is to be published. */
export interface InForce {
  readonly enrolments: Enrolments;
  /** Kill switches of the newest tree by source; null when it could not be read. */
  readonly switches: ReadonlyMap<string, readonly EngagedKillSwitch[] | null>;
  /** Commits reachable from the revisions in force. */
  readonly commits: ReadonlyMap<string, number>;
  readonly nowMs: number;
}

/** So many are worked on at a time: an assignment is a few hundred kilobytes, and there may be thousands. */
const atATime = 100;

/** Sees to it that every enrolled appliance has the assignment it should have. */
export class Publisher {
  readonly #ports: PublisherPorts;
  readonly #settled = new Settled();
  #latest: Map<string, LatestAssignment> = new Map();
  #isStale = true;

  constructor(ports: PublisherPorts) {
    this.#ports = ports;
  }

  /** The store has another assignment, which this publisher did not put there. */
  forget(): void {
    this.#isStale = true;
  }

  /** Plans, signs and keeps what is due; answers the latest assignment of each appliance. Throws STORE_IO. */
  async publish(inForce: InForce): Promise<ReadonlyMap<string, LatestAssignment>> {
    const latest = await this.#latestNow();
    const found = { ...inForce, latest, keyid: this.#ports.key.keyid };
    const open = unsettled(this.#settled, found);
    for (let start = 0; start < open.length; start += atATime) {
      const enrolments = open.slice(start, start + atATime);
      await this.#carryOut(inForce, enrolments, entriesOf(enrolments, latest));
      settle(this.#settled, enrolments, found);
    }
    await this.#carryOut(inForce, [], this.#withdrawn(inForce.enrolments, latest));
    return latest;
  }

  /** Still served, and not enrolled any more. */
  #withdrawn(
    enrolments: Enrolments,
    latest: ReadonlyMap<string, LatestAssignment>,
  ): readonly LatestAssignment[] {
    return [...latest.values()].filter(
      ({ appliance }) => !enrolments.has(appliance) && this.#ports.publications.latest(appliance) !== null,
    );
  }

  async #carryOut(
    { switches, commits, nowMs }: InForce,
    enrolments: readonly Enrolment[],
    entries: readonly LatestAssignment[],
  ): Promise<void> {
    const { store, key, log } = this.#ports;
    const actions = planPublishing({
      enrolments,
      published: await this.#read(entries),
      nowMs,
      commits: ({ partner }) => commits.get(partner.revision) ?? 0,
      killSwitches: ({ partner }) => switches.get(partner.source) ?? null,
    });
    if (actions.length === 0) return;
    const sealed = await sealActions(actions, key);
    if (sealed.length > 0) await store.putAssignments(sealed);
    for (const assignment of sealed) this.#latest.set(assignment.appliance, latestAssignment(assignment));
    log.info({ plan: describePlan(actions) }, "plan applied");
  }

  async #read(entries: readonly LatestAssignment[]): Promise<ReadonlyMap<string, Published>> {
    const { store, key } = this.#ports;
    const stored = await Promise.all(entries.map(({ digest }) => store.assignment(digest)));
    const how = { keyid: key.keyid, read: publishedReader() };
    return new Map(
      stored.flatMap((one) => (one === null ? [] : [[one.appliance, publishedOf(one, how)] as const])),
    );
  }

  /** What is in the store; it is read once, and again when it was told of something else there. */
  async #latestNow(): Promise<Map<string, LatestAssignment>> {
    if (!this.#isStale) return this.#latest;
    this.#isStale = false;
    try {
      const stored = await this.#ports.store.latestAssignments();
      this.#latest = new Map(stored.map((entry) => [entry.appliance, latestAssignment(entry)]));
    } catch (error) {
      this.#isStale = true;
      throw error;
    }
    return this.#latest;
  }
}

function entriesOf(
  enrolments: readonly Enrolment[],
  latest: ReadonlyMap<string, LatestAssignment>,
): readonly LatestAssignment[] {
  return enrolments.flatMap(({ appliance }) => latest.get(appliance) ?? []);
}
