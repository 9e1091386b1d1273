import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readStatus, saveStatus, type SavedStatus } from "../state/saved-status.ts";
import { createStore } from "../store/agent-store.ts";
import { markAt } from "../testdata/time-mark.ts";
import { openDatabase } from "../store/database.ts";
import { commitEnvelopes } from "../testdata/commit.ts";
import { enrolledFolder } from "../testdata/enrolled-folder.ts";
import { status } from "./status.ts";
import { decide } from "./suspend.ts";

const NOW = Date.parse("2026-11-23T10:00:00.000Z");
const AT = "2026-11-23T10:00:00.000Z";

let folder: string;

beforeEach(() => {
  folder = enrolledFolder();
});

afterEach(() => rmSync(join(folder, ".."), { recursive: true, force: true }));

const saved: SavedStatus = {
  report: {
    schemaVersion: "1",
    asOf: AT,
    startedAt: AT,
    head: { epoch: 0, seq: 7, digest: "a".repeat(64) },
    outbox: 3,
    assignment: "e".repeat(64),
    healing: { mode: "off", reasons: ["SUSPENDED"] },
    ceiling: { mode: "standard", risk: "low", hosts: "practice", argv: false },
    suspension: { since: AT, reason: "fuses" },
    override: null,
    software: { name: "compline-agent", version: "1" },
    held: [{ host: "01J00000000000000000000000", check: "max-age", code: "SUSPENDED", until: null }],
    faults: [],
    nextRunAt: "2026-11-23T10:05:00.000Z",
    checkpoint: null,
  },
  refused: 1,
  room: { bytes: 1_234_567, quota: 1_000_000_000, dropped: 12 },
  rotation: null,
  lastContactAt: "2026-11-23T09:59:00.000Z",
  effectiveNow: AT,
};

it("of an agent that runs is what it last said, and of a person what was last decided", () => {
  saveStatus(folder, saved);
  decide(folder, { suspended: true, reason: "fuses", at: AT });
  const database = openDatabase(join(folder, "agent.db"));
  const text = status(folder, NOW);
  database.close();
  for (const part of [
    "the agent runs",
    "number 7",
    "3 waiting to be sent; 1 refused",
    "1.2 of at most 1000.0 MB taken",
    "when it is full go copies of what was sent, then attachments not sent, then the oldest observations",
    "12 observations went so; the chain names them",
    "off, because of SUSPENDED",
    "max-age on 01J00000000000000000000000: Not healed: a person stopped healing on this box",
    `since ${AT}: fuses`,
    "last answered 2026-11-23T09:59:00.000Z",
    "2026-11-23T10:05:00.000Z",
  ])
    expect(text).toContain(part);
});

it("of one that does not run is what its state holds", () => {
  saveStatus(folder, saved);
  const store = createStore(openDatabase(join(folder, "agent.db")));
  const head = { ...store.head(), seq: 8, digest: "f".repeat(64) };
  const envelopes = [{ digest: head.digest, bytes: Buffer.of(1) }];
  commitEnvelopes(store, envelopes, { head, time: markAt(NOW) });
  store.close();
  const text = status(folder, NOW);
  expect(text).toContain("does not run");
  expect(text).toContain("number 8");
  expect(text).toContain("1 waiting to be sent");
  expect(text).toMatch(/room +0\.0 of at most \d+\.\d MB taken/);
  expect(text).not.toContain("went so");
  expect(text).not.toContain("refused");
});

it("says when this machine's clock is before the evidence", () => {
  saveStatus(folder, saved);
  expect(status(folder, NOW)).not.toContain("wrong");
  expect(status(folder, NOW - 3_600_000)).toContain("one of the two is wrong");
});

it("of a box that never ran says that there is nothing yet", () => {
  expect(readStatus(folder)).toBe(null);
  const text = status(folder, NOW);
  expect(text).toContain("no bundle yet");
  expect(text).toContain("last answered never");
});
