import type { Assignment, SiteWindow } from "@compline/schemas";
import { describe, expect, it } from "vitest";
import { sha256Hex } from "../evidence/digest.ts";
import { canonicalBytes } from "../evidence/jcs.ts";
import { type Sample, sampleFiles, sampleGraph, sampleUlid } from "../testdata/sample-tree.ts";
import { type AssignmentStamp, deriveAssignment, enrolledAppliances } from "./derive.ts";
import { encodeAssignment, MAX_ASSIGNMENT_BYTES, readAssignmentForAgent, sameWork } from "./encode.ts";

const stamp: AssignmentStamp = {
  generation: 7,
  revision: "a".repeat(40),
  issuedAt: "2026-11-23T18:00:00.000Z",
  healUntil: "2026-11-30T18:00:00.000Z",
};
const target = { partner: "lanternfish", site: "clinic", appliance: "box" };
const sample: Sample = {
  checks: ["alpha", "beta", "constructor"],
  sites: [{ name: "clinic", hosts: ["desk", "till"], cadence: "5s" }],
};

function derived(from: Sample = sample, by: AssignmentStamp = stamp): Assignment {
  const assignment = deriveAssignment(sampleGraph(from), target, by);
  if (assignment === null) throw new Error("the sample's box is enrolled");
  return assignment;
}

describe("an assignment", () => {
  it("holds every host with every check, and how often", () => {
    const { pairs, intervals, hosts } = derived();
    expect(hosts.map((host) => host.name).toSorted()).toEqual(["desk", "till"]);
    expect(pairs).toHaveLength(6);
    const keys = pairs.map((pair) => pair.join(" "));
    expect(keys).toEqual(keys.toSorted());
    expect(intervals).toEqual({ alpha: 5000, beta: 5000, constructor: 5000 });
  });

  it("takes the checks' own intervals where the site has no cadence", () => {
    const { intervals } = derived({ ...sample, sites: [{ name: "clinic", hosts: ["desk"] }] });
    expect(intervals["alpha"]).toBe(300_000);
  });

  it("names every file it was derived from, sorted, and their digest", () => {
    const { files, slice } = derived();
    const expected = sampleFiles(sample).map(({ path, text }) => [
      path,
      sha256Hex(new TextEncoder().encode(text)),
    ]);
    expect(files.map(([path]) => path)).toEqual(expected.map(([path]) => path).toSorted());
    expect(Object.fromEntries(files)).toEqual(Object.fromEntries(expected));
    expect(slice).toBe(sha256Hex(canonicalBytes(files)));
  });

  it("has its digests beside the definitions they name", () => {
    const { checks, definitions, rules, runbooks } = derived();
    expect(Object.keys(definitions.checks)).toEqual(Object.keys(checks));
    expect(Object.keys(definitions.rules)).toEqual(Object.keys(rules));
    expect(Object.keys(definitions.runbooks)).toEqual(Object.keys(runbooks));
  });

  it.each([
    ["the site's own", { ...sample, sites: [{ name: "clinic", hosts: ["desk"], stopped: true }] }, stamp],
    ["one read from a refused tree", sample, { ...stamp, killSwitch: true }],
  ])("obeys a kill switch: %s", (_which, from, by) => {
    expect(derived(from, by).healing.killSwitch).toBe(true);
    expect(derived().healing.killSwitch).toBe(false);
  });

  it("is none for a box that is only declared or that nobody declares", () => {
    const graph = sampleGraph({ ...sample, sites: [{ name: "clinic", hosts: ["desk"], enrolled: false }] });
    expect(enrolledAppliances(graph)).toEqual([]);
    expect(deriveAssignment(graph, target, stamp)).toBeNull();
    expect(deriveAssignment(sampleGraph(sample), { ...target, appliance: "bux" }, stamp)).toBeNull();
    expect(deriveAssignment(sampleGraph(sample), { ...target, partner: "otterdale" }, stamp)).toBeNull();
  });

  it("is listed for every enrolled box", () => {
    expect(enrolledAppliances(sampleGraph(sample))).toEqual([target]);
  });
});

describe("maintenance windows", () => {
  const windows: SiteWindow[] = [{ days: ["tue", "sat"], start: "22:00", end: "04:00" }];
  const clinic = { name: "clinic", hosts: ["desk", "till"], cadence: "5s" };
  const healing = { mode: "full", riskCeiling: "medium" } as const;
  const nightly: Sample = { ...sample, sites: [{ ...clinic, healing: { ...healing, windows } }] };

  it("are declared with their zone and expanded to UTC up to healUntil", () => {
    const { declaredWindows, windows: next } = derived(nightly).healing;
    expect(declaredWindows).toEqual([
      { days: ["tue", "sat"], start: "22:00", end: "04:00", timeZone: "Europe/Lisbon" },
    ]);
    expect(next).toEqual([
      { start: "2026-11-24T22:00:00.000Z", end: "2026-11-25T04:00:00.000Z" },
      { start: "2026-11-28T22:00:00.000Z", end: "2026-11-29T04:00:00.000Z" },
    ]);
    expect(derived(sample).healing).toMatchObject({ windows: null, declaredWindows: null });
  });

  it("may have a zone of their own", () => {
    const own = windows.map((window) => ({ ...window, timeZone: "Asia/Kathmandu" }));
    const { windows: next } = derived({
      ...sample,
      sites: [{ ...clinic, healing: { ...healing, windows: own } }],
    }).healing;
    expect(next?.[0]).toEqual({ start: "2026-11-24T16:15:00.000Z", end: "2026-11-24T22:15:00.000Z" });
  });

  it("that only moved on with time are the same work, others are not", () => {
    const later = { ...stamp, issuedAt: "2026-11-27T18:00:00.000Z", healUntil: "2026-12-04T18:00:00.000Z" };
    expect(derived(nightly, later).healing.windows).not.toEqual(derived(nightly).healing.windows);
    expect(sameWork(derived(nightly), derived(nightly, later))).toBe(true);
    expect(sameWork(derived(nightly), derived(sample))).toBe(false);
  });

  it("are read by the appliance as they were made", () => {
    expect(readAssignmentForAgent(encodeAssignment(derived(nightly)))).toMatchObject({ ok: true });
  });
});

