import type { Snapshot } from "@compline/core";
import { beforeAll, expect, test } from "vitest";
import { makeFixture } from "../fixture/snapshot.ts";
import {
  type ControlRow,
  type FrameworkPage,
  frameworkPage,
  indexByVerdict,
  notLookedText,
} from "./framework.ts";
import { fleetEntry } from "./fleet-entry.ts";
import { libraryPage } from "./library.ts";

let snapshot: Snapshot;
let page: FrameworkPage;

beforeAll(async () => {
  snapshot = await makeFixture();
  page = frameworkPage(snapshot, { site: "tidewell-clinic", framework: "hipaa" });
});

function rowOf(id: string, of = page): ControlRow {
  const row = of.families.flatMap(({ rows }) => rows).find(({ control }) => control.id === id);
  if (row === undefined) throw new Error(`no control ${id}`);
  return row;
}

test("every control of the framework is there once, in its order, with what it comes to", () => {
  const ids = page.families.flatMap(({ rows }) => rows.map(({ control }) => control.id));
  const declared = page.framework.families.flatMap(({ controls }) => controls.map(({ id }) => id));
  expect(ids).toEqual(declared);
  expect(page.total).toBe(23);
  expect(Object.values(page.counts).reduce((sum, count) => sum + count, 0)).toBe(23);
  expect(page.counts).toMatchObject({ fail: 3, pass: 5, attested: 11, not_assessed: 4 });
  expect(page.looked).toBe(8);
});

test("a control that is looked at has the evidence of each check: hosts, observed, times and bundle", () => {
  const row = rowOf("164.312(a)(1)");
  expect(row).toMatchObject({ state: "fail", hosts: 3, sharing: 6 });
  expect(row.evidence.map(({ evidence }) => evidence.check.name)).toEqual(row.control.checks);
  const permissions = row.evidence.find(
    ({ evidence }) => evidence.check.name === "sshd-config-permissions",
  )?.evidence;
  const [worst, rest] = permissions?.groups ?? [];
  expect(worst).toMatchObject({ verdict: "fail", hosts: [{ text: "records" }] });
  expect(worst?.observed).toContainEqual({ name: "mode", value: "0666" });
  expect(worst?.next).toContain("a person has to act");
  expect(rest).toMatchObject({ verdict: "pass", hosts: [{ text: "front-desk" }, { text: "imaging" }] });
  for (const group of permissions?.groups ?? []) {
    expect(group.bundle).toMatch(/^[0-9a-f]{64}$/);
    expect(group.since.from).not.toBe(null);
    expect(group.confirmed.to).not.toBe(null);
  }
});

test("no host is lost by grouping, and none is named twice for a check", () => {
  for (const site of snapshot.sites) {
    for (const { evidence } of frameworkPage(snapshot, {
      site: site.name,
      framework: "hipaa",
    }).families.flatMap(({ rows }) => rows)) {
      for (const {
        evidence: { check, groups },
      } of evidence) {
        const named = groups.flatMap(({ hosts }) => hosts.map(({ text }) => text));
        expect(named).toHaveLength(site.results.filter((result) => result.check === check.name).length);
        expect(new Set(named).size).toBe(named.length);
      }
    }
  }
});

test("the evidence of a check stands in full under its first control, and the others say where", () => {
  const places = page.families.flatMap(({ rows }) =>
    rows.flatMap(({ control, evidence }) =>
      evidence
        .filter(({ evidence: { check } }) => check.name === "shadow-permissions")
        .map(({ at }) => [control.id, at?.text ?? null, at?.url ?? null]),
    ),
  );
  expect(places).toEqual([
    ["164.308(a)(5)(ii)(D)", null, null],
    ["164.312(a)(1)", "164.308(a)(5)(ii)(D)", "#c-164-308-a-5-ii-d"],
  ]);
});

test("a group's times reach from its first host to its last", () => {
  const [host, other] = snapshot.sites[0]?.hosts ?? [];
  const bundle = "a".repeat(64);
  const since = {
    [host?.id ?? ""]: "2026-11-20T10:00:00.000Z",
    [other?.id ?? ""]: "2026-11-21T10:00:00.000Z",
  };
  const sites = snapshot.sites.map((site) => ({
    ...site,
    results: site.results
      .filter((result) => result.host in since)
      .map((result) => ({ ...result, bundle, since: since[result.host] ?? null })),
  }));
  const changed = frameworkPage({ ...snapshot, sites }, { site: "tidewell-clinic", framework: "hipaa" });
  const [group, ...more] = rowOf("164.312(e)(1)", changed).evidence[0]?.evidence.groups ?? [];
  expect(more).toEqual([]);
  expect(group?.since).toEqual({ from: "2026-11-20T10:00:00.000Z", to: "2026-11-21T10:00:00.000Z" });
});

test("a control that is not looked at says who can show it, and has no verdict", () => {
  const row = rowOf("164.310(a)(1)");
  expect(row).toMatchObject({ state: "attested", evidence: [] });
  expect(row.score.value).toBe(null);
  expect(notLookedText(row.control)).toBe(
    "Someone has to look at the premises; a check on a computer cannot.",
  );
});

test("a check that no host of the site is for looks at nothing there", () => {
  const sites = snapshot.sites.map((site) => ({ ...site, results: [] }));
  const empty = frameworkPage({ ...snapshot, sites }, { site: "tidewell-clinic", framework: "hipaa" });
  expect(empty).toMatchObject({
    looked: 0,
    counts: { attested: 11, not_assessed: 12 },
    window: { from: null, to: null },
  });
  expect(notLookedText(rowOf("164.312(d)", empty).control)).toBe(
    "There is a check for this, and no host here that it is for.",
  );
});

test("each count of the score leads to the controls that it counts for", () => {
  const index = indexByVerdict(page);
  expect(index.map(({ verdict, count }) => [verdict, count])).toEqual([
    ["fail", 2],
    ["pass", 21],
    ["not_applicable", 1],
  ]);
  expect(index[0]?.rows.map(({ control }) => control.id)).toEqual([
    "164.312(a)(1)",
    "164.312(c)(1)",
    "164.312(e)(1)",
  ]);
});

test("the library's page says what each control asks and who uses the framework", () => {
  const library = libraryPage(
    snapshot,
    snapshot.sites.map((site) => fleetEntry(snapshot, site)),
    "house-baseline",
  );
  expect(library.sites.map(({ url }) => url)).toEqual(["/sites/tidewell-clinic/frameworks/house-baseline/"]);
  const [first] = library.families[0]?.controls ?? [];
  expect(first).toMatchObject({ anchor: "c-lb-1", asks: "Required · Computers" });
  expect(first?.checks.map(({ link }) => link.url)).toEqual(["/checks/sshd-root-login/"]);
  expect(first?.sharing).toEqual([
    {
      title: "HIPAA Security Rule",
      controls: [
        { text: "164.312(a)(1)", url: "/frameworks/hipaa/#c-164-312-a-1" },
        { text: "164.312(a)(2)(i)", url: "/frameworks/hipaa/#c-164-312-a-2-i" },
      ],
    },
  ]);
});
