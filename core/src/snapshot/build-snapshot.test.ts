import { describe, expect, it } from "vitest";
import { type Sample, sampleGraph, sampleUlid } from "../testdata/sample-tree.ts";
import { buildSnapshot, buildStatus } from "./build-snapshot.ts";
import { looksAt } from "./catalogue.ts";
import { type ChainRecord, createChainRecorder } from "./chain-record.ts";
import { type FleetFigures, fleetFigures } from "./fleet.ts";
import { type Evidence, neededAssignments, type ReceivedReport, type SnapshotInput } from "./input.ts";
import type { AssignmentFile, SiteView, Snapshot } from "./snapshot.ts";
import { sha256Hex } from "../evidence/digest.ts";
import { encodeTranscript, readTranscript, transcriptAttachment } from "../evidence/transcript.ts";
import { at, box, bundle, bytesOf, desk, heal, row, type SampleBundle } from "./testdata/bundles.ts";

const sample: Sample = { checks: ["alpha", "beta"], sites: [{ name: "clinic", hosts: ["desk"] }] };
const first: SampleBundle = {
  seq: 0,
  kind: "snapshot",
  results: [row("alpha", "pass", { found: true }), row("beta", "fail", { found: false })],
};

const factsInForce = { revision: "a".repeat(40), generation: 1, healUntil: at(60) };

/** What the appliance works by. */
const inForce: AssignmentFile = {
  digest: "f".repeat(64),
  text: JSON.stringify(factsInForce),
  signature: "",
};

/** Of the checks as the sample declares them. */
function digestsOf(one: Sample): Readonly<Record<string, string>> {
  return Object.fromEntries([...sampleGraph(one).checks].map(([name, { digest }]) => [name, digest]));
}

/** A transcript that is here. */
const transcript = encodeTranscript({
  salt: "5a".repeat(32),
  host: desk,
  check: "beta",
  runbook: "fix-beta",
  startedAt: at(1),
  steps: [],
});
const attached = new Map([[sha256Hex(transcript), transcript]]);

/** What bundles say, and their bytes, by their digests: those of all chains below. */
const evidence = new Map<string, Evidence>();

function chainOf(...samples: readonly SampleBundle[]): ReadonlyMap<string, ChainRecord> {
  const recorder = createChainRecorder(box);
  for (const one of samples.map(bundle)) {
    recorder.add(one);
    evidence.set(one.digest, { predicate: one.predicate, bytes: bytesOf(one), attached });
  }
  return new Map([[box, recorder.record()]]);
}

function reportOf(
  minute: number,
  change: Partial<ReceivedReport["report"]> = {},
): ReadonlyMap<string, ReceivedReport> {
  const report: ReceivedReport["report"] = {
    schemaVersion: "1",
    asOf: at(minute),
    startedAt: at(0),
    head: { epoch: 0, seq: 0, digest: "digest 0-0" },
    outbox: 0,
    assignment: inForce.digest,
    healing: { mode: "full", reasons: [] },
    ceiling: { mode: "full", risk: "medium", argv: false, hosts: "all" },
    suspension: null,
    override: null,
    held: [],
    faults: [],
    software: { name: "agent", version: "1" },
    nextRunAt: at(minute + 5),
    checkpoint: null,
    ...change,
  };
  return new Map([[box, { report, receivedAt: at(minute) }]]);
}

function inputOf(change: Partial<SnapshotInput> = {}): SnapshotInput {
  return {
    now: at(5),
    graph: sampleGraph(sample),
    partner: "lanternfish",
    revision: "a".repeat(40),
    position: 1,
    notices: [],
    chains: chainOf(first),
    reports: new Map(),
    published: new Map(),
    assignmentFacts: new Map([[inForce.digest, factsInForce]]),
    evidence,
    assignments: new Map([[inForce.digest, inForce]]),
    checkDigests: new Map([[inForce.digest, digestsOf(sample)]]),
    trust: "{}",
    log: null,
    keys: [],
    lab: null,
    ...change,
  };
}

function snapshotOf(change?: Partial<SnapshotInput>): Snapshot {
  return buildSnapshot(inputOf(change));
}

function siteOf(change: Partial<SnapshotInput> = {}): SiteView {
  const [site] = snapshotOf(change).sites;
  if (site === undefined) throw new Error("the sample has a site");
  return site;
}

function resultsOf(change: Partial<SnapshotInput>): readonly unknown[] {
  return siteOf(change).results.map(({ check, verdict, reason, bundle: digest }) => [
    check,
    verdict,
    reason,
    digest,
  ]);
}

