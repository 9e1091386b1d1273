import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type AnchorPlan, attestedMessages, readBlockHeader, readOts } from "@compline/core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createLog } from "../log.ts";
import { createMetrics } from "../metrics.ts";
import type { Store, StoredAnchor } from "../store/contract.ts";
import { openSqliteStore } from "../store/sqlite-store.ts";
import { Anchorer } from "./anchorer.ts";
import { type HeaderAddress, headerSource } from "./headers.ts";
import { easyLimit, LocalCalendar, LocalChain, type Mood } from "./testdata/local-calendar.ts";
import type { Web } from "./web.ts";

const log = "log.example/acme";
const hourMs = 3_600_000;
const rootOf = (size: number) => new Uint8Array(createHash("sha256").update(`root ${size}`).digest());

let dir: string;
let store: Store;
let chain: LocalChain;
let calendars: readonly LocalCalendar[];
let nowMs: number;
let size: number;
const web: Web = { fetch, deadlineMs: 300, signal: new AbortController().signal };

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), "compline-anchor-"));
  store = openSqliteStore(join(dir, "compline.db"), "write");
  chain = new LocalChain();
  calendars = await Promise.all([0, 1, 2].map(() => LocalCalendar.start(chain)));
  nowMs = Date.parse("2026-11-23T10:00:00.000Z");
  size = 5;
});
afterEach(async () => {
  await Promise.all(calendars.map((one) => one.close()));
  await store.close();
  await rm(dir, { recursive: true });
});

const plan = (): AnchorPlan => ({
  log,
  calendars: calendars.map(({ url }, at) => ({ url, operator: `operator ${at}` })),
  atLeast: 2,
  intervalMs: hourMs,
});
const metrics = createMetrics();

/** A fresh process on the same store. */
function anchorer(
  headers: HeaderAddress | null = null,
  limit: typeof easyLimit | null = easyLimit,
): Anchorer {
  return new Anchorer({
    store,
    newestRoot: async () => (size === 0 ? null : { size, root: rootOf(size) }),
    web,
    headers: headers === null ? null : headerSource(headers, web),
    clock: () => nowMs,
    log: createLog("silent"),
    metrics,
    changed: () => undefined,
    ...(limit === null ? {} : { limit }),
  });
}

const sizes = async (): Promise<readonly number[]> => (await store.anchors(log)).map((one) => one.size);
const moods = (...all: readonly Mood[]): void => {
  for (const [at, mood] of all.entries()) {
    const calendar = calendars[at];
    if (calendar !== undefined) calendar.mood = mood;
  }
};
const newest = async (): Promise<StoredAnchor> => {
  const anchor = await store.newestAnchor(log);
  if (anchor === null) throw new Error("nothing is anchored");
  return anchor;
};
const kinds = ({ ots }: StoredAnchor): readonly string[] => {
  const read = readOts(ots);
  if (!read.ok) throw new Error(read.message);
  return attestedMessages(read.timestamp)
    .map(({ attestation }) => attestation.kind)
    .toSorted();
};

describe("a root", () => {
  test("is given to all calendars and kept with their promises", async () => {
    await anchorer().round([plan()]);
    const hex = Buffer.from(rootOf(5)).toString("hex");
    expect(calendars.map(({ submitted }) => submitted)).toEqual([[hex], [hex], [hex]]);
    expect(await newest()).toMatchObject({ size: 5, root: hex, state: "pending", confirmation: null });
    expect(kinds(await newest())).toEqual(["pending", "pending", "pending"]);
  });

  test.each<Mood>(["down", "silent", "garbage", "endless", "elsewhere"])(
    "is stamped though one calendar is %s, and not when two are",
    async (mood) => {
      moods("well", mood, mood);
      await anchorer().round([plan()]);
      expect(await store.newestAnchor(log)).toBeNull();
      moods("well", mood, "well");
      await anchorer().round([plan()]);
      expect(kinds(await newest())).toEqual(["pending", "pending"]);
    },
  );

  test("that too few took is tried again after a minute, then after two", async () => {
    const one = anchorer();
    moods("down", "down");
    const tries = async (): Promise<number> => {
      await one.round([plan()]);
      return calendars[2]?.submitted.length ?? 0;
    };
    expect(await tries()).toBe(1);
    nowMs += 59_000;
    expect(await tries()).toBe(1);
    nowMs += 1000;
    expect(await tries()).toBe(2);
    nowMs += 61_000;
    expect(await tries()).toBe(2);
    nowMs += 60_000;
    moods("well", "well");
    expect(await tries()).toBe(3);
    expect(await sizes()).toEqual([5]);
  });

  test("is stamped once in an interval, and only when the log grew, also by a new process", async () => {
    await anchorer().round([plan()]);
    size = 6;
    nowMs += hourMs - 1;
    await anchorer().round([plan()]);
    expect(await sizes()).toEqual([5]);
    nowMs += 1;
    await anchorer().round([plan()]);
    nowMs += hourMs;
    await anchorer().round([plan()]);
    expect(await sizes()).toEqual([5, 6]);
  });

  test("that is pending for a day is not waited for, however long the interval", async () => {
    const slow = { ...plan(), intervalMs: 7 * 24 * hourMs };
    await anchorer().round([slow]);
    size = 9;
    nowMs += 24 * hourMs - 1;
    await anchorer().round([slow]);
    expect(await sizes()).toEqual([5]);
    nowMs += 1;
    await anchorer().round([slow]);
    expect(await sizes()).toEqual([5, 9]);
  });

  test("is stamped when the clock was set back", async () => {
    await anchorer().round([plan()]);
    size = 6;
    nowMs -= 48 * hourMs;
    await anchorer().round([plan()]);
    expect(await sizes()).toEqual([5, 6]);
  });

  test("of nothing is not stamped", async () => {
    size = 0;
    await anchorer().round([plan()]);
    expect(await store.newestAnchor(log)).toBeNull();
  });
});

