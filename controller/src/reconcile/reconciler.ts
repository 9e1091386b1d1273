import type { EngagedKillSwitch } from "@compline/core";
import { type Clock, instantOf } from "../clock.ts";
import type { AssignmentKey } from "../config/assignment-key.ts";
import type { CrashPoint } from "../crash-point.ts";
import { messageOf } from "../errors.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import type { Acceptance, Condition, Store } from "../store/contract.ts";
import type { AuthorityBook } from "../authority/book.ts";
import { findingsOfAuthorities } from "../authority/findings.ts";
import type { DecisionRecall } from "../authority/recall.ts";
import type { Mirror } from "../source/mirror.ts";
import { findingsOfLogs, type LogTroubles, troublesKey } from "../transparency/findings.ts";
import { inHistory, type LivePartner, type Source, type SourceOutcome } from "./accept.ts";
import { conditionsOf } from "./conditions.ts";
import { type Enrolments, enrolmentsOf } from "./enrolments.ts";
import { KeyRecord } from "./key-record.ts";
import { type LookedAt, lookAtAll } from "./look-at-all.ts";
import { newClaims } from "./ownership.ts";
import type { LatestAssignment, Publications } from "./publications.ts";
import { Publisher } from "./publisher.ts";
import { uniquePartners } from "./unique.ts";

/** What is in force of one source. */
export interface SourceState {
  readonly name: string;
  /** The revision of its library; null when none was ever accepted. */
  readonly revision: string | null;
  readonly acceptedAt: string | null;
}

/** What is in force now. */
export interface World {
  /** The revision of the first source's library; null when none was ever accepted. */
  readonly revision: string | null;
  readonly sources: readonly SourceState[];
  readonly partners: readonly LivePartner[];
  readonly enrolments: Enrolments;
  readonly conditions: readonly Condition[];
}

/** What a reconciler works with. */
export interface ReconcilerPorts {
  readonly sources: readonly Source[];
  readonly store: Store;
  readonly key: AssignmentKey;
  readonly publications: Publications;
  /** Which logs are not signed or not watched is told with what is in force. */
  readonly logTroubles: () => LogTroubles;
  /** What authorities decided is told, too, and held against what is in force. */
  readonly authority: Pick<AuthorityBook, "update" | "rulings" | "version">;
  /** What is kept in git of their decisions comes back from there. */
  readonly recall: Pick<DecisionRecall, "take" | "refusal" | "uncommitted" | "committed">;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Pick<Metrics, "passSeconds">;
  readonly crashPoint: CrashPoint;
  /** Resolves when what was handed to the store so far is kept. */
  readonly drained: () => Promise<void>;
  /** Called after a pass that changed what is in force, or its conditions. */
  readonly changed: () => void;
}

/** What a look at all sources finds, and by which acceptances it was judged. */
interface Looked extends ReturnType<typeof uniquePartners>, LookedAt {
  readonly acceptances: readonly Acceptance[];
}

/** How often a source is asked that is not on this machine. */
const farPollMs = 60_000;

/** When a source is looked at again that answers, and from which nothing can be fetched. */
const retryMs = 10_000;

/** Brings what is in force to what the sources say: one level-triggered pass, and a look whether one is due. */
export class Reconciler {
  readonly #ports: ReconcilerPorts;
  readonly #heads = new Map<string, { readonly askedAtMs: number; readonly head: string }>();
  #world: World | null = null;
  #owners: Map<string, string> | null = null;
  readonly #keys: KeyRecord;
  readonly #publisher: Publisher;
  #seen: string | null = null;
  #dueAtMs = 0;
  #failedAtMs: number | null = null;
  #anew = 0;

  constructor(ports: ReconcilerPorts) {
    this.#ports = ports;
    this.#publisher = new Publisher(ports);
    this.#keys = new KeyRecord(ports.store);
  }

  /** What is in force; null before the first pass. */
  world(): World | null {
    return this.#world;
  }

  /** The store has an assignment that came back: the next look runs a pass, which goes on from that one. */
  publishAnew(): void {
    this.#anew += 1;
    this.#publisher.forget();
  }