describe("the verdicts of a snapshot", () => {
  it("are those of the chain, each with the bundle that says so", () => {
    expect(resultsOf({})).toEqual([
      ["alpha", "pass", null, "digest 0-0"],
      ["beta", "fail", null, "digest 0-0"],
    ]);
  });

  it("are unknown for what was never seen", () => {
    expect(resultsOf({ chains: new Map() })).toEqual([
      ["alpha", "unknown", "NEVER_SEEN", null],
      ["beta", "unknown", "NEVER_SEEN", null],
    ]);
    const more = sampleGraph({ ...sample, checks: ["alpha", "beta", "gamma"] });
    expect(resultsOf({ graph: more })).toContainEqual(["gamma", "unknown", "NEVER_SEEN", null]);
  });

  it("are unknown when the check is another now, until the appliance has looked by it", () => {
    const graph = sampleGraph({ ...sample, rationale: "another" });
    const [alpha, beta] = siteOf({ graph }).results;
    expect(alpha).toMatchObject({
      verdict: "unknown",
      reason: "OLDER_CHECK",
      observed: null,
      confirmedAt: at(0),
      validUntil: null,
      bundle: "digest 0-0",
    });
    expect(beta).toMatchObject({ verdict: "unknown", reason: "OLDER_CHECK" });
    const checkDigests = new Map([[inForce.digest, digestsOf({ ...sample, rationale: "another" })]]);
    expect(siteOf({ graph, checkDigests }).results).toMatchObject([{ verdict: "pass" }, { verdict: "fail" }]);
  });

  it("count and are valid as long, whichever of them a status lists", () => {
    const all = buildStatus(inputOf());
    const few = buildStatus(inputOf(), ({ verdict }) => verdict !== "pass");
    expect(few.sites[0]?.results).toMatchObject([{ check: "beta" }]);
    expect(few).toEqual({
      ...all,
      sites: all.sites.map((site, at) => ({ ...site, results: few.sites[at]?.results })),
    });
    const none = buildStatus(inputOf(), () => false);
    expect(none.validUntil).toBe(all.validUntil);
  });

  it("leave out what is no longer assigned", () => {
    const fewer = sampleGraph({ ...sample, checks: ["alpha"] });
    expect(resultsOf({ graph: fewer })).toEqual([["alpha", "pass", null, "digest 0-0"]]);
  });

  it("are unknown while the chain is in doubt", () => {
    expect(resultsOf({ chains: chainOf(first, { seq: 2 }) })).toContainEqual([
      "alpha",
      "unknown",
      "GAP",
      null,
    ]);
  });

  it("hold for three intervals after they were confirmed, and not a millisecond longer", () => {
    const [fresh] = siteOf({ now: "2026-11-23T18:14:59.999Z" }).results;
    expect(fresh).toMatchObject({ verdict: "pass", confirmedAt: at(0), validUntil: at(15) });
    const [stale] = siteOf({ now: at(15) }).results;
    expect(stale).toMatchObject({
      verdict: "unknown",
      reason: "STALE",
      observed: null,
      since: at(15),
      confirmedAt: at(0),
      validUntil: null,
      bundle: "digest 0-0",
    });
  });

  it("are confirmed by a report that knows of nothing newer", () => {
    const [result] = siteOf({ now: at(20), reports: reportOf(19) }).results;
    expect(result).toMatchObject({ verdict: "pass", confirmedAt: at(19), validUntil: at(34) });
  });

  it.each<[string, Partial<ReceivedReport["report"]>]>([
    ["bundles are still on their way", { outbox: 1 }],
    ["it has signed another bundle", { head: { epoch: 0, seq: 1, digest: "digest 0-1" } }],
    ["it has signed nothing", { head: null }],
  ])("are not confirmed by a report when %s", (_what, change) => {
    expect(siteOf({ now: at(20), reports: reportOf(19, change) }).results[0]?.reason).toBe("STALE");
  });

  it("are not kept fresh by a clock that runs ahead", () => {
    const [result] = siteOf({ now: at(20), reports: reportOf(19, { asOf: at(59) }) }).results;
    expect(result?.confirmedAt).toBe(at(19));
  });

  it("are not made older by an old report", () => {
    const chains = chainOf({ ...first, minute: 10 });
    expect(siteOf({ now: at(12), chains, reports: reportOf(3) }).results[0]?.confirmedAt).toBe(at(10));
  });

  it("keep an unknown of the appliance's own with its reason", () => {
    const chains = chainOf({
      ...first,
      results: [row("alpha", "unknown"), row("beta", "fail", { found: false })],
    });
    const [result] = siteOf({ chains, now: at(40) }).results;
    expect(result).toMatchObject({ verdict: "unknown", reason: "TIMEOUT", validUntil: null });
  });
});

