import { describe, expect, it } from "vitest";
import { type ChainRecord, createChainRecorder } from "./chain-record.ts";
import { at, box, bundle, desk, heal, row, type SampleBundle } from "./testdata/bundles.ts";

function recordOf(...samples: readonly SampleBundle[]): ChainRecord {
  const recorder = createChainRecorder(box);
  for (const sample of samples) expect(recorder.add(bundle(sample))).toBe("taken");
  return recorder.record();
}

function verdicts(record: ChainRecord): Record<string, string> {
  const rows = [...record.rows.values()].flatMap((ofHost) => [...ofHost]);
  return Object.fromEntries(rows.map(([check, { verdict }]) => [check, verdict]));
}

const snapshot: SampleBundle = {
  seq: 0,
  kind: "snapshot",
  results: [row("alpha", "pass"), row("beta", "fail")],
};

describe("a chain", () => {
  it("says nothing before its first bundle", () => {
    const record = recordOf();
    expect(record).toMatchObject({
      doubt: null,
      confirmedAt: null,
      head: null,
      completeness: null,
      bundles: [],
    });
  });

  it("has the rows of its snapshot, changed by its deltas, each with the bundle that says so", () => {
    const record = recordOf(snapshot, { seq: 1, results: [row("beta", "pass")] });
    expect(verdicts(record)).toEqual({ alpha: "pass", beta: "pass" });
    expect(record.rows.get(desk)?.get("alpha")?.bundle).toBe("digest 0-0");
    expect(record.rows.get(desk)?.get("beta")?.bundle).toBe("digest 0-1");
    expect(record.confirmedAt).toBe(at(1));
  });

  it("forgets pairs that a new snapshot no longer has", () => {
    const record = recordOf(snapshot, { seq: 1, kind: "snapshot", results: [row("alpha", "fail")] });
    expect(verdicts(record)).toEqual({ alpha: "fail" });
  });

  it("adds up the parts of a snapshot", () => {
    const record = recordOf(
      { ...snapshot, seq: 0, parts: { part: 1, of: 2 } },
      { seq: 1, kind: "snapshot", results: [row("gamma", "pass")], parts: { part: 2, of: 2 } },
    );
    expect(Object.keys(verdicts(record))).toEqual(["alpha", "beta", "gamma"]);
  });

  it("is not confirmed by an event", () => {
    const record = recordOf(snapshot, { seq: 1, kind: "event", minute: 30 });
    expect(record.confirmedAt).toBe(at(0));
    expect(record.completeness).toMatchObject({ count: 2, gaps: 0 });
  });

  it("is suspended from the first such event to the one that resumes it, across a gap and a fork", () => {
    const suspend = { seq: 1, kind: "event" } as const;
    const again = { seq: 2, kind: "event" } as const;
    const gap = { seq: 70, results: [] };
    const fork = { ...gap, fork: true };
    const many = Array.from({ length: 60 }, (_, index) => ({ seq: 3 + index }));
    const record = recordOf(snapshot, suspend, again, ...many, gap, fork);
    expect(record.suspended).toEqual({ since: at(1), bundle: "digest 0-1" });
    expect(record.bundles.map(({ digest }) => digest)).toContain("digest 0-1");
    const resumed = recordOf(snapshot, suspend, { seq: 2, kind: "event", event: "resume" });
    expect(resumed.suspended).toBe(null);
    expect(recordOf(snapshot, suspend, { epoch: 1, seq: 0, kind: "snapshot" }).suspended).toBe(null);
  });

  it("counts a window that ends in the future no further than it was received", () => {
    expect(recordOf({ ...snapshot, minute: 50, received: 3 }).confirmedAt).toBe(at(3));
  });

  it("says nothing after a gap until the next snapshot", () => {
    const gap: SampleBundle[] = [snapshot, { seq: 3, results: [row("alpha", "pass")] }];
    expect(recordOf(...gap)).toMatchObject({ doubt: "GAP", completeness: { count: 2, gaps: 2 } });
    expect(verdicts(recordOf(...gap))).toEqual({});
    const healed = recordOf(...gap, { seq: 4, kind: "snapshot", results: [row("alpha", "pass")] });
    expect(healed.doubt).toBeNull();
    expect(verdicts(healed)).toEqual({ alpha: "pass" });
  });

  it("counts what the appliance says it dropped, which is missing all the same", () => {
    const runs = [
      { epoch: 0, from: 1, to: 2, last: "a".repeat(64) },
      { epoch: 0, from: 4, to: 4, last: "b".repeat(64) },
    ];
    const record = recordOf(snapshot, {
      seq: 5,
      kind: "event",
      event: { type: "loss", runs, attachments: [] },
    });
    expect(record).toMatchObject({ doubt: "GAP", completeness: { gaps: 4, dropped: 3 } });
  });

  it("knows the newest override, and keeps its bundle", () => {
    const event = { type: "override", reason: "PAUSES_LIFTED" } as const;
    const many = Array.from({ length: 120 }, (_, index) => ({ seq: 2 + index }));
    const record = recordOf(snapshot, { seq: 1, kind: "event", event }, ...many);
    expect(record.overridden).toEqual({ since: at(1), bundle: "digest 0-1" });
    expect(record.bundles.map(({ digest }) => digest)).toContain("digest 0-1");
  });

  it("says nothing when its beginning was not received, until a snapshot", () => {
    const record = recordOf({ seq: 5, results: [row("alpha", "pass")] });
    expect(record).toMatchObject({ doubt: "GAP", completeness: { from: { epoch: 0, seq: 5 } } });
    expect(verdicts(record)).toEqual({});
  });

  it("asks to be read again when a gap behind its head is filled", () => {
    const recorder = createChainRecorder(box);
    recorder.add(bundle(snapshot));
    recorder.add(bundle({ seq: 2 }));
    expect(recorder.add(bundle({ seq: 1 }))).toBe("rebuild");
    expect(recorder.record().completeness).toMatchObject({ count: 2, gaps: 1 });
  });

  it("counts neither branch of a fork until an epoch resolves it", () => {
    const forked: SampleBundle[] = [snapshot, { seq: 1 }, { seq: 1, fork: true }];
    expect(recordOf(...forked)).toMatchObject({ doubt: "FORK", completeness: { count: 2, forks: 1 } });
    const on = recordOf(...forked, { seq: 2, kind: "snapshot", results: [row("alpha", "pass")] });
    expect(on.doubt).toBe("FORK");
    expect(verdicts(on)).toEqual({});
    const resolved = recordOf(...forked, { ...snapshot, epoch: 1 });
    expect(resolved.doubt).toBeNull();
    expect(verdicts(resolved)).toEqual({ alpha: "pass", beta: "fail" });
  });

  it("is contested from its first fork on, in that epoch only", () => {
    const record = recordOf(
      ...[0, 1, 2, 3].map((seq): SampleBundle => ({ ...snapshot, seq })),
      { seq: 2, fork: true },
      { seq: 1, fork: true },
      { ...snapshot, seq: 4 },
      { ...snapshot, epoch: 1 },
      { ...snapshot, epoch: 1, seq: 1 },
    );
    const contested = record.bundles.filter(({ contested }) => contested).map(({ digest }) => digest);
    expect(contested.toSorted()).toEqual(
      ["0-1", "0-1-fork", "0-2", "0-2-fork", "0-3", "0-4"].map((name) => `digest ${name}`),
    );
  });

  it("says which bundles were received over 26 hours after their time", () => {
    const hours = (n: number): number => 60 * n;
    const record = recordOf(
      { ...snapshot, received: hours(26) },
      { seq: 1, received: hours(26) + 2 },
      { seq: 2, kind: "event", received: hours(30) },
    );
    expect(record.bundles.map(({ late }) => late)).toEqual([true, true, false]);
    expect(record.completeness).toMatchObject({ count: 3, late: 2 });
  });

  it("is not brought into doubt again by a late fork of an epoch that is over", () => {
    const record = recordOf(snapshot, { ...snapshot, epoch: 1 }, { seq: 0, fork: true });
    expect(record).toMatchObject({ doubt: null, completeness: { epoch: 1, forks: 1, gaps: 0 } });
  });

  it("counts what is missing at the start of a later epoch", () => {
    const record = recordOf(snapshot, { epoch: 1, seq: 2, kind: "snapshot" });
    expect(record.completeness).toEqual({
      epoch: 1,
      from: { epoch: 0, seq: 0 },
      to: { epoch: 1, seq: 2 },
      count: 2,
      gaps: 2,
      dropped: 0,
      forks: 0,
      late: 0,
    });
  });
});

