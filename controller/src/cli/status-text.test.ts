import type {
  AnchorsView,
  WitnessesView,
  ApplianceView,
  Notice,
  ResultView,
  SiteView,
  Snapshot,
} from "@compline/core";
import { expect, test } from "vitest";
import { type Known, printText } from "./status-text.ts";

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
    log: null,
    portal,
    others: [],
    framework: null,
    isOneSite: false,
    all: false,
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

test("of many notices of a kind the first are told, then how many more there are, unless all are asked for", () => {
  const silent = (n: number): Notice => ({
    code: "APPLIANCE_SILENT",
    message: `Box ${n} has been silent.`,
    since,
  });
  const lines = (count: number, all = false): readonly string[] => {
    const stopped = { code: "KILL_SWITCH", message: "Healing is stopped." };
    const notices = [...Array.from({ length: count }, (_, n) => silent(n)), stopped];
    const text = textOf({ all, snapshot: { notices } as unknown as Snapshot });
    return text.split("\n").filter((line) => /Box|notices|stopped/.test(line));
  };
  const told = (n: number): string => `! Box ${n} has been silent. Since ${since}.`;
  expect(lines(1000)).toEqual([
    ...[0, 1, 2].map(told),
    "! 997 more notices of this kind (APPLIANCE_SILENT); --all or -o json lists every one.",
    "! Healing is stopped.",
  ]);
  expect(lines(4)).toEqual([...[0, 1, 2, 3].map(told), "! Healing is stopped."]);
  expect(lines(1000, true)).toHaveLength(1001);
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

test("a reason that many share is said once, and above them", () => {
  const held = { code: "HEALING_OFF", until: null };
  const fails = (count: number) =>
    Array.from({ length: count }, (_, n) => ({
      host: "h",
      check: `c${n}`,
      verdict: "fail",
      reason: null,
      since,
      held,
    }));
  const lines = (count: number): readonly string[] =>
    textOf({}, { results: fails(count) as unknown as ResultView[], hosts: [] })
      .split("\n")
      .filter((line) => /fail |Not healed/.test(line));
  const row = (n: number): string => `fail           c${n} on h, since ${since}`;
  const reason = "Not healed: healing is off at this site, says the appliance";
  expect(lines(3)).toEqual([`  ${reason} (3):`, ...[0, 1, 2].map((n) => `    ${row(n)}`)]);
  expect(lines(2)).toEqual([0, 1].map((n) => `  ${row(n)}. ${reason}`));
});

test("what passes or does not apply is counted, and listed only when everything is asked for", () => {
  const row = (verdict: string) => ({
    host: "h",
    check: `the ${verdict} one`,
    verdict,
    reason: null,
    held: null,
  });
  const results = ["fail", "pass", "not_applicable", "not_applicable"].map(row) as unknown as ResultView[];
  const short = textOf({}, { results, hosts: [] });
  expect(short).toContain("the fail one");
  expect(short).not.toMatch(/the (?:pass|not_applicable) one/);
  expect(short).toContain("not listed: 2 that do not apply (--all lists everything)");
  const whole = textOf({ all: true }, { results, hosts: [] });
  expect(whole.match(/the (?:fail|pass|not_applicable) one/g)).toHaveLength(4);
  expect(whole).not.toContain("not listed");
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

test("what evidence tells of a host that left is said, and that it is not counted", () => {
  const formerHosts = [{ id: "01J0000000000000000000GONE", results: 27, bundle: "b".repeat(64) }];
  expect(textOf({}, { formerHosts })).toContain(
    "! 27 results of host 01J0000000000000000000GONE are not counted: it is no longer declared here (bundle bbbbbbbbbbbb)",
  );
});

test("a framework has its score and all its controls by state, and each control the hosts that fail it", () => {
  const counts = { pass: 0, fail: 1, error: 0, unknown: 0, notApplicable: 0, attested: 1, notAssessed: 1 };
  const controls = [
    { id: "1.1", title: "Say hello", checks: ["greeting", "manners"] },
    { id: "1.2", title: "Train people", checks: [], shown: "attested" },
    { id: "1.3", title: "Lock doors", checks: [], shown: "not-assessed" },
  ];
  const snapshot = { frameworks: [{ id: "courtesy", families: [{ controls }] }] } as unknown as Snapshot;
  const results = [
    { host: "h", check: "greeting", verdict: "fail", reason: null, since: null, held: null },
    { host: "h", check: "manners", verdict: "pass" },
  ];
  const site = {
    frameworkStatus: { courtesy: { score, controls: { ...counts, total: 3 } } },
    hosts: [{ id: "h", name: "desk" }],
    results,
  } as unknown as SiteView;
  const lines = textOf({ snapshot, framework: "courtesy" }, site).split("\n");
  expect(lines).toEqual(
    expect.arrayContaining([
      "  courtesy: 0 of 1 pass, 0 fail, 0 error, 1 unknown (0 not applicable); controls: 0 pass, 1 fail, 0 error, 0 unknown, 0 not applicable, 1 for a person to state, 1 not assessed of 3",
      "    fail           1.1 Say hello: 1 of 2 pass, 1 fail, 0 error, 0 unknown (0 not applicable) on 1 host; desk fails greeting",
      "    attested       1.2 Train people: for a person to state; no check looks at it",
      "    not_assessed   1.3 Lock doors: no check of this product shows anything of it",
    ]),
  );
});

test("a log says how many bundles it has, and how far and since when they are covered", () => {
  const line = (log: Known["log"]): string | undefined =>
    textOf({ log })
      .split("\n")
      .find((one) => one.startsWith("log "));
  const log = { origin: "log.acme.example", size: 7, checkpoint: null, witnesses: null, anchors: null };
  const signed = { size: 5, root: "a".repeat(64), signedAt: "2026-11-23T11:59:57.000Z" };
  expect(line(log)).toBe("log log.acme.example: 7 bundles, no checkpoint signed yet");
  expect(line({ ...log, checkpoint: signed })).toBe(
    "log log.acme.example: 7 bundles; the newest checkpoint, signed 2026-11-23T11:59:57.000Z (3 s ago), covers 5; 2 are not covered yet",
  );
  expect(line({ ...log, checkpoint: { ...signed, size: 7 } })).toMatch(/covers all of them$/);
  expect(line(null)).toBeUndefined();
});

test("a log says who saw how much of it", () => {
  const lines = (witnesses: WitnessesView | null): readonly string[] =>
    textOf({ log: { origin: "log.acme.example", size: 7, checkpoint: null, witnesses, anchors: null } })
      .split("\n")
      .filter((one) => / saw | seen | witnessed /.test(one));
  expect(lines(null)).toEqual(["  seen by nobody elsewhere: partner.yaml declares no witnesses"]);
  const at = "2026-11-23T11:00:00.000Z";
  const seen = [
    { name: "owl.example", size: 5, at },
    { name: "heron.example", size: 0, at: null },
  ];
  expect(lines({ quorum: 1, size: 5, at, seen })).toEqual([
    `  owl.example saw the first 5, ${at}; 2 came after that`,
    "  heron.example saw nothing yet",
    "  witnessed by the 1 that are asked for: the first 5",
  ]);
  expect(lines({ quorum: 0, size: 5, at, seen })).toHaveLength(2);
});

test("a log says whether it is anchored, and what was confirmed by what", () => {
  const line = (anchors: AnchorsView | null): string | undefined =>
    textOf({ log: { origin: "log.acme.example", size: 7, checkpoint: null, witnesses: null, anchors } })
      .split("\n")
      .find((one) => one.includes("anchored"));
  const stampedAt = "2026-11-23T11:00:00.000Z";
  const block = {
    by: "node",
    height: 900_000,
    hash: "0".repeat(64),
    time: "2026-11-23T11:40:00.000Z",
  } as const;
  const newest = { size: 5, stampedAt, block: null };
  const view = { calendars: 3, newest, pendingSince: null };
  expect(line(null)).toBe("  not anchored: partner.yaml declares no calendars");
  expect(line({ ...view, newest: null, pendingSince: stampedAt })).toBe(
    `  nothing is anchored yet; a root waits for a block since ${stampedAt} (60 min ago)`,
  );
  expect(line(view)).toBe(
    `  anchored: the first 5 bundles, stamped ${stampedAt} (60 min ago); no block header was held against it`,
  );
  expect(line({ ...view, newest: { ...newest, block } })).toMatch(
    /; confirmed by your own node: block 900000 of 2026-11-23T11:40:00.000Z$/,
  );
  expect(line({ ...view, newest: { ...newest, block: { ...block, by: "explorer" } } })).toMatch(
    /; matches the header of block 900000 of .* from an explorer, which has the work of its time$/,
  );
});

test("of many sites the ones with most to look at are named, and how many more there are", () => {
  const scoreOf = (fail: number) => ({ ...score, pass: 3 - fail, fail, unknown: 0, total: 3 });
  const sites = Array.from({ length: 31 }, (_, n) => ({
    name: `site-${n}`,
    displayName: `Site ${n}`,
    score: scoreOf(n === 30 ? 2 : n === 29 ? 1 : 0),
    frameworkStatus: {},
    formerHosts: [],
    appliances: [],
    results: [],
    heals: [],
  }));
  const partner = {
    name: "acme",
    score: { ...score, pass: 90, fail: 3, unknown: 0, total: 93 },
    frameworkStatus: {},
  };
  const snapshot = { partner, sites } as unknown as Snapshot;
  const lines = textOf({ snapshot }).split("\n");
  const first = lines.indexOf("31 sites: 90 of 93 pass, 3 fail, 0 error, 0 unknown (0 not applicable)");
  expect(lines.slice(first + 1, first + 4)).toEqual([
    "  Site 30 (site-30): 1 of 3 pass, 2 fail, 0 error, 0 unknown (0 not applicable)",
    "  Site 29 (site-29): 2 of 3 pass, 1 fail, 0 error, 0 unknown (0 not applicable)",
    "  Site 0 (site-0): 3 of 3 pass, 0 fail, 0 error, 0 unknown (0 not applicable)",
  ]);
  expect(lines.slice(first + 21)).toEqual([
    "  11 more sites with no more fails than these, 11 of them pass in everything",
    "  --site NAME tells of one site what fails and why; --all tells that of every one",
  ]);
  expect(textOf({ snapshot, all: true })).toContain("\nSite 30 (site-30): ");
});
