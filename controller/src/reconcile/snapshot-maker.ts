import {
  type ApplianceReport,
  type AssignmentFile,
  buildSnapshot,
  buildStatus,
  encodeBase64,
  type FleetFigures,
  type FleetInput,
  fleetFigures,
  type KeyFacts,
  type Evidence,
  isObservation,
  namedBy,
  neededAssignments,
  neededBundles,
  type Notice,
  type ReceivedReport,
  type ResultView,
  signingKeys,
  type Snapshot,
  type SnapshotInput,
  type StatusInput,
  type StatusView,
} from "@compline/core";
import type { Assignment } from "@compline/schemas";
import { setImmediate } from "node:timers/promises";
import { keyFactsOf } from "../authority/key-facts.ts";
import type { Ruling } from "../authority/ruling.ts";
import { type Clock, instantOf } from "../clock.ts";
import type { Condition, Store, StoredBundle } from "../store/contract.ts";
import type { LivePartner } from "./accept.ts";
import { keptPredicate } from "../store/kept-predicate.ts";
import { atOnce, type Book, type Horizon } from "./chain-book.ts";
import { type NoticeFile, noticesOf } from "./notices.ts";
import { logOriginOf, logViewOf } from "../transparency/log-view.ts";
import { trustOf } from "./trust.ts";

/** What is in force, as far as a snapshot shows it. */
export interface SnapshotWorld {
  readonly partners: readonly LivePartner[];
  readonly conditions: readonly Condition[];
}

/** What snapshots are made from. */
export interface SnapshotMakerPorts {
  readonly store: Store;
  /** What the chains of that store come to; up to the horizon, where there is one. */
  readonly book: Book;
  readonly notices: Pick<NoticeFile, "read">;
  readonly clock: Clock;
  readonly world: () => SnapshotWorld | null;
  /** What the authority of a partner, by its ULID, decided; without this nothing. */
  readonly ruling?: (partner: string) => Ruling | null;
  /** Where evidence ends. Then nothing else counts: what appliances report is kept of the last time only. */
  readonly horizon?: Horizon;
}

/** Makes snapshots: the desired state in force and what the evidence comes to, as of now. */
export class SnapshotMaker {
  readonly #ports: SnapshotMakerPorts;
  #assignments: ReadonlyMap<string, AssignmentFile> = new Map();
  #checkDigests: SnapshotInput["checkDigests"] = new Map();
  /** Boxes of sites that are alike judge by the same checks. */
  readonly #checksByText = new Map<string, Assignment["checks"]>();

  constructor(ports: SnapshotMakerPorts) {
    this.#ports = ports;
  }

