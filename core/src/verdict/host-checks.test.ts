import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Verdict } from "../evidence/statement.ts";
import { frameworksOfSite, type SiteNode } from "../graph/graph.ts";
import { createChainRecorder, type ChainRecord } from "../snapshot/chain-record.ts";
import { at, box, bundle, desk, row } from "../snapshot/testdata/bundles.ts";
import { sampleGraph, sampleUlid } from "../testdata/sample-tree.ts";
import { controlIndex } from "./control-index.ts";
import { freshnessMs } from "./freshness.ts";
import { type HostCheckVerdict, hostCheckVerdicts } from "./host-checks.ts";
import { WORST_FIRST } from "./score.ts";
import { type SiteStatus, siteStatus } from "./status.ts";

const checks = ["alpha", "beta", "gamma"];
const hosts = ["desk", "till"];
const graph = sampleGraph({ checks, sites: [{ name: "clinic", hosts }] });
const index = controlIndex(graph);
const site = siteNamed("clinic");
const till = sampleUlid("till clinic");
const gone = sampleUlid("gone clinic");

function siteNamed(name: string): SiteNode {
  const found = graph.partners.get("lanternfish")?.sites.get(name);
  if (found === undefined) throw new Error(`unreachable: the sample has the site ${name}`);
  return found;
}

interface Sighting {
  readonly host: string;
  readonly check: string;
  readonly verdict: Verdict;
}

/** What a chain with one snapshot comes to. */
function chainOf(sightings: readonly Sighting[]): ChainRecord {
  const recorder = createChainRecorder(box);
  const results = sightings.map(({ host, check, verdict }) => ({ ...row(check, verdict), host }));
  recorder.add(bundle({ seq: 0, kind: "snapshot", results }));
  return recorder.record();
}

function verdictsOf(sightings: readonly Sighting[], now: string = at(5)): readonly HostCheckVerdict[] {
  const chains = new Map([[box, chainOf(sightings)]]);
  return hostCheckVerdicts({ now, graph, chains, reports: new Map(), checkDigests: new Map() }, site);
}

function statusOf(sightings: readonly Sighting[]): SiteStatus {
  const frameworks = frameworksOfSite(graph, site).map(({ document }) => document.name);
  return siteStatus(index, frameworks, verdictsOf(sightings));
}

const anySightings = fc.uniqueArray(
  fc.record({
    host: fc.constantFrom(desk, till),
    check: fc.constantFrom(...checks),
    verdict: fc.constantFrom(...WORST_FIRST),
  }),
  { selector: ({ host, check }) => `${host} ${check}` },
);

describe("what was observed", () => {
  it("counts the same in whatever order it was signed", () => {
    const anyOrder = anySightings.chain((all) =>
      fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
    );
    fc.assert(
      fc.property(anyOrder, ([one, other]) => {
        expect(statusOf(other)).toEqual(statusOf(one));
      }),
    );
  });

  it("never lowers a score when one pair, whatever it was, passes", () => {
    fc.assert(
      fc.property(anySightings, fc.constantFrom(...checks), (sightings, check) => {
        const others = sightings.filter((one) => one.host !== desk || one.check !== check);
        const before = statusOf(sightings);
        const after = statusOf([...others, { host: desk, check, verdict: "pass" }]);
        expect(after.score.value ?? -1).toBeGreaterThanOrEqual(before.score.value ?? -1);
        expect(after.frameworkStatus["iso"]?.score.value ?? -1).toBeGreaterThanOrEqual(
          before.frameworkStatus["iso"]?.score.value ?? -1,
        );
      }),
    );
  });

  it("of hosts that are not declared changes nothing", () => {
    fc.assert(
      fc.property(anySightings, anySightings, (own, others) => {
        const foreign = others.map((one) => ({ ...one, host: gone }));
        fc.pre(own.length > 0);
        expect(statusOf([...own, ...foreign])).toEqual(statusOf(own));
      }),
    );
  });

  it("is a pass exactly as long as it is fresh, and afterwards unknown since then", () => {
    const all = [desk, till].flatMap((host) =>
      checks.map((check): Sighting => ({ host, check, verdict: "pass" })),
    );
    const anyOffset = fc.oneof(fc.constantFrom(-1, 0, 1), fc.integer({ min: -1_000_000, max: 1_000_000 }));
    const end = Date.parse(at(0)) + freshnessMs(5 * 60_000);
    fc.assert(
      fc.property(anyOffset, (offset) => {
        const now = new Date(end + offset).toISOString();
        const stale = {
          verdict: "unknown",
          reason: "STALE",
          since: new Date(end).toISOString(),
          validUntil: null,
        };
        const fresh = { verdict: "pass", reason: null, validUntil: new Date(end).toISOString() };
        for (const verdict of verdictsOf(all, now)) expect(verdict).toMatchObject(offset < 0 ? fresh : stale);
      }),
    );
  });

  it("is all that is known: every declared pair has a verdict, and what was not seen is unknown", () => {
    fc.assert(
      fc.property(anySightings, (sightings) => {
        const verdicts = verdictsOf(sightings);
        expect(verdicts.map(({ host, check }) => `${host} ${check}`).toSorted()).toEqual(
          [desk, till].flatMap((host) => checks.map((check) => `${host} ${check}`)).toSorted(),
        );
        for (const { host, check, verdict } of verdicts) {
          const sighting = sightings.find((one) => one.host === host && one.check === check);
          expect(verdict).toBe(sighting?.verdict ?? "unknown");
        }
      }),
    );
  });
});