describe("a promise", () => {
  test("is redeemed and without headers known as attested, then nobody is asked again", async () => {
    const one = anchorer();
    await one.round([plan()]);
    expect((await newest()).state).toBe("pending");
    calendars[0]?.confirm();
    nowMs += 600_000;
    await one.round([plan()]);
    expect(await newest()).toMatchObject({ state: "attested", confirmation: null });
    expect(kinds(await newest())).toEqual(["bitcoin", "pending", "pending", "pending"]);
    moods("garbage", "garbage", "garbage");
    const before = (await newest()).ots;
    nowMs += 7 * 24 * hourMs;
    await one.round([plan()]);
    expect((await newest()).ots).toEqual(before);
  });

  test("is asked about every ten minutes at first", async () => {
    const one = anchorer();
    await one.round([plan()]);
    calendars[0]?.confirm();
    nowMs += 599_999;
    await one.round([plan()]);
    expect((await newest()).state).toBe("pending");
    nowMs += 1;
    await one.round([plan()]);
    expect((await newest()).state).toBe("attested");
  });

  test("of a calendar that is not declared any more is not asked about", async () => {
    await anchorer().round([plan()]);
    calendars[0]?.confirm();
    const without = { ...plan(), calendars: plan().calendars.slice(1) };
    await anchorer().round([without]);
    expect((await newest()).state).toBe("pending");
    await anchorer().round([plan()]);
    expect((await newest()).state).toBe("attested");
  });
});

describe("a block", () => {
  const explorer = (): HeaderAddress => ({ by: "explorer", url: `${calendars[2]?.url}/explorer` });
  const node = (): HeaderAddress => ({
    by: "node",
    url: `${calendars[2]?.url}/rpc`,
    credentials: join(dir, "cookie"),
  });
  const file = (): HeaderAddress => ({ by: "file", path: join(dir, "headers.bin") });

  test.each([
    ["explorer", explorer],
    ["node", node],
    ["file", file],
  ] as const)("is confirmed by the header of an address by %s, which is kept", async (by, address) => {
    await writeFile(join(dir, "cookie"), "__cookie__:1234\n");
    await anchorer().round([plan()]);
    for (const one of calendars) one.confirm();
    await writeFile(join(dir, "headers.bin"), Buffer.concat(chain.headers));
    nowMs += 1000;
    await anchorer(address()).round([plan()]);
    const { state, confirmation } = await newest();
    expect(state).toBe("confirmed");
    expect(confirmation).toMatchObject({ by, height: 1, confirmedAt: "2026-11-23T10:00:01.000Z" });
    expect(readBlockHeader(confirmation?.header ?? new Uint8Array(0))?.hash).toBe(chain.hash(1));
  });

  test("whose header has not the work of the main chain is not confirmed", async () => {
    await anchorer().round([plan()]);
    calendars[0]?.confirm();
    await anchorer(explorer(), null).round([plan()]);
    expect(await newest()).toMatchObject({ state: "attested", confirmation: null });
  });

  test("whose header has another root is not confirmed, but the block of another calendar is", async () => {
    await anchorer().round([plan()]);
    calendars[0]?.confirm();
    chain.headers.length = 0;
    chain.mine(rootOf(99));
    await anchorer(explorer()).round([plan()]);
    expect((await newest()).state).toBe("attested");
    calendars[1]?.confirm();
    await anchorer(explorer()).round([plan()]);
    expect((await newest()).confirmation?.height).toBe(2);
  });

  test("whose header cannot be had now is attested, and confirmed later", async () => {
    await anchorer().round([plan()]);
    calendars[0]?.confirm();
    moods("well", "well", "down");
    const one = anchorer(explorer());
    await one.round([plan()]);
    expect((await newest()).state).toBe("attested");
    moods("well", "well", "well");
    nowMs += hourMs;
    await one.round([plan()]);
    expect((await newest()).state).toBe("confirmed");
  });

  test("that a file of headers does not have yet stays attested; a file of half a header is no failure of the round", async () => {
    await anchorer().round([plan()]);
    calendars[0]?.confirm();
    await writeFile(join(dir, "headers.bin"), new Uint8Array(80 * 3));
    await anchorer(file()).round([plan()]);
    await writeFile(join(dir, "headers.bin"), new Uint8Array(81));
    await anchorer(file()).round([plan()]);
    expect((await newest()).state).toBe("attested");
  });
});