describe("a snapshot", () => {
  it("is valid until the first verdict runs out", () => {
    expect(snapshotOf()).toMatchObject({ asOf: at(5), validUntil: at(15) });
    expect(snapshotOf({ chains: new Map() }).validUntil).toBe(at(15));
    expect(snapshotOf({ now: at(30) }).validUntil).toBe(at(40));
  });

  it("is the same for the same input, byte for byte", () => {
    expect(JSON.stringify(snapshotOf())).toBe(JSON.stringify(snapshotOf()));
  });

  it("is JSON that loses nothing", () => {
    const snapshot = snapshotOf({ reports: reportOf(3) });
    expect(JSON.parse(JSON.stringify(snapshot))).toEqual(snapshot);
  });

  it("scores the site, each framework and each host", () => {
    const site = siteOf();
    const half = { pass: 1, fail: 1, error: 0, unknown: 0, notApplicable: 0, total: 2, value: 0.5 };
    expect(site.score).toEqual(half);
    expect(site.frameworkStatus["iso"]?.score).toEqual(half);
    expect(site.hosts[0]?.score).toEqual(half);
  });

  it("counts the controls of each framework at this site, and at the partner", () => {
    const { sites, partner } = snapshotOf();
    const controls = { pass: 1, fail: 1, error: 0, unknown: 0, notApplicable: 0, attested: 0 };
    expect(sites[0]?.frameworkStatus["iso"]?.controls).toEqual({ ...controls, notAssessed: 1, total: 3 });
    const two = { ...sample, sites: [...sample.sites, { name: "quay", hosts: ["till"] }] };
    const both = snapshotOf({ graph: sampleGraph(two) });
    expect(both.partner.frameworkStatus["iso"]?.controls).toMatchObject({
      pass: 1,
      fail: 1,
      unknown: 2,
      total: 6,
    });
    expect(both.partner.score).toMatchObject({ pass: 1, fail: 1, unknown: 2, total: 4 });
    expect(partner.score).toEqual(sites[0]?.score);
  });
  it("counts nothing of a host that is no longer declared, and says that there is something", () => {
    const gone = sampleUlid("till clinic");
    const rows = ["alpha", "beta"].map((check) => ({ ...row(check, "fail"), host: gone }));
    const chains = chainOf(first, { seq: 1, results: rows });
    const site = siteOf({ chains });
    const { formerHosts, results, score, frameworkStatus } = siteOf();
    expect(formerHosts).toEqual([]);
    expect(site).toMatchObject({
      results: results.map(({ host, check, verdict }) => ({ host, check, verdict })),
    });
    expect([site.score, site.frameworkStatus]).toEqual([score, frameworkStatus]);
    expect(site.formerHosts).toEqual([{ id: gone, results: 2, bundle: "digest 0-1" }]);
    expect(site.bundles.map(({ digest }) => digest)).toContain("digest 0-1");
  });
  it("does not depend on the order in which a bundle has its rows", () => {
    const turned = chainOf({ ...first, results: first.results?.toReversed() ?? [] });
    expect(siteOf({ chains: turned }).frameworkStatus).toEqual(siteOf().frameworkStatus);
    expect(resultsOf({ chains: turned })).toEqual(resultsOf({}));
  });
  it("shows each check with what it serves and how it is healed", () => {
    const [check] = snapshotOf().checks;
    expect(check).toMatchObject({
      name: "alpha",
      looksAt: "file /etc/alpha",
      path: "policies/checks/linux/alpha.yaml",
      controls: [{ framework: "iso", id: "A.0" }],
      rule: { name: "alpha", runbook: "fix-alpha", runbookTitle: "Write alpha", risk: "low" },
    });
  });

  it("has a page for the bundle behind each verdict and heal", () => {
    const chains = chainOf(first, {
      seq: 1,
      results: [row("beta", "pass")],
      heals: [heal("beta", "fail", "pass")],
    });
    const site = siteOf({ chains });
    const shown = new Set(site.bundles.map(({ digest }) => digest));
    for (const { bundle: digest } of site.results) expect(shown).toContain(digest);
    expect(site.heals).toMatchObject([{ bundle: "digest 0-1", failBundle: "digest 0-0" }]);
    expect(shown).toContain("digest 0-1");
    expect(site.bundles[0]).toMatchObject({ digest: "digest 0-1", kind: "delta", envelope: "envelope 0-1" });
  });

  it("has the transcripts that a bundle names, as far as they are here, and no other attachment", () => {
    const named = transcriptAttachment(transcript, Date.parse(at(2)), sha256Hex);
    const erased = { ...named, digest: "0".repeat(64) };
    const attachments = [named, erased, { ...named, class: "other" }];
    const told = {
      seq: 1,
      results: [row("beta", "pass")],
      heals: [heal("beta", "fail", "pass")],
      attachments,
    };
    const [bundle] = siteOf({ chains: chainOf(first, told) }).bundles;
    const { retainUntil } = named;
    expect(bundle?.transcripts).toEqual([
      { digest: named.digest, retainUntil, transcript: readTranscript(transcript) },
      { digest: erased.digest, retainUntil, transcript: null },
    ]);
  });

  it("shows an event with an empty window and no coverage", () => {
    const [event] = siteOf({ chains: chainOf(first, { seq: 1, kind: "event" }) }).bundles;
    expect(event).toMatchObject({
      kind: "event",
      window: { start: at(1), end: at(1) },
      coverage: null,
      results: [],
    });
  });

  it("leaves what an appliance saw at another site to that site", () => {
    const elsewhere = sampleUlid("site bakery");
    const site = siteOf({
      chains: chainOf({ ...first, site: elsewhere, heals: [heal("beta", "fail", "pass")] }),
    });
    expect(site.bundles).toEqual([]);
    expect(site.heals).toEqual([]);
  });

  it("says of an appliance what it reported, and of its assignment what that says", () => {
    const facts = { revision: "b".repeat(40), generation: 9, healUntil: at(50) };
    const file = { digest: "f".repeat(64), text: "{}", signature: "" };
    const input = {
      reports: reportOf(3),
      assignmentFacts: new Map([[file.digest, facts]]),
      assignments: new Map([[file.digest, file]]),
    };
    expect(siteOf(input).appliances).toMatchObject([
      {
        name: "box",
        id: box,
        enrolled: true,
        lastSeenAt: at(3),
        outbox: 0,
        healing: { mode: "full" },
        assignment: file.digest,
        revision: "b".repeat(40),
        generation: 9,
        healUntil: at(50),
        chain: { count: 1, gaps: 0, forks: 0 },
      },
    ]);
    expect(snapshotOf(input).assignments).toEqual([file]);
    expect(siteOf(input).hosts[0]).toMatchObject({ id: desk, nextRunAt: at(8), practice: false });
  });

  it("asks for the assignments that bundles and reports name", () => {
    const reports = reportOf(3, { assignment: "1".repeat(64) });
    expect(neededAssignments({ chains: chainOf(first), reports })).toEqual(["1".repeat(64), "f".repeat(64)]);
  });

  it("says first what stops healing and who is silent", () => {
    const stopped = sampleGraph({ ...sample, sites: [{ name: "clinic", hosts: ["desk"], stopped: true }] });
    const codes = (change: Partial<SnapshotInput>): string[] =>
      snapshotOf(change).notices.map(({ code }) => code);
    expect(codes({})).toEqual([]);
    expect(codes({ graph: stopped })).toEqual(["KILL_SWITCH"]);
    expect(codes({ now: at(10) })).toEqual(["APPLIANCE_SILENT"]);
    expect(codes({ now: at(10), reports: reportOf(9) })).toEqual([]);
    const { sites, notices: silent } = snapshotOf({ now: at(10) });
    expect(silent).toMatchObject([{ since: at(0), site: sites[0]?.id }]);
    expect(snapshotOf({ graph: stopped }).notices).toMatchObject([{ site: sites[0]?.id }]);
    expect(codes({ chains: new Map() })).toEqual(["APPLIANCE_SILENT"]);
    const declared = sampleGraph({
      ...sample,
      sites: [{ name: "clinic", hosts: ["desk"], enrolled: false }],
    });
    expect(codes({ graph: declared })).toEqual(["NOT_ENROLLED"]);
    const notices = [{ code: "UNCOMMITTED_EDITS", message: "2 files" }];
    expect(codes({ notices, graph: stopped })).toEqual(["UNCOMMITTED_EDITS", "KILL_SWITCH"]);
  });

  it.each([
    ["CEL_TIMEOUT", "its expressions take longer than 100 ms there"],
    ["CEL_NOT_BOOLEAN", "an expression of it gives no boolean there"],
  ])("says where the expression stands that is at fault on a host: %s", (reason, says) => {
    const atFault = { ...row("alpha", "error"), reason };
    const chains = chainOf({ ...first, results: [atFault, row("beta", "error")] });
    const { notices } = snapshotOf({ chains });
    const where = "policies/checks/linux/alpha.yaml:1:";
    expect(notices).toEqual([
      { code: "CHECK_AT_FAULT", message: expect.stringMatching(new RegExp(`^${where}\\d+: check alpha`)) },
    ]);
    expect(notices[0]?.message).toContain(`has no verdict on 1 host: ${says}.`);
    const fault = { check: "alpha", reason, pointer: "/spec/assert", offset: 1 };
    const told = snapshotOf({ chains, reports: reportOf(0, { faults: [fault] }) }).notices;
    const columnOf = (all: readonly { message: string }[]): number => Number(all[0]?.message.split(":")[2]);
    // The sample is JSON: a quote, a character, and then that one.
    expect(columnOf(told)).toBe(columnOf(notices) + 2);
    expect(snapshotOf().notices).toEqual([]);
  });
  it("says when the controller's state looks older than what the appliance says", () => {
    const doubts = (change: Partial<SnapshotInput>): unknown => {
      const { sites, notices } = snapshotOf(change);
      expect(notices.map(({ code }) => code)).toEqual(sites[0]?.appliances[0]?.doubts);
      return sites[0]?.appliances[0]?.doubts;
    };
    expect(doubts({ reports: reportOf(4) })).toEqual([]);
    expect(doubts({ reports: reportOf(4), assignmentFacts: new Map() })).toEqual(["ASSIGNMENT_UNKNOWN"]);
    expect(doubts({ reports: reportOf(4, { assignment: null }), assignmentFacts: new Map() })).toEqual([]);
    const head = { epoch: 0, seq: 1, digest: "digest 0-1" };
    expect(doubts({ reports: reportOf(4, { head }) })).toEqual(["EVIDENCE_MISSING"]);
    expect(doubts({ reports: reportOf(4, { head: null }) })).toEqual(["CHAIN_SET_BACK"]);
  });
});

