import { type AnchorPlan, encodeOts, type PowLimit, readOts, type Timestamp } from "@compline/core";
import { type Clock, instantOf } from "../clock.ts";
import { ControllerError, messageOf } from "../errors.ts";
import type { Log } from "../log.ts";
import type { Metrics } from "../metrics.ts";
import type { AnchorStore, StoredAnchor } from "../store/contract.ts";
import { confirmTimestamp } from "./confirm.ts";
import type { HeaderSource } from "./headers.ts";
import { askAgainMs, isStampDue, retryMs } from "./schedule.ts";
import { isAttested, redeemPromises, stampRoot } from "./stamp.ts";
import type { Web } from "./web.ts";

/** The root of a log's first `size` leaves. */
export interface LogRoot {
  readonly size: number;
  /** 32 bytes. */
  readonly root: Uint8Array<ArrayBuffer>;
}

/** What anchoring needs. */
export interface AnchorerPorts {
  readonly store: AnchorStore;
  /** The newest root that was signed and so may be shown; null before the first. */
  readonly newestRoot: (log: string) => Promise<LogRoot | null>;
  readonly web: Web;
  /** Null where none are configured: then no anchor gets further than attested. */
  readonly headers: HeaderSource | null;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Pick<Metrics, "anchorFailures">;
  /** Called after an anchor was kept. */
  readonly changed: () => void;
  /** Only tests give another than the main chain's. */
  readonly limit?: PowLimit;
}

/** Promises that are asked about in one round, so that a round ends. */
const mostAsked = 16;

/**
 * Anchors logs: stamps the newest root when it is due, and asks what became of promises until a block is known, held
 * against its header where headers are to be had. One level-triggered round; what it knows beside the store is only
 * when it tried last.
 */
export class Anchorer {
  readonly #ports: AnchorerPorts;
  readonly #failed = new Map<string, { readonly count: number; readonly atMs: number }>();
  readonly #asked = new Map<string, number>();

  constructor(ports: AnchorerPorts) {
    this.#ports = ports;
  }

  /** One round over the logs that are to be anchored. What fails is logged, counted and tried again. Throws STORE_IO. */
  async round(plans: readonly AnchorPlan[]): Promise<void> {
    for (const plan of plans) {
      await this.#stampIfDue(plan);
      await this.#followUp(plan);
    }
  }

  async #stampIfDue(plan: AnchorPlan): Promise<void> {
    const { store, newestRoot, clock, web } = this.#ports;
    const [newest, head] = [await store.newestAnchor(plan.log), await newestRoot(plan.log)];
    const nowMs = clock();
    if (head === null || !isStampDue({ size: head.size, nowMs }, newest, plan)) return;
    if (this.#isResting(plan.log, nowMs)) return;
    try {
      const { timestamp, failures } = await stampRoot(head.root, plan, web);
      this.#failed.delete(plan.log);
      for (const why of failures) this.#failure("stamp", plan.log, why);
      await this.#keep({ log: plan.log, size: head.size, stampedAt: instantOf(clock()) }, timestamp);
    } catch (error) {
      if (!(error instanceof ControllerError) || error.code !== "CALENDARS_TOO_FEW") throw error;
      this.#failed.set(plan.log, { count: (this.#failed.get(plan.log)?.count ?? 0) + 1, atMs: nowMs });
      this.#failure("stamp", plan.log, messageOf(error));
    }
  }

  #isResting(log: string, nowMs: number): boolean {
    const failed = this.#failed.get(log);
    return failed !== undefined && Math.abs(nowMs - failed.atMs) < retryMs(failed.count);
  }

  async #followUp(plan: AnchorPlan): Promise<void> {
    const { store, headers, clock } = this.#ports;
    const open = await store.anchors(plan.log, headers === null ? ["pending"] : ["pending", "attested"]);
    const due = open.filter((anchor) => {
      const askedMs = this.#asked.get(keyOf(anchor));
      return askedMs === undefined || Math.abs(clock() - askedMs) >= askAgainMs(anchor, clock());
    });
    for (const anchor of due.slice(0, mostAsked)) {
      this.#asked.set(keyOf(anchor), clock());
      await this.#followUpOne(anchor, plan);
    }
  }

  async #followUpOne(anchor: StoredAnchor, plan: AnchorPlan): Promise<void> {
    const read = readOts(anchor.ots);
    if (!read.ok)
      throw new Error(`unreachable: the anchor of ${anchor.size} leaves was written here: ${read.message}`);
    const { timestamp, failures } = await redeemPromises(read.timestamp, plan, this.#ports.web);
    for (const why of failures) this.#failure("redeem", plan.log, why);
    await this.#keep(anchor, timestamp, anchor);
  }

  /** Keeps what is known now, unless it is what was known before. */
  async #keep(
    { log, size, stampedAt }: Pick<StoredAnchor, "log" | "size" | "stampedAt">,
    timestamp: Timestamp,
    before: StoredAnchor | null = null,
  ): Promise<void> {
    const confirmation = await this.#confirm(log, timestamp);
    const state = confirmation === null ? (isAttested(timestamp) ? "attested" : "pending") : "confirmed";
    const ots = encodeOts(timestamp);
    if (before?.state === state && Buffer.from(before.ots).equals(ots)) return;
    await this.#ports.store.putAnchor({
      log,
      size,
      root: Buffer.from(timestamp.message).toString("hex"),
      stampedAt,
      state,
      ots,
      confirmation,
    });
    this.#ports.log.info({ log, size, state }, "anchor kept");
    this.#ports.changed();
  }

  async #confirm(log: string, timestamp: Timestamp): Promise<StoredAnchor["confirmation"]> {
    const { headers, clock, limit } = this.#ports;
    if (headers === null || !isAttested(timestamp)) return null;
    try {
      const found = await confirmTimestamp(timestamp, { headers, ...(limit === undefined ? {} : { limit }) });
      return found === null ? null : { ...found, confirmedAt: instantOf(clock()) };
    } catch (error) {
      if (!(error instanceof ControllerError) || error.code !== "HEADER_UNAVAILABLE") throw error;
      this.#failure("confirm", log, messageOf(error));
      return null;
    }
  }

  #failure(step: "stamp" | "redeem" | "confirm", log: string, why: string): void {
    this.#ports.metrics.anchorFailures.inc({ step });
    this.#ports.log.warn({ log, step, why }, "anchoring failed in part; it is tried again");
  }
}

function keyOf({ log, size }: StoredAnchor): string {
  return `${log} ${size}`;
}
