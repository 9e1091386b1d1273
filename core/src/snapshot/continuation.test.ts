import { describe, expect, it } from "vitest";
import { createChainRecorder } from "./chain-record.ts";
import { continuationOf } from "./continuation.ts";
import { at, box, bundle, desk, row, type SampleBundle } from "./testdata/bundles.ts";

/** What a chain that begins with a snapshot of three pairs at minute 0 says at minute 30. */
function atHalfPast(...after: readonly SampleBundle[]): string | null {
  const recorder = createChainRecorder(box);
  const results = ["alpha", "beta", "gamma"].map((check) => row(check, "pass"));
  recorder.add(bundle({ seq: 0, kind: "snapshot", results }));
  const continued = continuationOf(recorder.record(), after.map(bundle), at(30));
  return continued === null ? null : [...continued.except].map((key) => key.replace(`${desk} `, "")).join();
}

const late = { seq: 1, minute: 50 } as const;
const since = (check: string, minute: number) => ({ ...row(check, "fail"), since: at(minute) });

describe("the next observation of a chain", () => {
  it("confirms what it does not name, and what it names until its since", () => {
    expect(atHalfPast(late)).toBe("");
    expect(atHalfPast({ ...late, results: [since("beta", 31)] })).toBe("");
    expect(atHalfPast({ ...late, results: [since("beta", 30)] })).toBe("beta");
  });

  it("confirms a verdict that it names for another reason than a change", () => {
    expect(atHalfPast({ ...late, results: [row("beta", "pass", { found: 2 })] })).toBe("");
  });

  it("confirms nothing of a pair that was not looked at", () => {
    const stale = { ...row("beta", "unknown"), since: at(20) };
    expect(atHalfPast({ ...late, results: [stale, { ...row("gamma", "unknown"), since: null }] })).toBe(
      "beta,gamma",
    );
  });

  it("confirms nothing of a pair that a new snapshot no longer has", () => {
    expect(atHalfPast({ ...late, kind: "snapshot", results: [row("alpha", "pass")] })).toBe("beta,gamma");
  });

  it("is looked for behind events, and not behind a gap, a fork or an epoch", () => {
    const event = { seq: 1, kind: "event", minute: 40 } as const;
    expect(atHalfPast(event, { seq: 2, minute: 50 })).toBe("");
    expect(atHalfPast(event)).toBeNull();
    expect(atHalfPast({ seq: 2, minute: 50 })).toBeNull();
    expect(atHalfPast(late, { ...late, fork: true })).toBeNull();
    expect(atHalfPast({ epoch: 1, seq: 0, kind: "snapshot", minute: 50 })).toBeNull();
    expect(atHalfPast({ ...late, parts: { part: 1, of: 2 } })).toBeNull();
    expect(atHalfPast()).toBeNull();
  });

  it("ends no doubt", () => {
    const recorder = createChainRecorder(box);
    recorder.add(bundle({ seq: 3 }));
    expect(continuationOf(recorder.record(), [bundle({ seq: 4, minute: 50 })], at(30))).toBeNull();
  });
});