describe("an appliance", () => {
  const taken = "f".repeat(64);
  const waiting = { digest: "1".repeat(64), issuedAt: at(5) };
  const stateOf = (change: Partial<SnapshotInput>): unknown[] => {
    const [appliance] = siteOf(change).appliances;
    return [appliance?.state, appliance?.stateSince];
  };

  it("is working, silent or never seen by when anything came from it", () => {
    expect(stateOf({ now: "2026-11-23T18:09:59.999Z" })).toEqual(["working", null]);
    expect(stateOf({ now: at(10) })).toEqual(["silent", at(0)]);
    expect(stateOf({ now: at(10), chains: new Map(), reports: reportOf(9) })).toEqual(["working", null]);
    expect(stateOf({ chains: new Map() })).toEqual(["never_seen", null]);
  });

  it("is behind when it reports and has not taken what was published ten minutes ago", () => {
    const published = new Map([[box, waiting]]);
    expect(stateOf({ now: at(14), reports: reportOf(14), published })).toEqual(["working", null]);
    expect(stateOf({ now: at(15), reports: reportOf(14), published })).toEqual(["behind", at(5)]);
    expect(stateOf({ now: at(30), reports: reportOf(14), published })).toEqual(["silent", at(14)]);
    const same = new Map([[box, { ...waiting, digest: taken }]]);
    expect(stateOf({ now: at(15), reports: reportOf(14), published: same })).toEqual(["working", null]);
    const { notices } = snapshotOf({ now: at(15), reports: reportOf(14), published });
    expect(notices).toMatchObject([{ code: "ASSIGNMENT_NOT_TAKEN", since: at(5) }]);
  });
});

