import type { ApplianceView, ResultView, SiteView, Snapshot } from "@compline/core";
import { expect, test } from "vitest";
import { type Known, printText } from "./status.ts";

const asOf = "2026-11-23T12:00:00.000Z";
const since = "2026-11-23T09:00:00.000Z";
const stamp = { revision: "a".repeat(40), position: 3, builtAt: "2026-11-23T08:59:00.000Z" };
const score = { pass: 0, fail: 0, error: 0, unknown: 1, notApplicable: 0, total: 1, value: 0 };

function textOf(change: Partial<Known>, site: Partial<SiteView> = {}): string {
  const one = {
    name: "quay",
    displayName: "Quay",
    score,
    frameworkStatus: {},
    formerHosts: [],
    appliances: [],
    results: [],
    heals: [],
    ...site,
  };
  // The text tells nothing else of a snapshot.
  const snapshot = {
    asOf,
    validUntil: asOf,
    revision: "b".repeat(40),
    position: 5,
    notices: [],
    sites: [one],
  };
  const portal = { shown: stamp, behindSince: null, failed: null };
  return printText({
    running: null,
    edits: 0,
    conditions: [],
    portal,
    others: [],
    framework: null,
    ...change,
    snapshot: { ...snapshot, ...change.snapshot } as unknown as Snapshot,
  });
}

const box = { name: "box", lastSeenAt: since, outbox: 0, healing: null, chain: null, published: null };
const applianceLine = (change: Partial<ApplianceView>): string | undefined =>
  textOf({}, { appliances: [{ ...box, ...change } as ApplianceView] })
    .split("\n")
    .find((line) => line.includes("appliance box"));

test("of several partners, the one that is told of and the others are named", () => {
  const partner = { name: "acme" };
  const line = (others: readonly string[]): string | undefined =>
    textOf({ others, snapshot: { partner } as unknown as Snapshot })
      .split("\n")
      .find((one) => one.includes("--partner"));
  expect(line(["birch", "cedar"])).toBe(
    "! this is partner acme; name another one by --partner: birch, cedar",
  );
  expect(line([])).toBeUndefined();
});

test("an appliance that is silent is said to be, and since when", () => {
  expect(applianceLine({ state: "silent", stateSince: since })).toContain(`silent since ${since}`);
  expect(applianceLine({ state: "never_seen", lastSeenAt: null })).toContain("never heard of, seen never");
  expect(applianceLine({ state: "working" })).toContain("working, seen");
});

test("an appliance that does not take its assignment is said to be, with which and since when", () => {
  const published = { digest: "c".repeat(64), issuedAt: since };
  expect(applianceLine({ state: "behind", stateSince: since, published })).toContain(
    `does not take assignment cccccccccccc, published ${since}`,
  );
});

test("an unknown pair tells why, since when, and when it was last known", () => {
  const stale = {
    host: "h",
    check: "greeting",
    verdict: "unknown",
    reason: "STALE",
    since,
    confirmedAt: asOf,
    held: null,
  };
  const hosts = [{ id: "h", name: "desk" }];
  expect(
    textOf({}, { results: [stale as ResultView], hosts: hosts as unknown as SiteView["hosts"] }),
  ).toContain(`greeting on desk (STALE, last known ${asOf}), since ${since}`);
});

test("a fail tells why it is not healed, and before when, as the appliance says", () => {
  const fail = { host: "h", check: "greeting", verdict: "fail", reason: null, since };
  const lineOf = (held: ResultView["held"]): string =>
    textOf({}, { results: [{ ...fail, held } as ResultView], hosts: [] });
  expect(lineOf({ code: "OUTSIDE_WINDOW", until: asOf })).toContain(
    `Not healed before ${asOf}: outside the maintenance windows, says the appliance`,
  );
  expect(lineOf({ code: "KILL_SWITCH", until: null })).toContain("Not healed: the kill switch is engaged");
  expect(lineOf(null)).not.toContain("Not healed");
});

test("a notice tells since when", () => {
  const notices = [{ code: "TREE_REFUSED", message: "The tree is refused.", since }];
  expect(textOf({ snapshot: { notices } as unknown as Snapshot })).toContain(
    `! The tree is refused. Since ${since}.`,
  );
});

test("a portal older than the state is told with what it shows, since when there is newer, and why", () => {
  const shows = "! The portal shows revision aaaaaaaaaaaa and 3 bundles, as of 2026-11-23T08:59:00.000Z";
  const failed = { ...stamp, builtAt: since };
  expect(textOf({ portal: { shown: stamp, behindSince: since, failed: null } })).toContain(
    `${shows}; there is newer since ${since}.`,
  );
  expect(textOf({ portal: { shown: stamp, behindSince: since, failed } })).toContain(
    `; the build for ${since} failed, and the controller's log says why.`,
  );
  expect(textOf({ portal: { shown: null, behindSince: null, failed: null } })).toContain("was not built yet");
});

test("a portal that is being built anew is no news", () => {
  const behindSince = "2026-11-23T11:59:30.000Z";
  expect(textOf({ portal: { shown: stamp, behindSince, failed: null } })).not.toContain("portal");
  expect(textOf({})).not.toContain("portal");
});
