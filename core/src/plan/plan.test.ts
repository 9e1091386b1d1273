import type { Assignment, SiteWindow } from "@compline/schemas";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type AssignmentStamp, deriveAssignment, enrolledAppliances } from "../assignment/derive.ts";
import { type Sample, sampleGraph, type SampleSite } from "../testdata/sample-tree.ts";
import type { Action } from "./action.ts";
import { describePlan } from "./describe.ts";
import { type DesiredAssignment, plan } from "./plan.ts";

const issuedAt = "2026-11-23T18:00:00.000Z";
const healUntil = "2026-11-30T18:00:00.000Z";

function desiredOf(sample: Sample, stamp: Partial<AssignmentStamp> = {}): DesiredAssignment[] {
  const graph = sampleGraph(sample);
  const full = { generation: 1, revision: "a".repeat(40), issuedAt, healUntil, ...stamp };
  return enrolledAppliances(graph).flatMap((target) => {
    const assignment = deriveAssignment(graph, target, full);
    return assignment === null ? [] : [{ target, assignment }];
  });
}

function assignmentsOf(sample: Sample): Assignment[] {
  return desiredOf(sample).map(({ assignment }) => assignment);
}

/** What is published once every action is done. */
function done(published: readonly Assignment[], actions: readonly Action[]): Assignment[] {
  const after = new Map(published.map((assignment) => [assignment.appliance, assignment]));
  for (const action of actions) {
    if (action.kind === "withdraw") after.delete(action.appliance);
    else after.set(action.assignment.appliance, action.assignment);
  }
  return [...after.values()];
}

const anyName = fc.constantFrom("alpha", "beta", "gamma", "delta");
const anySite: fc.Arbitrary<SampleSite> = fc.record({
  name: fc.constantFrom("clinic", "bakery", "office"),
  hosts: fc.uniqueArray(anyName, { minLength: 1 }),
  healing: fc.record({
    mode: fc.constantFrom("off" as const, "dry-run" as const, "full" as const),
    riskCeiling: fc.constantFrom("low" as const, "high" as const),
  }),
  cadence: fc.constantFrom("5s", "1m"),
  stopped: fc.boolean(),
  enrolled: fc.boolean(),
});
const anySample: fc.Arbitrary<Sample> = fc.record({
  checks: fc.uniqueArray(anyName, { minLength: 1 }),
  sites: fc.uniqueArray(anySite, { selector: (site) => site.name }),
  rationale: fc.constantFrom("one", "two"),
});
const anyNow = fc.constantFrom(null, issuedAt, "2026-11-28T00:00:00.000Z", "2027-01-01T00:00:00.000Z");