  /** Runs a pass if a branch moved, a source failed or came back, a log stalled, an authority decided, or an assignment is to be renewed. */
  async tick(): Promise<void> {
    const asked = new Map<string, string>();
    const heads = await Promise.all(this.#ports.sources.map((source) => this.#headOf(source, asked)));
    const { authority, logTroubles } = this.#ports;
    const seen = [...heads, troublesKey(logTroubles()), authority.version(), this.#anew].join(" ");
    if (seen === this.#seen && !this.#isDue()) return;
    await this.pass(asked);
    this.#seen = seen;
  }

  /**
   * Observe, load, accept, plan, publish, record. Safe to run at any time, also as the first thing after a crash
   * between any two of its steps. `asked` is what branches pointed at a moment ago, by source. Throws STORE_IO; faults of
   * sources are conditions.
   */
  async pass(asked: ReadonlyMap<string, string> = new Map()): Promise<void> {
    const took = this.#ports.metrics.passSeconds.startTimer();
    const { store, sources, crashPoint } = this.#ports;
    const { outcomes, partners, findings, acceptances } = await this.#lookOnward(asked);
    crashPoint("after-look");
    // Recorded before anything is published from it: an appliance must never be ahead of the record.
    const accepted = await this.#accept(outcomes, partners);
    crashPoint("after-accept");
    const periods = await this.#keys.periods();
    await this.#ports.authority.update(partners, { periods, acceptances: [...acceptances, ...accepted] });
    await this.#ports.recall.take();
    const enrolments = enrolmentsOf(partners, periods);
    const published = await this.#publish(enrolments, outcomes);
    crashPoint("after-publish");
    const ofSources = [...outcomes.flatMap((outcome) => outcome.findings), ...findings];
    // What is wrong with logs is tried again elsewhere.
    const ofLogs = findingsOfLogs(partners, this.#ports.logTroubles());
    const ofAuthorities = findingsOfAuthorities(this.#ports.authority.rulings(), this.#ports.recall);
    const all = [...ofSources, ...ofLogs, ...ofAuthorities];
    const now = instantOf(this.#ports.clock());
    this.#failedAtMs = ofSources.some(({ state }) => state === "retrying") ? Date.parse(now) : null;
    const conditions = conditionsOf(all, await store.conditions(), now);
    await this.#settle(
      {
        revision: outcomes[0]?.revision ?? null,
        sources: await this.#sourceStates(),
        partners,
        enrolments,
        conditions,
      },
      published,
    );
    crashPoint("after-settle");
    // Nobody waits for it: a mirror prunes nothing by itself.
    await Promise.all(sources.map(({ mirror }, at) => keepAccepted(mirror, outcomes[at]?.revision ?? null)));
    took();
  }

  async #look(asked: ReadonlyMap<string, string>, by: readonly Acceptance[] | null = null): Promise<Looked> {
    const acceptances = by ?? (await this.#ports.store.acceptances());
    const { committed } = this.#ports.recall;
    const lost = await this.#ports.store.lostRevisions();
    const ports = { acceptances, lost, owners: await this.#ownersNow(), committed };
    const { outcomes, stops } = await lookAtAll(this.#ports.sources, asked, ports);
    return { ...uniquePartners(outcomes), outcomes, stops, acceptances };
  }

  /** After the store was set back: by way of the revisions that were in force before. */
  async #lookOnward(asked: ReadonlyMap<string, string>): Promise<Looked> {
    const looked = await this.#look(asked);
    for (const stop of looked.stops) await this.#acceptPassed(stop, asked);
    return looked.stops.length === 0 ? looked : await this.#look(asked);
  }

  /** Accepts what a source passed, judged like any, by what had been accepted of that source until then. */
  async #acceptPassed(stop: LookedAt["stops"][number], asked: ReadonlyMap<string, string>): Promise<void> {
    const [name, revision] = stop;
    const commits = await this.#commitsOf(name, revision);
    const all = await this.#ports.store.acceptances();
    const acceptances = all.filter((one) => one.source !== name || one.commits < commits);
    const { outcomes, partners } = await this.#look(new Map([...asked, stop]), acceptances);
    await this.#accept(outcomes, partners, acceptances.length < all.length);
  }

  async #commitsOf(source: string, revision: string): Promise<number> {
    const found = this.#ports.sources.find(({ mirror }) => mirror.address.name === source);
    if (found === undefined) throw new Error(`unreachable: ${source} was just looked at`);
    return await found.mirror.countCommits(revision);
  }

  /** What is in the store, whose only writer this is; it is read once. */
  async #ownersNow(): Promise<Map<string, string>> {
    this.#owners ??= new Map(await this.#ports.store.owners());
    return this.#owners;
  }

  async #sourceStates(): Promise<readonly SourceState[]> {
    const acceptances = await this.#ports.store.acceptances();
    return this.#ports.sources.map(({ mirror }) => {
      const { name } = mirror.address;
      const last = inHistory(acceptances, name).findLast(({ partner }) => partner === null);
      return { name, revision: last?.revision ?? null, acceptedAt: last?.acceptedAt ?? null };
    });
  }

  #isDue(): boolean {
    const nowMs = this.#ports.clock();
    if (this.#failedAtMs !== null && Math.abs(nowMs - this.#failedAtMs) >= retryMs) return true;
    return nowMs >= this.#dueAtMs;
  }