describe("the same work", () => {
  it("is work that differs only in when and from which revision it was made", () => {
    const other = derived(sample, {
      generation: 8,
      revision: "b".repeat(40),
      issuedAt: "2026-11-24T18:00:00.000Z",
      healUntil: "2026-12-01T18:00:00.000Z",
    });
    expect(sameWork(derived(), other)).toBe(true);
  });

  it.each<[string, Sample]>([
    ["a check changed", { ...sample, rationale: "another" }],
    ["a check is new", { ...sample, checks: [...sample.checks, "gamma"] }],
    ["a host is gone", { ...sample, sites: [{ name: "clinic", hosts: ["desk"], cadence: "5s" }] }],
    [
      "the cadence is another",
      { ...sample, sites: [{ name: "clinic", hosts: ["desk", "till"], cadence: "6s" }] },
    ],
  ])("is not when %s", (_what, changed) => {
    expect(sameWork(derived(), derived(changed))).toBe(false);
  });
});

describe("the appliance's reader", () => {
  const bytesOf = (change: (assignment: Record<string, unknown>) => void): Uint8Array => {
    const copy = structuredClone(derived()) as unknown as Record<string, unknown>;
    change(copy);
    return canonicalBytes(copy);
  };

  it("takes what was encoded, under the digest of its bytes", () => {
    const bytes = encodeAssignment(derived());
    expect(readAssignmentForAgent(bytes)).toEqual({
      ok: true,
      digest: sha256Hex(bytes),
      assignment: derived(),
    });
  });

  it.each<[string, string, Uint8Array]>([
    ["too large", "TOO_LARGE", new Uint8Array(MAX_ASSIGNMENT_BYTES + 1)],
    ["no JSON", "NOT_JSON", new TextEncoder().encode("{")],
    ["not canonical", "NOT_CANONICAL", new TextEncoder().encode(JSON.stringify(derived(), null, 1))],
    ["an unknown member", "SCHEMA", bytesOf((a) => (a["extra"] = 1))],
    ["a later format", "SCHEMA", bytesOf((a) => (a["schemaVersion"] = "2"))],
    ["a slice of other files", "WRONG_SLICE", bytesOf((a) => (a["slice"] = "0".repeat(64)))],
    ["a host twice", "SCHEMA", bytesOf((a) => (a["hosts"] = [...derived().hosts, ...derived().hosts]))],
    ["a pair of no host", "SCHEMA", bytesOf((a) => (a["pairs"] = [[sampleUlid("nobody"), "alpha"]]))],
    ["a pair of no check", "SCHEMA", bytesOf((a) => (a["pairs"] = [[derived().hosts[0]?.id, "gamma"]]))],
    ["a check without interval", "SCHEMA", bytesOf((a) => (a["intervals"] = {}))],
    [
      "another definition than the digest names",
      "WRONG_DEFINITION",
      bytesOf((a) => (a["definitions"] = derived({ ...sample, rationale: "another" }).definitions)),
    ],
    [
      "a digest without definition",
      "WRONG_DEFINITION",
      bytesOf((a) => (a["rules"] = { ...derived().rules, x: "0".repeat(64) })),
    ],
    ["a definition without digest", "WRONG_DEFINITION", bytesOf((a) => (a["rules"] = {}))],
    ["a rule whose runbook is not in it", "SCHEMA", bytesOf((a) => (a["runbooks"] = {}))],
  ])("refuses %s with %s", (_what, code, bytes) => {
    expect(readAssignmentForAgent(bytes)).toMatchObject({ ok: false, code });
  });

  // A signed mistake must not end the agent, again and again.
  it("answers, and does not throw, whatever stands at any place of it", () => {
    const values = [
      null,
      true,
      -1,
      1.5,
      "",
      "x y",
      "a".repeat(300),
      [],
      [[]],
      {},
      { a: 1 },
      { "Not A Name": {} },
    ];
    const small = derived({ checks: ["alpha"], sites: [{ name: "clinic", hosts: ["desk"] }] });
    for (const path of placesOf(small)) {
      for (const value of values) {
        const copy = structuredClone(small);
        put(copy, path, value);
        const read = readAssignmentForAgent(canonicalBytes(copy));
        const [first, message] = [path[0], read.ok ? "" : read.message];
        expect(read.ok || message !== "", `${String(first)} ${message}`).toBe(true);
      }
    }
  });
});

type Path = readonly (string | number)[];

/** Every place in a value, the whole left out. */
function placesOf(value: unknown): readonly Path[] {
  if (typeof value !== "object" || value === null) return [];
  const keys = Array.isArray(value) ? [...value.keys()] : Object.keys(value);
  const members: Readonly<Record<string, unknown>> = { ...value };
  return keys.flatMap((key) => [[key], ...placesOf(members[key]).map((rest): Path => [key, ...rest])]);
}

function put(target: unknown, [key, ...rest]: Path, value: unknown): void {
  const members = target as Record<string | number, unknown>; // an object or list by `placesOf`
  if (rest.length === 0) members[key ?? ""] = value;
  else put(members[key ?? ""], rest, value);
}