  /**
   * The snapshot of a partner as of now; of the first one by name when none is named. Null when that partner, or any,
   * is not in force. Throws STORE_IO.
   */
  async make(name?: string): Promise<Snapshot | null> {
    const partner = this.#partner(name);
    if (partner === undefined) return null;
    const input = await this.#statusInput(partner);
    return buildSnapshot({
      ...input,
      evidence: await this.#evidence(neededBundles(input)),
      assignments: await this.#assignmentFiles(neededAssignments(input)),
      trust: await trustOf(partner, this.#ports.store),
      log: await logViewOf(partner, this.#ports.store),
      keys: signingKeys(await this.#keyFacts(partner)),
      lab: partner.lab,
    });
  }

  /** The same without evidence, assignments and trust file, for those who look at none; `wanted` as for `buildStatus`. */
  async status(name?: string, wanted?: (result: ResultView) => boolean): Promise<StatusView | null> {
    const partner = this.#partner(name);
    return partner === undefined ? null : buildStatus(await this.#statusInput(partner), wanted);
  }

  async #keyFacts(live: LivePartner): Promise<KeyFacts> {
    const { store, ruling } = this.#ports;
    const partner = live.graph.partners.get(live.name)?.document.spec.id ?? "";
    return await keyFactsOf(store, { partner, log: logOriginOf(live), ruling: ruling?.(partner) ?? null });
  }

  #partner(name: string | undefined): LivePartner | undefined {
    const partners = this.#ports.world()?.partners.toSorted((a, b) => (a.name < b.name ? -1 : 1)) ?? [];
    return name === undefined ? partners[0] : partners.find((one) => one.name === name);
  }

  async #statusInput(partner: LivePartner): Promise<StatusInput> {
    const position = await this.#ports.book.update();
    return {
      ...(await this.#seen()),
      graph: partner.graph,
      partner: partner.name,
      revision: partner.revision,
      position,
      notices: await this.#notices(partner),
    };
  }

  /** The figures of each partner in force, as of now. Throws STORE_IO. */
  async figures(): Promise<readonly FleetFigures[]> {
    const partners = this.#ports.world()?.partners ?? [];
    await this.#ports.book.update();
    const seen = await this.#seen();
    return partners.map(({ graph, name }) => fleetFigures({ ...seen, graph, partner: name }));
  }

  /** What is known of all appliances now. */
  async #seen(): Promise<Omit<FleetInput, "graph" | "partner">> {
    const chains = this.#ports.book.records();
    return {
      now: instantOf(this.#ports.clock()),
      chains,
      reports: await this.#reports(),
      ...(await this.#published()),
      checkDigests: await this.#digestsFor(chains),
    };
  }

  /** Those of the assignments that rows were judged by; each assignment is read once while one names it. */
  async #digestsFor(chains: SnapshotInput["chains"]): Promise<SnapshotInput["checkDigests"]> {
    const named = new Set([...chains.values()].flatMap(({ rows }) => [...namedBy(rows, "assignment")]));
    const digests = new Map<string, Readonly<Record<string, string>>>();
    for (const digest of named) {
      const known = this.#checkDigests.get(digest) ?? (await this.#digestsOf(digest));
      if (known !== null) digests.set(digest, known);
    }
    this.#checkDigests = digests;
    return digests;
  }

  async #digestsOf(digest: string): Promise<Readonly<Record<string, string>> | null> {
    const text = await this.#ports.store.assignmentChecks(digest);
    if (text === null) return null;
    // Our own: it was encoded by `encodeAssignment` before it was kept.
    const checks = this.#checksByText.get(text) ?? (JSON.parse(text) as Assignment["checks"]);
    this.#checksByText.set(text, checks);
    return checks;
  }

  async #published(): Promise<Pick<FleetInput, "published" | "assignmentFacts">> {
    const index = await this.#ports.store.assignmentIndex();
    return {
      // By generation, so that the newest one of an appliance is the one that stays.
      published: new Map(index.map(({ appliance, digest, issuedAt }) => [appliance, { digest, issuedAt }])),
      assignmentFacts: new Map(
        index.map(({ digest, revision, generation, healUntil }) => [
          digest,
          { revision, generation, healUntil },
        ]),
      ),
    };
  }

  async #reports(): Promise<ReadonlyMap<string, ReceivedReport>> {
    if (this.#ports.horizon !== undefined) return new Map();
    const reports = await this.#ports.store.reports();
    return new Map(
      // The body was judged by the route's schema before it was kept.
      reports.map(({ appliance, receivedAt, body }) => [
        appliance,
        { report: JSON.parse(body) as ApplianceReport, receivedAt },
      ]),
    );
  }

  async #notices(partner: LivePartner): Promise<readonly Notice[]> {
    const conditions = this.#ports.world()?.conditions ?? [];
    return [...(await this.#ports.notices.read()), ...noticesOf(conditions, partner.name)];
  }

  /** Bundles are many and large, and pages are seldom made of them: none is kept in memory. */
  async #evidence(needed: readonly string[]): Promise<ReadonlyMap<string, Evidence>> {
    const evidence = new Map<string, Evidence>();
    for (const digest of needed) {
      const stored = await this.#ports.store.bundle(digest);
      if (stored !== null) evidence.set(digest, await this.#evidenceOf(stored));
      if (evidence.size % atOnce === 0) await setImmediate();
    }
    return evidence;
  }

  async #evidenceOf(stored: StoredBundle): Promise<Evidence> {
    const predicate = keptPredicate(stored);
    const isNaming = isObservation(predicate) && predicate.attachments.length > 0;
    const files = isNaming ? await this.#ports.store.attachmentsOf(stored.digest) : [];
    const attached = new Map(files.map(({ digest, bytes }) => [digest, bytes]));
    return { predicate, bytes: stored.bytes, attached };
  }

  async #assignmentFiles(needed: readonly string[]): Promise<ReadonlyMap<string, AssignmentFile>> {
    const files = new Map<string, AssignmentFile>();
    for (const digest of needed) {
      const file = this.#assignments.get(digest) ?? (await this.#assignmentFile(digest));
      if (file !== null) files.set(digest, file);
    }
    this.#assignments = files;
    return files;
  }

  async #assignmentFile(digest: string): Promise<AssignmentFile | null> {
    const stored = await this.#ports.store.assignment(digest);
    if (stored === null) return null;
    const text = Buffer.from(stored.bytes).toString("utf8");
    return { digest, text, signature: encodeBase64(stored.signature) };
  }
}