describe("a heal", () => {
  const failed: SampleBundle = { seq: 1, results: [row("alpha", "fail", { mode: "0666" })] };
  const healed: SampleBundle = {
    seq: 2,
    results: [row("alpha", "pass", { mode: "0600" })],
    heals: [heal("alpha", "fail", "pass")],
  };

  it("leads from the bundle that showed the fail to the one that records it", () => {
    expect(recordOf(snapshot, failed, healed).heals).toMatchObject([
      {
        bundle: "digest 0-2",
        failBundle: "digest 0-1",
        observedBefore: { mode: "0666" },
        observedAfter: { mode: "0600" },
      },
    ]);
  });

  it("shows of several at once only the first's beginning and the last's end", () => {
    const heals = [heal("alpha", "fail", "fail"), heal("alpha", "fail", "pass")];
    expect(recordOf(snapshot, failed, { ...healed, heals }).heals).toMatchObject([
      { after: "pass", observedBefore: null, observedAfter: { mode: "0600" } },
      { after: "fail", observedBefore: { mode: "0666" }, observedAfter: null },
    ]);
  });

  it("without a re-check has nothing observed after it", () => {
    const heals = [heal("alpha", "fail", null)];
    expect(recordOf(snapshot, failed, { seq: 2, heals }).heals).toMatchObject([{ observedAfter: null }]);
  });

  it("in a chain in doubt is not shown", () => {
    expect(recordOf(snapshot, { ...healed, seq: 4 }).heals).toEqual([]);
  });
});

describe("the bundles that are kept", () => {
  it("are the newest 50 and those that a verdict or a heal refers to, newest first", () => {
    const later = Array.from({ length: 400 }, (_, n): SampleBundle => ({ seq: n + 3 }));
    const record = recordOf(
      snapshot,
      { seq: 1, results: [row("beta", "fail")] },
      { seq: 2, results: [row("beta", "pass")], heals: [heal("beta", "fail", "pass")] },
      ...later,
    );
    const seqs = record.bundles.map(({ chain }) => chain.seq);
    expect(seqs).toEqual([...Array.from({ length: 50 }, (_, n) => 402 - n), 2, 1, 0]);
  });
});
