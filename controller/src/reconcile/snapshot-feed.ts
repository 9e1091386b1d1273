import type { SiteView, Snapshot } from "@compline/core";
import type { Clock } from "../clock.ts";
import type { Log } from "../log.ts";
import type { PortalBuilds } from "./portal-builds.ts";

/** What a feed works with. */
export interface SnapshotFeedPorts {
  /** The snapshot as of now; null before a first tree was accepted. */
  readonly build: () => Promise<Snapshot | null>;
  readonly portal: Pick<PortalBuilds, "request" | "state">;
  readonly clock: Clock;
  readonly log: Log;
  /** Changes within this time make one build. */
  readonly debounceMs?: number;
}

const longestSleepMs = 30_000;
const shortestSleepMs = 1000;
/** While changes come closer together than this a snapshot waits for their pause, but no longer than that. */
const pauseMs = 250;
const longestWaitMs = 10_000;
/** Snapshots take at most a fifth of the time under any load, so that most of it is left for answering requests. */
const restForWork = 4;

/**
 * Feeds the portal: a build when something a reader would care about changed (once changes pause), and when half of the time is over for
 * which the last one is valid. A report that only confirms what is known makes no build until then.
 */
export class SnapshotFeed {
  readonly #ports: SnapshotFeedPorts;
  #timer: NodeJS.Timeout | null = null;
  #dirty = true;
  #restMs = 0;
  #firstChangeMs = 0;
  #lastChangeMs = 0;
  #last: { readonly mark: string; readonly asOfMs: number; readonly dueAtMs: number } | null = null;
  #working: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(ports: SnapshotFeedPorts) {
    this.#ports = ports;
  }

  /** Tells that evidence, a report, the desired state or a notice changed. */
  changed(): void {
    this.#lastChangeMs = performance.now();
    if (this.#dirty && this.#timer !== null) return;
    this.#dirty = true;
    this.#firstChangeMs = this.#lastChangeMs;
    this.#sleep(Math.max(this.#ports.debounceMs ?? 1000, this.#restMs));
  }

  /** Ends it; resolves when nothing is under way. */
  async close(): Promise<void> {
    this.#closed = true;
    if (this.#timer !== null) clearTimeout(this.#timer);
    await this.#working;
  }

  #sleep(ms: number): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    if (this.#closed) return;
    this.#timer = setTimeout(() => {
      this.#working = this.#wake();
    }, ms);
  }

  async #wake(): Promise<void> {
    this.#timer = null;
    if (this.#isStreaming()) return this.#sleep(pauseMs);
    const isDue = this.#isDue();
    const started = performance.now();
    try {
      if (this.#dirty || isDue || this.#ports.portal.state().failed) await this.#feed(isDue);
    } catch (error) {
      this.#dirty = true;
      this.#ports.log.error({ err: error }, "the snapshot could not be made");
    }
    this.#restMs = Math.min(longestSleepMs, (performance.now() - started) * restForWork);
    // A change while the snapshot was made has set a timer of its own.
    if (this.#timer === null) this.#sleep(this.#untilDueMs());
  }

  async #feed(isDue: boolean): Promise<void> {
    this.#dirty = false;
    const snapshot = await this.#ports.build();
    if (snapshot === null) return;
    const mark = markOf(snapshot);
    if (mark === this.#last?.mark && !isDue && !this.#ports.portal.state().failed) return;
    const [asOfMs, endMs] = [Date.parse(snapshot.asOf), Date.parse(snapshot.validUntil)];
    this.#last = { mark, asOfMs, dueAtMs: asOfMs + (endMs - asOfMs) / 2 };
    this.#ports.portal.request(snapshot);
  }

  /** A box that was away sends everything at once: requests are answered first, and one snapshot shows all of it. */
  #isStreaming(): boolean {
    const nowMs = performance.now();
    const isPaused = nowMs - this.#lastChangeMs >= pauseMs;
    return this.#dirty && !isPaused && nowMs - this.#firstChangeMs < longestWaitMs;
  }

  /** Also when the clock was set back before the last one was made: its times lie in the future now. */
  #isDue(): boolean {
    const nowMs = this.#ports.clock();
    return this.#last === null || nowMs >= this.#last.dueAtMs || nowMs < this.#last.asOfMs;
  }

  #untilDueMs(): number {
    const dueAtMs = this.#last?.dueAtMs ?? 0;
    return Math.min(longestSleepMs, Math.max(shortestSleepMs, dueAtMs - this.#ports.clock()));
  }
}

/** Members that every report moves on although nothing happened. */
const moving: ReadonlySet<string> = new Set(["confirmedAt", "lastSeenAt"]);

/**
 * What tells two snapshots apart for a reader. All else follows from the revision and the bundles; these move without
 * them: what appliances report, and verdicts that stop being known. Of the largest part only that much is written.
 */
function markOf({ revision, position, notices, sites }: Snapshot): string {
  const moved = sites.map(({ appliances, results }) => [appliances, results.map(rowMark).join(" ")]);
  return JSON.stringify([revision, position, notices, moved], (name, value: unknown) =>
    moving.has(name) ? undefined : value,
  );
}

function rowMark({ verdict, reason, held }: SiteView["results"][number]): string {
  return `${verdict} ${reason ?? ""} ${held === null ? "" : `${held.code} ${held.until}`}`;
}
