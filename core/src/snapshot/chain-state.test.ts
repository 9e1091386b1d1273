import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type ChainRecorder, createChainRecorder } from "./chain-record.ts";
import { SAVED_CHAIN_FORM, type SavedChain } from "./chain-state.ts";
import { box, bundle, heal, row, type SampleBundle } from "./testdata/bundles.ts";

const verdicts = ["pass", "fail", "error"] as const;
const arbRow = fc
  .tuple(fc.constantFrom("alpha", "beta", "gamma"), fc.constantFrom(...verdicts), fc.constantFrom(null, "on"))
  .map(([check, verdict, value]) => row(check, verdict, value === null ? null : { value }));
const arbSample: fc.Arbitrary<SampleBundle> = fc.record({
  epoch: fc.integer({ min: 0, max: 2 }),
  seq: fc.integer({ min: 0, max: 8 }),
  kind: fc.constantFrom("snapshot", "delta", "delta", "event"),
  event: fc.constantFrom("suspend", "resume"),
  results: fc.uniqueArray(arbRow, { selector: ({ check }) => check, maxLength: 3 }),
  heals: fc.constantFrom([], [heal("beta", "fail", "pass")]),
  minute: fc.integer({ min: 0, max: 5000 }),
  fork: fc.boolean(),
});

/** As a store keeps it. */
function again(recorder: ChainRecorder): ChainRecorder {
  return createChainRecorder(box, JSON.parse(JSON.stringify(recorder.save())) as SavedChain);
}

test("a recorder that begins from where another was saved goes on as that one does", () => {
  fc.assert(
    fc.property(fc.array(arbSample, { maxLength: 12 }), fc.nat(12), (samples, cut) => {
      const whole = createChainRecorder(box);
      let other = createChainRecorder(box);
      samples.forEach((sample, n) => {
        if (n === cut) other = again(other);
        expect(other.add(bundle(sample))).toBe(whole.add(bundle(sample)));
      });
      expect(again(other).record()).toEqual(whole.record());
      expect(other.save()).toEqual(whole.save());
    }),
  );
});

test("what was saved does not change when its recorder goes on", () => {
  const recorder = createChainRecorder(box);
  recorder.add(bundle({ seq: 0, kind: "snapshot", results: [row("alpha", "pass")] }));
  const saved = recorder.save();
  const before = JSON.stringify(saved);
  recorder.add(bundle({ seq: 1, minute: 3000, results: [row("alpha", "fail")] }));
  expect(JSON.stringify(saved)).toBe(before);
});

test("what recorders keep has another form whenever it changes", () => {
  const recorder = createChainRecorder(box);
  const samples: readonly SampleBundle[] = [
    { seq: 0, kind: "snapshot", results: [row("alpha", "pass"), row("beta", "fail", { value: "on" })] },
    { seq: 1, minute: 1500, results: [row("beta", "pass")], heals: [heal("beta", "fail", "pass")] },
    { seq: 2, minute: 1501, kind: "event", event: "suspend" },
    { seq: 4, minute: 1502 },
    { seq: 4, minute: 1503, fork: true },
  ];
  for (const sample of samples) recorder.add(bundle(sample));
  const digest = createHash("sha256").update(JSON.stringify(recorder.save())).digest("hex").slice(0, 16);
  // Not what is written here? Then raise the form, so that nothing saved before is gone on with, and write the new digest.
  expect({ form: SAVED_CHAIN_FORM, digest }).toEqual({ form: 1, digest: "ee6db652ccddf1fb" });
});