  /** What tells the state of a source from others; a head that was really asked for is noted in `asked`. */
  async #headOf({ mirror }: Source, asked: Map<string, string>): Promise<string> {
    const { name } = mirror.address;
    const nowMs = this.#ports.clock();
    const known = this.#heads.get(name);
    // The distance both ways: a clock that was set back must not keep a source from being asked.
    const isRecent = known !== undefined && Math.abs(nowMs - known.askedAtMs) < farPollMs;
    if (isRecent && !mirror.isLocal) return known.head;
    const found = await mirror.remoteHead().catch((error: unknown) => new Error(messageOf(error)));
    const head = typeof found === "string" ? found : found.message;
    if (typeof found === "string") asked.set(name, found);
    this.#heads.set(name, { askedAtMs: nowMs, head });
    return head;
  }

  /**
   * A partner that another source's partner keeps out of force is not accepted, and claims nothing. Where something later
   * was accepted before, it tells where keys are that it has, too.
   */
  async #accept(
    outcomes: readonly SourceOutcome[],
    partners: readonly LivePartner[],
    isLate = false,
  ): Promise<readonly Acceptance[]> {
    const acceptedAt = instantOf(this.#ports.clock());
    const accepted = outcomes
      .flatMap((outcome) => outcome.accepted)
      .filter(
        ({ source, partner }) =>
          partner === null || partners.some((one) => one.source === source && one.name === partner),
      );
    const begun = await this.#keys.begun(partners, acceptedAt);
    const known = isLate
      ? new Set((await this.#keys.periods()).map(({ publicKey }) => publicKey))
      : new Set();
    const keys = begun.filter(({ key }) => !known.has(key.publicKey));
    if (accepted.length === 0 && keys.length === 0) return [];
    const owners = await this.#ownersNow();
    const claims = newClaims(partners, owners);
    const acceptances = await Promise.all(
      accepted.map(async (one) => ({
        ...one,
        commits: await this.#commitsOf(one.source, one.revision),
        acceptedAt,
      })),
    );
    await this.#ports.store.recordAcceptances({ acceptances, claims, keys });
    if (keys.length > 0) this.#keys.forget();
    for (const { identity, owner } of claims) owners.set(identity, owner);
    for (const { source, partner, revision } of accepted) {
      this.#ports.log.info({ source, partner, revision }, "revision accepted");
    }
    return acceptances;
  }

  async #publish(
    enrolments: Enrolments,
    outcomes: readonly SourceOutcome[],
  ): Promise<ReadonlyMap<string, LatestAssignment>> {
    const { sources, clock } = this.#ports;
    const commits = await this.#countCommits(enrolments);
    const switches = killSwitchesBySource(sources, outcomes);
    return await this.#publisher.publish({ enrolments, switches, commits, nowMs: clock() });
  }

  async #countCommits(enrolments: Enrolments): Promise<ReadonlyMap<string, number>> {
    const counts = new Map<string, number>();
    for (const { partner } of enrolments.values()) {
      const source = this.#ports.sources.find(({ mirror }) => mirror.address.name === partner.source);
      if (source === undefined || counts.has(partner.revision)) continue;
      counts.set(partner.revision, await source.mirror.countCommits(partner.revision));
    }
    return counts;
  }

  /** Makes it visible: to long polls, to the API, to whoever waits for a change. */
  async #settle(world: World, published: ReadonlyMap<string, LatestAssignment>): Promise<void> {
    const before = this.#world;
    const inForce = [...world.enrolments.keys()].flatMap((appliance) => published.get(appliance) ?? []);
    this.#world = world;
    this.#dueAtMs = Math.min(...inForce.map((one) => one.renewalDueMs));
    this.#ports.publications.replace(inForce);
    await this.#endKeys(world.partners);
    const conditions = JSON.stringify(world.conditions);
    if (conditions !== JSON.stringify(before?.conditions)) {
      await this.#ports.store.putConditions(world.conditions);
      this.#tellConditions(world.conditions);
    }
    this.#ports.changed();
  }

  /** Once nothing is under way any more that was judged by what was in force before: it still counts as theirs. */
  async #endKeys(partners: readonly LivePartner[]): Promise<void> {
    const ended = await this.#keys.ended(partners, instantOf(this.#ports.clock()));
    if (ended.length === 0) return;
    await this.#ports.drained();
    await this.#ports.store.endKeys(ended);
    this.#keys.forget();
  }

  #tellConditions(conditions: readonly Condition[]): void {
    for (const { subject, type, reason, message, revision } of conditions) {
      if (type === "Ready") continue;
      this.#ports.log.warn(
        { subject, type, reason, revision, detail: message },
        "not in force as it should be",
      );
    }
  }
}

async function keepAccepted(mirror: Mirror, revision: string | null): Promise<void> {
  if (revision !== null) await mirror.keep(revision);
}

function killSwitchesBySource(
  sources: readonly Source[],
  outcomes: readonly SourceOutcome[],
): ReadonlyMap<string, readonly EngagedKillSwitch[] | null> {
  return new Map(
    sources.map(({ mirror }, index) => [mirror.address.name, outcomes[index]?.killSwitches ?? null]),
  );
}