describe("a suspended appliance", () => {
  const words = { since: at(2), reason: "fuses are changed" };

  it("is one from its report on, and has its event as soon as that came", () => {
    const reported = { reports: reportOf(3, { suspension: words }) };
    expect(siteOf(reported).appliances[0]?.suspension).toEqual({ ...words, bundle: null });
    const chains = chainOf(first, { seq: 1, kind: "event", minute: 4 });
    expect(siteOf({ ...reported, chains }).appliances[0]?.suspension).toEqual({
      since: at(4),
      bundle: "digest 0-1",
      reason: words.reason,
    });
    expect(siteOf({ chains }).appliances[0]?.suspension).toMatchObject({ reason: null });
  });

  it("is told of first, with since when and why", () => {
    const { notices } = snapshotOf({ reports: reportOf(3, { suspension: words }) });
    expect(notices).toMatchObject([{ code: "APPLIANCE_SUSPENDED", since: words.since }]);
    expect(notices[0]?.message).toContain(words.reason);
  });
});

describe("the figures of a fleet", () => {
  const figures = (change: Partial<SnapshotInput> = {}): FleetFigures =>
    fleetFigures({
      now: at(5),
      graph: sampleGraph(sample),
      partner: "lanternfish",
      chains: chainOf(first),
      reports: new Map(),
      published: new Map(),
      assignmentFacts: new Map(),
      checkDigests: new Map([[inForce.digest, digestsOf(sample)]]),
      ...change,
    });

  it("count appliances by state, pairs by verdict and what waits", () => {
    expect(figures({ reports: reportOf(4, { outbox: 3 }) })).toEqual({
      appliances: { working: 1, behind: 0, silent: 0, never_seen: 0, not_enrolled: 0 },
      pairs: { pass: 1, fail: 1, error: 0, not_applicable: 0, unknown: 0 },
      oldestUnknown: null,
      outbox: 3,
    });
  });

  it("tell since when a pair is unknown, and count one never seen from the assignment that asks for it", () => {
    expect(figures({ now: at(20) })).toMatchObject({ pairs: { unknown: 2 }, oldestUnknown: at(15) });
    const published = new Map([[box, { digest: "1".repeat(64), issuedAt: at(2) }]]);
    const never = figures({ chains: new Map(), published });
    expect(never).toMatchObject({
      appliances: { never_seen: 1 },
      pairs: { unknown: 2 },
      oldestUnknown: at(2),
    });
    expect(figures({ chains: new Map() }).oldestUnknown).toBe(null);
  });

  it("of a partner that is not there are none", () => {
    expect(figures({ partner: "nobody" }).pairs).toMatchObject({ pass: 0, unknown: 0 });
  });
});

