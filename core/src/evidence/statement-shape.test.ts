import { beforeAll, describe, expect, it } from "vitest";
import type { HealRecord, Predicate } from "./statement.ts";
import { makeKit, type TestKit } from "./testdata/generator.ts";
import { decide } from "./testdata/statements.ts";
import { readEnvelope } from "./envelope.ts";
import { judgeStatement } from "./statement-shape.ts";

type Loose = Record<string, any>; // oxlint-disable-line typescript/no-explicit-any -- tests put wrong values anywhere

let kit: TestKit;
beforeAll(async () => {
  kit = await makeKit(3);
});

function statementAt(place: string): Loose {
  const read = readEnvelope(kit.files.get(kit.path(place)) ?? new Uint8Array());
  if (!read.ok) throw new Error(read.message);
  return structuredClone(read.statement);
}

function problemsAfter(place: string, change: (predicate: Loose, statement: Loose) => void): string[] {
  const statement = statementAt(place);
  change(statement["predicate"], statement);
  return judgeStatement(statement).problems.map(({ code, path }) => `${code} ${path}`);
}

describe("judgeStatement", () => {
  it("finds nothing in any bundle of an honest chain", () => {
    for (const place of kit.digests.keys()) expect(judgeStatement(statementAt(place)).problems).toEqual([]);
  });

  it.each<[string, string, (predicate: Loose, statement: Loose) => void]>([
    ["another statement type", "SCHEMA /_type", (_, s) => (s["_type"] = "https://in-toto.io/Statement/v0.1")],
    [
      "another predicate type",
      "SCHEMA /predicateType",
      (_, s) => (s["predicateType"] = "https://compline.dev/evidence/v2"),
    ],
    ["no subject", "SCHEMA /subject", (_, s) => (s["subject"] = [])],
    ["a subject that is no list", "SCHEMA /subject", (_, s) => (s["subject"] = {})],
    [
      "a second digest in the subject",
      "UNKNOWN_MEMBER /subject/0/digest",
      (_, s) => (s["subject"][0].digest.sha1 = "00"),
    ],
    ["a predicate that is no object", "SCHEMA /predicate", (_, s) => (s["predicate"] = null)],
    ["another schema", "SCHEMA /predicate/schema", (p) => (p["schema"] = "2")],
    ["another kind", "SCHEMA /predicate/kind", (p) => (p["kind"] = "summary")],
    ["a site that is no ULID", "SCHEMA /predicate/site", (p) => (p["site"] = "tidewell-clinic")],
    [
      "a ULID beyond the range of time",
      "SCHEMA /predicate/site",
      (p) => (p["site"] = `8${p["site"].slice(1)}`),
    ],
    ["a chain that is no object", "SCHEMA /predicate/chain", (p) => (p["chain"] = [])],
    ["a negative seq", "SCHEMA /predicate/chain/seq", (p) => (p["chain"].seq = -1)],
    ["a prev that is no digest", "SCHEMA /predicate/chain/prev", (p) => (p["chain"].prev = "abc")],
    ["a short revision", "SCHEMA /predicate/policy/revision", (p) => (p["policy"].revision = "abc")],
    [
      "a time without milliseconds",
      "SCHEMA /predicate/window/end",
      (p) => (p["window"].end = "2026-11-23T08:00:00Z"),
    ],
    ["30 February", "SCHEMA /predicate/window/end", (p) => (p["window"].end = "2026-02-30T08:00:00.000Z")],
    ["month 13", "SCHEMA /predicate/window/end", (p) => (p["window"].end = "2026-13-01T08:00:00.000Z")],
    ["a leap second", "SCHEMA /predicate/window/end", (p) => (p["window"].end = "2026-06-30T23:59:60.000Z")],
    ["a fraction of a millisecond", "SCHEMA /predicate/clock/offsetMs", (p) => (p["clock"].offsetMs = 0.5)],
    ["an unknown clock", "SCHEMA /predicate/clock/source", (p) => (p["clock"].source = "gps")],
    ["a missing member", "SCHEMA /predicate", (p) => delete p["scrubber"]],
    ["an unknown member", "UNKNOWN_MEMBER /predicate", (p) => (p["comment"] = "all well")],
    [
      "an unknown member further in",
      "UNKNOWN_MEMBER /predicate/seen/checkpoint",
      (p) => (p["seen"].checkpoint = { origin: "log.example", size: 1, root: "0".repeat(64), time: 1 }),
    ],
    ["an unknown verdict", "SCHEMA /predicate/results/0/verdict", (p) => (p["results"][0].verdict = "ok")],
    [
      "an error without a reason",
      "SCHEMA /predicate/results/0",
      (p) => Object.assign(p["results"][0], { verdict: "error", reason: null }),
    ],
    [
      "a reason in words",
      "SCHEMA /predicate/results/0/reason",
      (p) => (p["results"][0].reason = "could not read"),
    ],
    ["a row that is no object", "SCHEMA /predicate/results/0", (p) => (p["results"][0] = 1)],
    ["results that are no list", "SCHEMA /predicate/results", (p) => (p["results"] = null)],
    ["two rows for one pair", "SCHEMA /predicate/results", (p) => p["results"].push(p["results"][0])],
    [
      "a pass without observed",
      "PASS_WITHOUT_OBSERVATION /predicate/results/0",
      (p) => (p["results"][0].observed = null),
    ],
    [
      "a pass with nothing observed",
      "PASS_WITHOUT_OBSERVATION /predicate/results/0",
      (p) => (p["results"][0].observed = {}),
    ],
    [
      "an observed object in an object",
      "SCHEMA /predicate/results/0/observed/value",
      (p) => (p["results"][0].observed.value = {}),
    ],
    [
      "free text observed",
      "SCHEMA /predicate/results/0/observed/value",
      (p) => (p["results"][0].observed.value = "J. Doe"),
    ],
    [
      "an observed name with a space",
      "SCHEMA /predicate/results/0/observed",
      (p) => (p["results"][0].observed["a b"] = 1),
    ],
    ["a heal that is no object", "SCHEMA /predicate/heals/0", (p) => (p["heals"][0] = "x")],
    ["a runbook without digest", "SCHEMA /predicate/heals/0", (p) => (p["heals"][0].runbookDigest = null)],
    [
      "an L1 heal without runbook",
      "SCHEMA /predicate/heals/0",
      (p) => Object.assign(p["heals"][0], { runbook: null, runbookDigest: null }),
    ],
    [
      "a part beyond the number of parts",
      "SCHEMA /predicate/parts",
      (p) => (p["parts"] = { part: 3, of: 2 }),
    ],
    ["one part of one", "SCHEMA /predicate/parts/of", (p) => (p["parts"] = { part: 1, of: 1 })],
    ["parts that are no object", "SCHEMA /predicate/parts", (p) => (p["parts"] = 2)],
    [
      "an attachment without salt",
      "SCHEMA /predicate/attachments/0/salted",
      (p) =>
        (p["attachments"] = [
          {
            digest: "0".repeat(64),
            mediaType: "text/plain",
            size: 1,
            salted: "yes",
            class: "raw",
            retainUntil: p["window"].end,
          },
        ]),
    ],
  ])("finds %s", (_, expected, change) => {
    expect(problemsAfter("0-2", change)).toContain(expected);
  });

  it("lets L3 go without a runbook when a person was told", () => {
    const told: Partial<HealRecord> = {
      level: "L3",
      rule: null,
      runbook: null,
      runbookDigest: null,
      outcome: "escalated",
      after: null,
    };
    expect(problemsAfter("0-2", (p) => Object.assign(p["heals"][0], told))).toEqual([]);
  });

  it.each<[string, string, string, (predicate: Loose) => void]>([
    ["an unknown event", "0-4", "SCHEMA /predicate/event", (p) => (p["event"].type = "reboot")],
    ["an event that is no object", "0-4", "SCHEMA /predicate/event", (p) => (p["event"] = "suspend")],
    [
      "an event with a member of another",
      "0-4",
      "UNKNOWN_MEMBER /predicate/event",
      (p) => (p["event"].reason = "X"),
    ],
    [
      "an override without reason",
      "0-4",
      "SCHEMA /predicate/event",
      (p) => (p["event"] = { type: "override" }),
    ],
    [
      "a loss of nothing",
      "0-4",
      "SCHEMA /predicate",
      (p) => (p["event"] = { type: "loss", runs: [], attachments: [] }),
    ],
    [
      "a loss that ends before it begins",
      "0-4",
      "SCHEMA /predicate/event/runs/0",
      (p) =>
        (p["event"] = {
          type: "loss",
          runs: [{ epoch: 0, from: 3, to: 2, last: "0".repeat(64) }],
          attachments: [],
        }),
    ],
    ["a rotation into epoch 0", "0-9", "SCHEMA /predicate/event/newEpoch", (p) => (p["event"].newEpoch = 0)],
    ["an event with results", "0-4", "UNKNOWN_MEMBER /predicate", (p) => (p["results"] = [])],
  ])("finds %s", (_, place, expected, change) => {
    expect(problemsAfter(place, change)).toContain(expected);
  });

  it.each<Extract<Predicate, { kind: "authority" }>["event"]>([
    {
      type: "enrol",
      site: "01ARZ3NDEKTSV4RRFFQ69G5FAV",
      appliance: "01ARZ3NDEKTSV4RRFFQ69G5FAW",
      publicKey: "0".repeat(64),
    },
    { type: "revoke", keyid: "0".repeat(64), lastTrusted: null, compromisedAt: null, reason: "LOST" },
    { type: "fork", digests: ["0".repeat(64), "1".repeat(64)] },
    { type: "resolve", chain: "01ARZ3NDEKTSV4RRFFQ69G5FAV", surviving: "0".repeat(64), newEpoch: 1 },
    { type: "tombstone", digest: "0".repeat(64), basis: "ERASURE_REQUEST" },
    { type: "rotate", publicKey: "0".repeat(64) },
  ])("knows the authority's $type", (event) => {
    const statement = {
      ...statementAt("0-2"),
      predicate: decide(kit.ids, { epoch: 0, seq: 0, prev: null }, event),
    };
    expect(judgeStatement(statement).problems).toEqual([]);
    const withoutFile = { ...statement, predicate: { ...statement.predicate, file: null } };
    const mayGoWithout = event.type === "fork" || event.type === "resolve";
    expect(judgeStatement(withoutFile).problems.length).toBe(mayGoWithout ? 0 : 1);
  });

  it.each(["/etc/passwd", "sites/../../x", "sites//x", "a/./b", ""])(
    "refuses %j as the path of a reviewed file",
    (path) => {
      const honest = decide(
        kit.ids,
        { epoch: 0, seq: 0, prev: null },
        { type: "rotate", publicKey: "0".repeat(64) },
      );
      const statement = {
        ...statementAt("0-2"),
        predicate: { ...honest, file: { revision: "1".repeat(40), path, sha256: "0".repeat(64) } },
      };
      expect(judgeStatement(statement).problems.map((problem) => problem.path)).toEqual([
        "/predicate/file/path",
      ]);
    },
  );

  it("refuses an authority's statement that is not whole", () => {
    const statement = { ...statementAt("0-2"), predicate: { kind: "authority", event: 5 } };
    expect(judgeStatement(statement).problems.length).toBeGreaterThan(3);
  });
});
