import { rmSync } from "node:fs";
import { join } from "node:path";
import { array, assert, asyncProperty, boolean, constantFrom, double, integer, tuple } from "fast-check";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { AgentError } from "../errors.ts";
import { Signing } from "../evidence/signing.ts";
import { createStore } from "../store/agent-store.ts";
import { openDatabase } from "../store/database.ts";
import type { Envelope } from "../store/outbox.ts";
import { commitEnvelopes } from "../testdata/commit.ts";
import { makeFolder } from "../testdata/folder.ts";
import type { Wake } from "../wake.ts";
import { createConnection } from "./connection.ts";
import { createBackoff, FIRST_PAUSE_MS, LONGEST_PAUSE_MS } from "./retry.ts";
import { runSender } from "./sender.ts";

const log = pino({ enabled: false });
const down = (): never => {
  throw new AgentError("CONTROLLER_UNREACHABLE", "down");
};

/** What becomes of one request: it does not arrive, it arrives and its answer does not, or both do. */
const fate = constantFrom("lost", "answer-lost", "through");
/** Pauses as the random numbers make them: short ones, long ones. */
const chance = double({ min: 0, max: 1, noNaN: true, maxExcluded: true });

/** A wake that sleeps at once and remembers for how long. */
function recorder(onSleep: (ms: number) => void): Wake {
  return { notify: () => {}, sleep: async (ms) => onSleep(ms) };
}

describe("the pause after a failure", () => {
  it("is between a half and the whole of what it may be, doubles up to the cap, and starts anew after a success", async () => {
    await assert(
      asyncProperty(array(tuple(boolean(), chance), { maxLength: 60 }), async (attempts) => {
        let next = 0;
        const slept: number[] = [];
        const backoff = createBackoff(() => next);
        let failures = 0;
        for (const [succeeds, random] of attempts) {
          next = random;
          if (succeeds) backoff.reset();
          else
            await backoff.pause(
              recorder((ms) => void slept.push(ms)),
              new AbortController().signal,
            );
          failures = succeeds ? 0 : failures + 1;
          if (succeeds) continue;
          const most = Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS);
          const pause = slept.at(-1) ?? 0;
          expect(pause).toBeGreaterThanOrEqual(most / 2);
          expect(pause).toBeLessThanOrEqual(most);
        }
      }),
    );
  });
});

describe("sending over a line that fails", () => {
  let folder: string;
  beforeEach(() => ({ folder } = makeFolder()));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("loses no bundle, sends none again that was acknowledged, keeps their order, and pauses after each failure only", async () => {
    await assert(
      asyncProperty(
        array(fate, { maxLength: 40 }),
        integer({ min: 1, max: 250 }),
        chance,
        async (fates, count, random) => {
          const { arrived, sent, failures, pauses, attempts } = await sendAll({ fates, count, random });
          expect(arrived).toEqual(Array.from({ length: count }, (_, at) => String(at)));
          expect(pauses.length).toBe(failures);
          expect(pauses.every((ms) => ms <= LONGEST_PAUSE_MS)).toBe(true);
          // A bundle is sent once, and once more for each of its requests that failed.
          for (const [digest, times] of sent) expect(times).toBe(1 + (attempts.failed.get(digest) ?? 0));
        },
      ),
      { numRuns: 20 },
    );
  });

  async function sendAll({ fates, count, random }: Situation): Promise<Course> {
    const store = createStore(openDatabase(join(folder, `${Math.random()}.db`)));
    const envelopes = Array.from({ length: count }, (_, at) => ({
      digest: String(at),
      bytes: Buffer.alloc(6000),
    }));
    commitEnvelopes(store, envelopes);
    const ending = new AbortController();
    const left = [...fates];
    const course = {
      arrived: [] as string[],
      sent: new Map<string, number>(),
      failures: 0,
      pauses: [] as number[],
    };
    const failed = new Map<string, number>();
    const more = (counts: Map<string, number>, batch: readonly Envelope[]): void => {
      for (const { digest } of batch) counts.set(digest, (counts.get(digest) ?? 0) + 1);
    };
    await runSender(
      {
        store,
        client: {
          fetchAssignment: down,
          sendReport: down,
          sendAttachment: down,
          fetchHead: async () => ({ epoch: 0, seq: count }),
          hasAssignment: async () => true,
          giveAssignment: down,
          async sendEvidence(batch) {
            more(course.sent, batch);
            const outcome = left.shift() ?? "through";
            if (outcome !== "lost")
              for (const { digest } of batch)
                if (!course.arrived.includes(digest)) course.arrived.push(digest);
            if (outcome === "through") return batch.map(() => ({ kind: "kept" as const }));
            course.failures += 1;
            more(failed, batch);
            return down();
          },
        },
        connection: createConnection(log, []),
        reports: { sendUrgent: async () => {} },
        review: { ask: async () => {} },
        keys: { pending: () => null },
        backoff: createBackoff(() => random),
        wake: recorder(() => ending.abort()),
        retry: recorder((ms) => void course.pauses.push(ms)),
        crashPoint: () => {},
        log,
        now: () => 1,
        signing: new Signing(),
        onCompared: () => {},
        onEmpty: () => {},
      },
      ending.signal,
    );
    expect(store.outbox()).toEqual({ waiting: 0, refused: 0 });
    store.close();
    return { ...course, attempts: { failed } };
  }
});

interface Situation {
  readonly fates: readonly ("lost" | "answer-lost" | "through")[];
  readonly count: number;
  readonly random: number;
}

interface Course {
  /** Digests in the order in which they arrived first. */
  readonly arrived: readonly string[];
  /** How often each was sent. */
  readonly sent: ReadonlyMap<string, number>;
  readonly failures: number;
  readonly pauses: readonly number[];
  readonly attempts: { readonly failed: ReadonlyMap<string, number> };
}