describe("what a check looks at", () => {
  it.each([
    [
      { collect: { file: { path: "/etc/ssh/sshd_config" } }, parse: "sshd-config" },
      "file /etc/ssh/sshd_config and what it includes; on a real host also the output of /usr/sbin/sshd -T",
    ],
    [{ collect: { files: { globs: ["/etc/a", "/etc/b.d/*"] } }, parse: "lines" }, "files /etc/a, /etc/b.d/*"],
    [
      { collect: { files: { globs: ["/etc/a"] } }, parse: "sysctl-dirs", defaults: { "kernel.x": "1" } },
      "files /etc/a; on a real host also the running kernel's kernel.x",
    ],
    [
      { collect: { program: { name: "clock" } }, parse: "key-value" },
      "output of /usr/bin/timedatectl show --property=NTPSynchronized --property=NTP",
    ],
    [{ collect: { port: { protocols: ["tcp"] } }, parse: "port" }, "files /proc/net/tcp, /proc/net/tcp6"],
    [
      { collect: { sysctl: { keys: ["kernel.randomize_va_space"] } }, parse: "sysctl" },
      "files /proc/sys/kernel/randomize_va_space",
    ],
    [
      { collect: { certificate: { globs: ["/etc/ssl/a/*.pem"] } }, parse: "certificate" },
      "certificates in /etc/ssl/a/*.pem",
    ],
    [
      { collect: { mode: { paths: ["/etc/shadow"] } }, parse: "mode" },
      "type, owner and permissions of /etc/shadow",
    ],
    [{ collect: { argv: { argv: ["/usr/bin/ss", "-l"] } }, parse: "lines" }, "output of /usr/bin/ss -l"],
  ] as const)("is said in words: %j", (check, words) => {
    expect(looksAt(check)).toBe(words);
  });
});

describe("a fail that is not healed", () => {
  const why = { code: "OUTSIDE_WINDOW", until: at(50) };
  const held = ["alpha", "beta"].map((check) => ({ host: desk, check, ...why }));

  it("says why, as long as the appliance that says so is heard of", () => {
    const heldAt = (now: number): readonly unknown[] =>
      siteOf({ now: at(now), reports: reportOf(3, { held }) }).results.map((result) => result.held);
    // What passes needs no healing, whatever a report says.
    expect(heldAt(5)).toEqual([null, why]);
    expect(heldAt(13)).toEqual([null, null]);
    expect(siteOf().results.map((result) => result.held)).toEqual([null, null]);
  });
});
