import { describe, expect, it } from "vitest";
import { buildAuthorityEvent, buildEvent, buildObservation, type ObservationInput } from "./build.ts";
import { sha256Hex } from "./digest.ts";
import { readEnvelope, sealStatement } from "./envelope.ts";
import { canonicalBytes } from "./jcs.ts";
import { stateClaim } from "./state.ts";
import { makeKey } from "./testdata/identities.ts";
import { decide, timeAt } from "./testdata/statements.ts";
import type { ObservationResult, Statement } from "./statement.ts";

const ULID = "01ARZ3NDEKTSV4RRFFQ69G5FAV";
const DIGEST = "a".repeat(64);

const ROW: ObservationResult = {
  host: ULID,
  check: "sshd-root-login",
  verdict: "pass",
  reason: null,
  observed: { permitRootLogin: "no" },
  since: timeAt(0),
  exception: null,
};
const UNSEEN: ObservationResult = {
  ...ROW,
  check: "never-seen",
  verdict: "unknown",
  reason: "NEVER_SEEN",
  observed: null,
  since: null,
};

const HEADER = {
  site: ULID,
  chain: { id: ULID, epoch: 0, seq: 0, prev: null },
  software: { name: "compline-agent", version: "0.1.0", digest: DIGEST },
  policy: { revision: "b".repeat(40), assignment: DIGEST },
  clock: {
    source: "none",
    offsetMs: null,
    uncertaintyMs: null,
    lastSyncAt: null,
    bootId: "b1",
    monotonicMs: 0,
  },
  seen: { checkpoint: null, block: null },
} as const;

const INPUT: ObservationInput = {
  ...HEADER,
  kind: "snapshot",
  window: { start: timeAt(0), end: timeAt(1) },
  results: [ROW, UNSEEN],
  heals: [],
  stateAfter: [ROW, UNSEEN],
  ran: 1,
  oldestAt: timeAt(0),
  parts: null,
  attachments: [],
  scrubber: { version: "1", digest: DIGEST },
};

async function readBack(statement: Statement): Promise<Statement | null> {
  const sealed = await sealStatement(statement, await makeKey("builder"));
  const read = readEnvelope(sealed.bytes);
  return read.ok ? read.statement : null;
}

describe("the builders", () => {
  it("compute state, coverage and subject of an observation", async () => {
    const statement = buildObservation(INPUT);
    expect(statement.predicate.coverage).toEqual({ expected: 2, fresh: 1, ran: 1, oldestAt: timeAt(0) });
    expect(statement.predicate.state).toEqual(stateClaim([UNSEEN, ROW]));
    expect(statement.subject).toEqual([
      { name: "results", digest: { sha256: sha256Hex(canonicalBytes([ROW, UNSEEN])) } },
    ]);
    expect(await readBack(statement)).toEqual(statement);
  });

  it("state no oldest observation when nothing is fresh", async () => {
    const statement = buildObservation({ ...INPUT, results: [UNSEEN], stateAfter: [UNSEEN] });
    expect(statement.predicate.coverage).toMatchObject({ fresh: 0, oldestAt: null });
    expect(await readBack(statement)).toEqual(statement);
  });

  it("take a map's values, once", () => {
    const state = new Map([
      ["a", ROW],
      ["b", UNSEEN],
    ]);
    expect(buildObservation({ ...INPUT, stateAfter: state.values() })).toEqual(buildObservation(INPUT));
  });

  it("name attachments as subjects, in their order", async () => {
    const attachment = (letter: string) => ({
      digest: letter.repeat(64),
      mediaType: "text/plain",
      size: 3,
      salted: true,
      class: "raw",
      retainUntil: timeAt(9),
    });
    const statement = buildObservation({ ...INPUT, attachments: [attachment("c"), attachment("b")] });
    expect(statement.subject.map(({ digest }) => digest.sha256)).toEqual(["c".repeat(64), "b".repeat(64)]);
    expect(await readBack(statement)).toEqual(statement);
  });

  it("make events of an appliance", async () => {
    const event = { type: "override", reason: "MAINTENANCE" } as const;
    const statement = buildEvent({ ...HEADER, at: timeAt(0), event });
    expect(statement.subject).toEqual([
      { name: "event", digest: { sha256: sha256Hex(canonicalBytes(event)) } },
    ]);
    expect(await readBack(statement)).toEqual(statement);
  });

  it("make events of the authority", async () => {
    const ids = { partner: ULID, site: ULID, appliance: ULID, otherAppliance: ULID, host: ULID };
    const predicate = decide(ids, { epoch: 0, seq: 0, prev: null }, { type: "rotate", publicKey: DIGEST });
    if (predicate.kind !== "authority") throw new Error("decide makes authority events");
    const statement = buildAuthorityEvent(predicate);
    expect(await readBack(statement)).toEqual(statement);
  });
});