describe("the plan", () => {
  it("leaves nothing to plan once it is done", () => {
    fc.assert(
      fc.property(anySample, anySample, anyNow, (before, after, now) => {
        const published = assignmentsOf(before);
        // What is made at `now` has its whole time to heal ahead of it.
        const desired = desiredOf(after, {
          generation: 2,
          ...(now === null ? {} : { issuedAt: now, healUntil: "2027-02-01T00:00:00.000Z" }),
        });
        const actions = plan(desired, published, now);
        expect(plan(desired, done(published, actions), now)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it("leads to exactly the desired work, whatever was there before", () => {
    fc.assert(
      fc.property(anySample, anySample, (before, after) => {
        const actions = plan(desiredOf(after), assignmentsOf(before), null);
        const reached = done(assignmentsOf(before), actions).map(({ appliance, checks }) => ({
          appliance,
          checks,
        }));
        const wanted = assignmentsOf(after).map(({ appliance, checks }) => ({ appliance, checks }));
        expect(new Set(reached)).toEqual(new Set(wanted));
      }),
      { numRuns: 60 },
    );
  });

  it("is the same whatever the order of what it is given", () => {
    fc.assert(
      fc.property(anySample, anySample, (before, after) => {
        const [desired, published] = [desiredOf(after), assignmentsOf(before)];
        const actions = plan(desired, published, null);
        expect(plan(desired.toReversed(), published.toReversed(), null)).toEqual(actions);
      }),
      { numRuns: 30 },
    );
  });

  const sites: SampleSite[] = [{ name: "clinic", hosts: ["desk"], cadence: "5s" }];
  const before: Sample = { checks: ["alpha", "beta"], sites };

  it("does nothing for the same work at another revision", () => {
    const desired = desiredOf(before, { revision: "b".repeat(40), generation: 9, issuedAt: healUntil });
    expect(plan(desired, assignmentsOf(before), null)).toEqual([]);
  });

  it("renews when half of the time to heal is over, and not before", () => {
    const kinds = (now: string): string[] =>
      plan(desiredOf(before), assignmentsOf(before), now).map((action) => action.kind);
    expect(kinds("2026-11-27T05:59:59.999Z")).toEqual([]);
    expect(kinds("2026-11-27T06:00:00.000Z")).toEqual(["renew"]);
  });

  it("says in words what is added, changed and removed, and how healing changes", () => {
    const after: Sample = {
      checks: ["beta", "gamma"],
      rationale: "another",
      sites: [
        {
          name: "clinic",
          hosts: ["desk", "till"],
          cadence: "10s",
          healing: { mode: "off", riskCeiling: "medium" },
          stopped: true,
        },
      ],
    };
    const actions = plan(desiredOf(after), assignmentsOf(before), null);
    expect(describePlan(actions)).toEqual([
      "publish lanternfish/clinic box",
      "  hosts: +till",
      "  checks: +gamma ~beta -alpha",
      "  rules: +gamma -alpha",
      "  runbooks: +fix-gamma -fix-alpha",
      "  healing: mode full -> off",
      "  healing: kill switch released -> engaged",
      "  interval: beta 5 s -> 10 s",
      "  hosts x checks: 2 -> 4",
      "  touches: desk till",
      "1 to publish, 0 to renew, 0 to withdraw",
    ]);
  });

  it("says in words how maintenance windows change", () => {
    const windows: SiteWindow[] = [{ days: ["mon", "tue"], start: "22:00", end: "04:00" }];
    const healing = { mode: "full", riskCeiling: "medium", windows } as const;
    const after: Sample = { ...before, sites: [{ name: "clinic", hosts: ["desk"], cadence: "5s", healing }] };
    expect(describePlan(plan(desiredOf(after), assignmentsOf(before), null))).toContain(
      "  healing: maintenance windows any time -> mon tue 22:00-04:00 Europe/Lisbon",
    );
    const later = { issuedAt: "2026-11-25T00:00:00.000Z", healUntil: "2026-12-02T00:00:00.000Z" };
    expect(plan(desiredOf(after, later), assignmentsOf(after), null)).toEqual([]);
    expect(describePlan(plan(desiredOf(after), [], null))).toContain(
      "  healing: maintenance windows mon tue 22:00-04:00 Europe/Lisbon",
    );
  });

  const touchedBy = (after: Sample): readonly string[] | undefined => {
    const [action] = plan(desiredOf(after), assignmentsOf(before), null);
    return action?.kind === "publish" ? action.change.touched : undefined;
  };
  const clinic = (more: Partial<SampleSite>): Sample => ({ ...before, sites: [{ ...two, ...more }] });
  const two: SampleSite = { name: "clinic", hosts: ["desk", "till"], cadence: "5s" };

  it("names the hosts for which something is another than before, and no others", () => {
    expect(touchedBy(clinic({}))).toEqual(["till"]);
    expect(touchedBy(clinic({ hosts: ["till"] }))).toEqual(["desk", "till"]);
    expect(touchedBy(clinic({ cadence: "10s" }))).toEqual(["desk", "till"]);
    expect(touchedBy(clinic({ hosts: ["desk"], stopped: true }))).toEqual(["desk"]);
    expect(touchedBy({ ...before, rationale: "another" })).toEqual(["desk"]);
    expect(touchedBy({ ...before, checks: ["alpha"] })).toEqual(["desk"]);
  });

  it("does not take maintenance windows that only moved with time for a change of every host", () => {
    const windows: SiteWindow[] = [{ days: ["mon", "tue"], start: "22:00", end: "04:00" }];
    const healing = { mode: "full", riskCeiling: "medium", windows } as const;
    const nightly = (hosts: readonly string[]): Sample => clinic({ hosts, healing });
    const later = { issuedAt: "2026-11-25T00:00:00.000Z", healUntil: "2026-12-02T00:00:00.000Z" };
    const [action] = plan(
      desiredOf(nightly(["desk", "till"]), later),
      assignmentsOf(nightly(["desk"])),
      null,
    );
    expect(action).toMatchObject({ change: { touched: ["till"] } });
  });

  it("says in words what is new, renewed, withdrawn, or nothing", () => {
    expect(describePlan(plan(desiredOf(before), [], null))).toEqual([
      "publish lanternfish/clinic box",
      "  hosts: +desk",
      "  checks: +alpha +beta",
      "  rules: +alpha +beta",
      "  runbooks: +fix-alpha +fix-beta",
      "  healing: mode full",
      "  healing: risk ceiling medium",
      "  healing: kill switch released",
      "  hosts x checks: 0 -> 2",
      "  touches: desk",
      "1 to publish, 0 to renew, 0 to withdraw",
    ]);
    expect(describePlan(plan(desiredOf(before), assignmentsOf(before), healUntil))).toEqual([
      "renew lanternfish/clinic box",
      `  healing until ${healUntil}`,
      "0 to publish, 1 to renew, 0 to withdraw",
    ]);
    const [gone] = assignmentsOf(before);
    expect(describePlan(plan([], assignmentsOf(before), null))).toEqual([
      `withdraw appliance ${gone?.appliance} at site ${gone?.site}`,
      "  no longer looked at: desk",
      "0 to publish, 0 to renew, 1 to withdraw",
    ]);
    expect(describePlan([])).toEqual(["no changes"]);
  });
});
