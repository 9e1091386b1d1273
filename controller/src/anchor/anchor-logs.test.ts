import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { signCheckpoint } from "@compline/core";
import { expect, test } from "vitest";
import { createLog } from "../log.ts";
import { createMetrics } from "../metrics.ts";
import type { World } from "../reconcile/reconciler.ts";
import { openSqliteStore } from "../store/sqlite-store.ts";
import { itemOf } from "../store/testdata/items.ts";
import { logRoot } from "../transparency/prove.ts";
import { anchorLogs } from "./anchor-logs.ts";
import { anchorsViewOf } from "./anchors-view.ts";
import { easyLimit, LocalCalendar, LocalChain } from "./testdata/local-calendar.ts";

const log = "log.north.example";

test("a declared log is anchored from its newest checkpoint to a block, and what confirmed it is told", async () => {
  const dir = await mkdtemp(join(tmpdir(), "compline-anchor-"));
  const store = openSqliteStore(join(dir, "compline.db"), "write");
  const chain = new LocalChain();
  const calendars = await Promise.all([0, 1, 2].map(() => LocalCalendar.start(chain)));
  await store.commit([0, 1, 2].map((seq) => ({ ...itemOf(seq, `${seq}`), log })));
  const root = Buffer.from(await logRoot(store, log, 2)).toString("hex");
  const note = await signCheckpoint(
    { origin: log, size: 2, root },
    new Uint8Array(32),
    async () => new Uint8Array(64),
  );
  await store.putCheckpoint({ log, size: 2, signedAt: "2026-11-23T10:00:00.000Z", vkey: "", note });
  const anchors = { calendars: calendars.map(({ url }, at) => ({ url, operator: `operator ${at}` })) };
  const graph = { partners: new Map([["north", { document: { spec: { log: { origin: log }, anchors } } }]]) };
  const partner = { name: "north", graph } as never;
  let nowMs = Date.parse("2026-11-23T10:00:00.000Z");
  const ending = new AbortController();
  const views: unknown[] = [];

  await anchorLogs({
    config: { bitcoin: { by: "explorer", url: `${calendars[0]?.url}/explorer` } },
    store,
    clock: () => nowMs,
    world: () => ({ partners: [partner] }) as unknown as World,
    changed: () => undefined,
    powLimit: easyLimit,
    pace: {
      everyMs: 1,
      longestMs: 1,
      log: createLog("silent"),
      metrics: createMetrics(),
      signal: ending.signal,
      sleep: async () => {
        views.push(await anchorsViewOf(partner, store));
        for (const one of calendars) one.confirm();
        nowMs += 600_000;
        if (views.length === 2) ending.abort();
      },
    },
  });

  const block = { by: "explorer", height: 1, hash: chain.hash(1), time: "2026-09-21T14:13:20.000Z" };
  const stampedAt = "2026-11-23T10:00:00.000Z";
  expect(views).toEqual([
    { calendars: 3, newest: null, pendingSince: stampedAt },
    { calendars: 3, newest: { size: 2, stampedAt, block }, pendingSince: null },
  ]);
  await Promise.all(calendars.map((one) => one.close()));
  await store.close();
  await rm(dir, { recursive: true });
});
