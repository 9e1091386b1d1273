import {
  type ApplianceReport,
  type AssignmentFile,
  buildSnapshot,
  encodeBase64,
  type FleetFigures,
  fleetFigures,
  neededAssignments,
  type Notice,
  type PublishedAssignment,
  type ReceivedReport,
  type Snapshot,
  type SnapshotInput,
} from "@compline/core";
import type { Assignment } from "@compline/schemas";
import { type Clock, instantOf } from "../clock.ts";
import type { Condition, Store } from "../store/contract.ts";
import type { LivePartner } from "./accept.ts";
import { ChainBook, type Horizon } from "./chain-book.ts";
import { type NoticeFile, noticesOf } from "./notices.ts";
import { trustOf } from "./trust.ts";

/** What is in force, as far as a snapshot shows it. */
export interface SnapshotWorld {
  readonly partners: readonly LivePartner[];
  readonly conditions: readonly Condition[];
}

/** What snapshots are made from. */
export interface SnapshotMakerPorts {
  readonly store: Store;
  readonly notices: Pick<NoticeFile, "read">;
  readonly clock: Clock;
  readonly world: () => SnapshotWorld | null;
  /** Where evidence ends. Then nothing else counts: what appliances report is kept of the last time only. */
  readonly horizon?: Horizon;
}

/** Makes snapshots: the desired state in force and what the evidence comes to, as of now. */
export class SnapshotMaker {
  readonly #ports: SnapshotMakerPorts;
  readonly #book: ChainBook;
  #assignments: ReadonlyMap<string, AssignmentFile> = new Map();
  #checkDigests: SnapshotInput["checkDigests"] = new Map();

  constructor(ports: SnapshotMakerPorts) {
    this.#ports = ports;
    this.#book = new ChainBook(ports.store, ports.horizon);
  }

  /**
   * The snapshot of a partner as of now; of the first one by name when none is named. Null when that partner, or any,
   * is not in force. Throws STORE_IO.
   */
  async make(name?: string): Promise<Snapshot | null> {
    const world = this.#ports.world();
    const partners = world?.partners.toSorted((a, b) => (a.name < b.name ? -1 : 1)) ?? [];
    const partner = name === undefined ? partners[0] : partners.find((one) => one.name === name);
    if (world === null || partner === undefined) return null;
    const position = await this.#book.update();
    const seen = await this.#seen();
    return buildSnapshot({
      ...seen,
      graph: partner.graph,
      partner: partner.name,
      revision: partner.revision,
      position,
      notices: await this.#notices(world, partner),
      assignments: await this.#assignmentFiles(neededAssignments(seen)),
      trust: await trustOf(partner, this.#ports.store),
      lab: partner.lab,
    });
  }

  /** The figures of each partner in force, as of now. Throws STORE_IO. */
  async figures(): Promise<readonly FleetFigures[]> {
    const partners = this.#ports.world()?.partners ?? [];
    await this.#book.update();
    const seen = await this.#seen();
    // Figures tell nothing of what an assignment says.
    const assignments = new Map<string, AssignmentFile>();
    return partners.map(({ graph, name }) => fleetFigures({ ...seen, graph, partner: name, assignments }));
  }

  /** What is known of all appliances now. */
  async #seen(): Promise<Pick<SnapshotInput, "now" | "chains" | "reports" | "published" | "checkDigests">> {
    const chains = this.#book.records();
    return {
      now: instantOf(this.#ports.clock()),
      chains,
      reports: await this.#reports(),
      published: await this.#published(),
      checkDigests: await this.#digestsFor(chains),
    };
  }

  /** Those of the assignments that rows were judged by; each assignment is read once while one names it. */
  async #digestsFor(chains: SnapshotInput["chains"]): Promise<SnapshotInput["checkDigests"]> {
    const rows = [...chains.values()].flatMap((chain) => [...chain.rows.values()]);
    const digests = new Map<string, Readonly<Record<string, string>>>();
    for (const digest of new Set(rows.map(({ assignment }) => assignment))) {
      const known = this.#checkDigests.get(digest) ?? (await this.#digestsOf(digest));
      if (known !== null) digests.set(digest, known);
    }
    this.#checkDigests = digests;
    return digests;
  }

  async #digestsOf(digest: string): Promise<Readonly<Record<string, string>> | null> {
    const file = this.#assignments.get(digest) ?? (await this.#assignmentFile(digest));
    // Our own: it was encoded by `encodeAssignment` before it was kept.
    return file === null ? null : (JSON.parse(file.text) as Assignment).checks;
  }

  async #published(): Promise<ReadonlyMap<string, PublishedAssignment>> {
    const index = await this.#ports.store.assignmentIndex();
    // By generation, so that the newest one of an appliance is the one that stays.
    return new Map(index.map(({ appliance, digest, issuedAt }) => [appliance, { digest, issuedAt }]));
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

  async #notices(world: SnapshotWorld, partner: LivePartner): Promise<readonly Notice[]> {
    return [...(await this.#ports.notices.read()), ...noticesOf(world.conditions, partner.name)];
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
