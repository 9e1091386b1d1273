import type { Snapshot, SnapshotHead } from "@compline/core";
import { beforeAll, expect, test } from "vitest";
import { makeFixture } from "../fixture/snapshot.ts";
import { copies } from "./copies.ts";
import { fleetRoutes, siteRoutes } from "./routes.ts";

let snapshot: Snapshot;

beforeAll(async () => {
  snapshot = await makeFixture();
});

function routes(of: Snapshot): readonly string[] {
  const { sites } = of;
  const head: SnapshotHead = { ...of, siteCount: sites.length };
  return [...fleetRoutes(head), ...sites.flatMap((site) => siteRoutes(head, site))];
}

test("every page has one path, and the same snapshot gives the same paths", () => {
  const paths = routes(snapshot);
  expect(new Set(paths).size).toBe(paths.length);
  expect(paths).toEqual(routes(structuredClone(snapshot)));
  expect(paths.every((path) => /^\/([a-z0-9-]+\/)*$/.test(path))).toBe(true);
});

test("there is a page for each site, host, framework of a site, framework in use, check and bundle", () => {
  const paths = routes(snapshot);
  const countOf = (pattern: RegExp): number => paths.filter((path) => pattern.test(path)).length;
  expect(countOf(/^\/sites\/[^/]+\/$/)).toBe(5);
  expect(countOf(/\/hosts\//)).toBe(8);
  expect(countOf(/^\/sites\/[^/]+\/frameworks\/hipaa\/$/)).toBe(5);
  expect(countOf(/^\/sites\/[^/]+\/frameworks\/house-baseline\/$/)).toBe(1);
  expect(countOf(/^\/frameworks\//)).toBe(2);
  expect(countOf(/^\/checks\//)).toBe(8);
  expect(countOf(/^\/bundles\//)).toBe(23);
});

test("an empty fleet still has its fixed pages", () => {
  const empty = { ...snapshot, sites: [], checks: [], frameworks: [] };
  expect(routes(empty)).toEqual(["/", "/partner/", "/drills/", "/verify/", "/how-evidence-works/", "/404/"]);
});

test("what a verifier needs is copied exactly", () => {
  const [site] = snapshot.sites;
  const [bundle] = site?.bundles ?? [];
  const [assignment] = snapshot.assignments;
  if (site === undefined || assignment === undefined) throw new Error("the fixture has both");
  const files = new Map(copies({ site, assignments: [assignment] }).map(({ path, text }) => [path, text]));
  expect(files.get(`/evidence/${bundle?.digest}.dsse.json`)).toBe(bundle?.envelope);
  expect(files.get(`/assignments/${assignment.digest}.json`)).toBe(assignment.text);
  expect(files.get(`/assignments/${assignment.digest}.sig`)).toBe(assignment.signature);
});
