import { createHash, webcrypto } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { EVIDENCE_TEXTS } from "./codes.ts";
import { sha256Hex } from "./digest.ts";
import { nobleEngine } from "./ed25519-noble.ts";
import { webCryptoEngine } from "./ed25519-webcrypto.ts";
import { envelopePath } from "./kit-files.ts";
import {
  addAuthority,
  alsoRow,
  change,
  changeAssignment,
  copy,
  dropObserved,
  edit,
  fileAt,
  flipPayload,
  flipSignature,
  fork,
  headAt,
  observed,
  predicateAt,
  remove,
  removeAssignment,
  resign,
  set,
  setCoverage,
  setHeal,
  setHealing,
  setPolicy,
  setPrev,
  setRows,
  setSnapshot,
  swap,
  type Tamper,
  trustOther,
} from "./testdata/forgeries.ts";
import { type Forgery, makeKit, type TestKit } from "./testdata/generator.ts";
import { decide, happen, observe, sealPredicate, timeAt } from "./testdata/statements.ts";
import { encodeTrust, type TrustFile } from "./trust.ts";
import { type Verification, verifyBundles, type VerifyInput } from "./verify.ts";

const engine = webCryptoEngine(webcrypto.subtle);
const SEED = 20261123;
const SNAPSHOT = observe("snapshot", 1, [
  ["ca", "fail"],
  ["cb", "pass"],
  ["cc", "error"],
  ["cd", "fail"],
]);

interface Case {
  readonly forgery?: Forgery;
  readonly tamper?: Tamper;
  readonly input?: Partial<VerifyInput>;
  readonly given?: (kit: TestKit) => TrustFile;
}

async function verifyCase({
  forgery,
  tamper,
  input,
  given,
}: Case): Promise<{ kit: TestKit; result: Verification }> {
  const kit = await makeKit(SEED, forgery);
  await tamper?.(kit);
  const trust = given === undefined ? null : encodeTrust(given(kit));
  return { kit, result: await verifyFiles(kit, { trust, ...input }) };
}

function verifyFiles(kit: TestKit, input: Partial<VerifyInput> = {}): Promise<Verification> {
  const files = [...kit.files].map(([path, bytes]) => ({ path, bytes }));
  return verifyBundles({ files, trust: null, engine, mode: "kit", ...input });
}

/** Codes of level fail and incomplete with the place they are found at, as `CODE 0-2`. */
function weighty(kit: TestKit, { failures, unchecked }: Verification): string[] {
  const incomplete = unchecked.filter(({ level }) => level === "incomplete");
  return [...failures, ...incomplete].map(({ code, file }) => `${code} ${shortName(kit, file)}`).toSorted();
}

function shortName(kit: TestKit, file: string | null): string {
  return (file ?? "-")
    .replace(/^(envelopes\/below\/)envelopes.*/, "$1P")
    .replace(/^envelopes\/[0-9A-Z]{26}\/[0-9A-Z]{26}\//, "")
    .replace(".dsse.json", "")
    .replace(/[0-9a-f]{64}/, (digest) => nameOfAssignment(kit, digest));
}

function nameOfAssignment(kit: TestKit, digest: string): string {
  const index = kit.trust.assignments.findIndex((assignment) => assignment.digest === digest);
  return index === -1 ? "?" : `A${index}`;
}

describe("an honest export", () => {
  it("is verified, and says what was checked and what was not", async () => {
    const { kit, result } = await verifyCase({});
    expect(result.outcome).toBe("verified");
    expect(result.failures).toEqual([]);
    expect(result.trust).toEqual({ fingerprint: sha256Hex(encodeTrust(kit.trust)), source: "kit" });
    expect(result.checked).toMatchObject({
      envelopes: 12,
      bundles: 12,
      links: 11,
      states: 8,
      heals: 1,
      assignments: 2,
    });
    expect(result.checked.files).toHaveLength(15);
    expect(result.checked.chains).toEqual([
      {
        chain: kit.ids.appliance,
        from: { epoch: 0, seq: 0 },
        to: { epoch: 1, seq: 1 },
        lastWindowEnd: timeAt(12),
      },
    ]);
    expect(result.unchecked.map(({ code }) => code).toSorted()).toEqual([
      "ANCHORS_NOT_CHECKED",
      "ASSIGNMENT_SIGNATURE_NOT_CHECKED",
      "LOG_NOT_CHECKED",
      "NOTHING_KNOWN_AFTER",
      "SLICE_NOT_DERIVED",
      "TRUST_FROM_KIT",
    ]);
  });

  it("gets the same answer from the fallback engine and another SHA-256", async () => {
    const { kit, result } = await verifyCase({});
    const sha256 = (bytes: Uint8Array) => createHash("sha256").update(bytes).digest("hex");
    expect(await verifyFiles(kit, { engine: nobleEngine(), sha256 })).toEqual(result);
  });

  it("does not depend on the order of the files", async () => {
    const { kit, result } = await verifyCase({});
    const files = [...kit.files].map(([path, bytes]) => ({ path, bytes })).toReversed();
    const again = await verifyFiles(kit, { files });
    expect({ ...again, checked: { ...again.checked, files: [] } }).toEqual({
      ...result,
      checked: { ...result.checked, files: [] },
    });
  });

  it("is the same bytes for the same seed, and verifies for any seed", async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer(), async (seed) => {
        const [kit, again] = await Promise.all([makeKit(seed), makeKit(seed)]);
        expect([...kit.files]).toEqual([...again.files]);
        expect((await verifyFiles(kit)).outcome).toBe("verified");
      }),
      { numRuns: 5 },
    );
  });

  it("tells its progress", async () => {
    const seen: string[] = [];
    await verifyCase({ input: { onProgress: (done, total) => seen.push(`${done} of ${total}`) } });
    expect(seen).toEqual(["12 of 12"]);
  });

  it("is read in batches, however many files there are", async () => {
    const kit = await makeKit(SEED);
    const bytes = fileAt(kit, kit.path("0-0"));
    const files = Array.from({ length: 130 }, (_, index) => ({ path: `${index}.json`, bytes }));
    const seen: string[] = [];
    const onProgress = (done: number, total: number) => seen.push(`${done} of ${total}`);
    const { checked } = await verifyFiles(kit, {
      files,
      mode: "bundles",
      trust: encodeTrust(kit.trust),
      onProgress,
    });
    expect(seen).toEqual(["128 of 130", "130 of 130"]);
    expect(checked).toMatchObject({ envelopes: 130, bundles: 1 });
  });

  it("beside the same trust file leaves nothing to say about it", async () => {
    const { result } = await verifyCase({ given: (kit) => kit.trust });
    expect(result.trust.source).toBe("given");
    expect(result.notes).toEqual([]);
    expect(result.unchecked.map(({ code }) => code)).not.toContain("TRUST_FROM_KIT");
  });

  it("knows nothing is cut off when the trust file knows its head", async () => {
    const { result } = await verifyCase({ given: (kit) => ({ ...kit.trust, heads: [headAt(kit, 1, 1)] }) });
    expect(result.outcome).toBe("verified");
    expect(result.unchecked.map(({ code }) => code)).not.toContain("NOTHING_KNOWN_AFTER");
    expect(result.notes.map(({ code }) => code)).toEqual(["TRUST_DIFFERS"]);
  });

  it("names other files without reading them", async () => {
    const { result } = await verifyCase({
      tamper: (kit) => void kit.files.set("README.txt", new Uint8Array([1])),
    });
    expect(result.outcome).toBe("verified");
    expect(result.notes).toMatchObject([{ code: "OTHER_FILES", message: "README.txt" }]);
  });
});

const NOWHERE = "0".repeat(64);

describe("a forged or damaged export gives exactly these codes", () => {
  // Form: a refused file takes no place, so it leaves a gap.
  it.each<[string, readonly string[], Case]>([
    ["a flipped byte in a payload", ["BAD_SIGNATURE 0-2", "GAP 0-2"], { tamper: flipPayload("0-2") }],
    ["a flipped byte in a signature", ["BAD_SIGNATURE 0-2", "GAP 0-2"], { tamper: flipSignature("0-2") }],
    [
      "a truncated file",
      ["GAP 0-2", "NOT_JSON 0-2"],
      { tamper: change("0-2", (bytes) => bytes.subarray(0, 900)) },
    ],
    [
      "a line end added",
      ["GAP 0-2", "NOT_CANONICAL 0-2"],
      { tamper: change("0-2", (bytes) => new Uint8Array([...bytes, 10])) },
    ],
    [
      "an empty first file",
      ["CHAIN_STARTS_LATE 0-1", "NOT_JSON 0-0"],
      { tamper: change("0-0", () => new Uint8Array()) },
    ],
    [
      "a pass without observation, signed",
      ["GAP 0-2", "PASS_WITHOUT_OBSERVATION 0-2"],
      { tamper: dropObserved("0-2") },
    ],
  ])("form: %s", expectCodes);

  it.each<[string, readonly string[], Case]>([
    [
      "a verdict changed and signed by another key",
      ["GAP 0-2", "UNKNOWN_KEY 0-2"],
      {
        tamper: resign(
          "0-2",
          "stranger",
          setRows((rows) => rows.map((row) => ({ ...row, verdict: "fail" }))),
        ),
      },
    ],
    [
      "a bundle signed by another appliance",
      ["CHAIN_MISSING -", "GAP 0-2", "KEY_MISMATCH 0-2"],
      { forgery: { trust: trustOther }, tamper: resign("0-2", "other") },
    ],
    [
      "the old key in the next epoch",
      ["KEY_AFTER_ROTATE 1-1"],
      { forgery: { signer: { "1-1": "appliance" } } },
    ],
    [
      "the old key after its rotation",
      ["KEY_AFTER_ROTATE 0-10"],
      { forgery: { take: 10, append: [{ place: "0-10", make: observe("delta", 1, []) }] } },
    ],
    [
      "an authority's decision by an appliance",
      ["EVENT_WRONG_SIGNER 0-0"],
      { tamper: addAuthority("appliance") },
    ],
    [
      "an observation by the authority",
      ["EVENT_WRONG_SIGNER 0-2", "GAP 0-2"],
      { tamper: resign("0-2", "authority") },
    ],
    [
      "an authority's decision in another chain",
      ["KEY_MISMATCH 0-0"],
      { tamper: addAuthority("authority", (ids) => ({ ...ids, partner: ids.site })) },
    ],
    [
      "any signature when no authority is known",
      ["UNKNOWN_KEY 0-0"],
      {
        tamper: addAuthority("authority"),
        given: (kit) => ({ ...kit.trust, authority: null }),
        forgery: { trust: (trust) => ({ ...trust, authority: null }) },
      },
    ],
  ])("keys: %s", expectCodes);

  it.each<[string, readonly string[], Case]>([
    ["a missing middle file", ["GAP 0-3"], { tamper: remove("0-3") }],
    ["several missing files", ["GAP 0-1"], { tamper: remove("0-1", "0-2", "0-3") }],
    ["a missing beginning of an epoch", ["GAP 1-0"], { tamper: remove("1-0") }],
    ["a missing first file", ["CHAIN_STARTS_LATE 0-1"], { tamper: remove("0-0") }],
    ["a missing opening event", ["EPOCH_NOT_OPENED 1-0"], { tamper: remove("0-9") }],
    [
      "a missing last file that the trust file knows",
      ["HEAD_MISSING 1-1"],
      { tamper: remove("1-1"), given: (kit) => ({ ...kit.trust, heads: [headAt(kit, 1, 1)] }) },
    ],
    ["a wrong prev", ["BAD_PREV 0-3"], { forgery: edit("0-3", setPrev(NOWHERE)) }],
    ["a prev at the very beginning", ["BAD_PREV 0-0"], { forgery: edit("0-0", setPrev(NOWHERE)) }],
    ["no prev in the middle", ["BAD_PREV 0-3"], { forgery: edit("0-3", setPrev(null)) }],
    [
      "no prev where a late chain starts",
      ["BAD_PREV 0-4", "CHAIN_STARTS_LATE 0-4"],
      { forgery: edit("0-4", setPrev(null)), tamper: remove("0-0", "0-1", "0-2", "0-3") },
    ],
    ["no prev at a new epoch", ["EPOCH_NOT_OPENED 1-0"], { forgery: edit("1-0", setPrev(null)) }],
    ["two files swapped", ["MISPLACED 0-1", "MISPLACED 0-3"], { tamper: swap("0-1", "0-3") }],
    [
      "a copy under another number",
      ["MISPLACED 0-9999"],
      { tamper: copy("0-3", (kit) => kit.path("0-9999")) },
    ],
    [
      "a copy in another chain's folder",
      ["MISPLACED 0-3"],
      { tamper: copy("0-3", (kit) => envelopePath(kit.ids.site, { id: kit.ids.host, epoch: 0, seq: 3 })) },
    ],
    [
      "a copy in another site's folder",
      ["MISPLACED 0-3"],
      {
        tamper: copy("0-3", (kit) => envelopePath(kit.ids.host, { id: kit.ids.appliance, epoch: 0, seq: 3 })),
      },
    ],
    ["a copy under another epoch", ["MISPLACED 9-3"], { tamper: copy("0-3", (kit) => kit.path("9-3")) }],
    [
      "a copy in a folder below",
      ["MISPLACED envelopes/below/P"],
      { tamper: copy("0-3", (kit) => `envelopes/below/${kit.path("0-3")}`) },
    ],
    [
      "a copy under no place",
      ["MISPLACED envelopes/x.json"],
      { tamper: copy("0-3", () => "envelopes/x.json") },
    ],
    ["a fork", ["FORK 0-3"], { tamper: fork("0-3") }],
    ["a fork at the beginning", ["FORK 0-0"], { tamper: fork("0-0") }],
    ["a fork at the end", ["FORK 1-1"], { tamper: fork("1-1") }],
    [
      "a fork under a suffix of another digest",
      ["FORK 0-3", "MISPLACED 0-3.0123456789abcdef"],
      { tamper: fork("0-3", "0123456789abcdef") },
    ],
    [
      "an epoch that skips one",
      ["EPOCH_NOT_OPENED 2-0"],
      {
        forgery: {
          ...edit("0-9", set({ event: { type: "rotate", publicKey: NOWHERE, newEpoch: 2 } })),
          take: 10,
          append: [{ place: "2-0", make: SNAPSHOT }],
        },
      },
    ],
    [
      "an epoch opened for another chain",
      ["EPOCH_NOT_OPENED 1-0"],
      {
        forgery: {
          ...edit("0-9", set({ event: { type: "rotate", publicKey: NOWHERE, newEpoch: 7 } })),
          take: 11,
        },
      },
    ],
    [
      "an epoch without snapshot",
      ["ASSIGNMENT_WITHOUT_SNAPSHOT 1-0"],
      { forgery: { take: 10, append: [{ place: "1-0", make: observe("delta", 1, []) }] } },
    ],
    [
      "a window reversed",
      ["WINDOW_REVERSED 0-3"],
      { forgery: edit("0-3", set({ window: { start: timeAt(4), end: timeAt(3) } })) },
    ],
    [
      "a window into the one before",
      ["WINDOW_OVERLAP 0-3"],
      { forgery: edit("0-3", set({ window: { start: timeAt(2), end: timeAt(4) } })) },
    ],
    [
      "another site",
      ["WRONG_SITE 0-3"],
      { forgery: edit("0-3", set({ site: "01ARZ3NDEKTSV4RRFFQ69G5FAV" })) },
    ],
    [
      "an assignment of another appliance",
      ["WRONG_SITE 0-0", "WRONG_SITE 0-1"],
      { forgery: { take: 2, assignment: (assignment) => ({ ...assignment, appliance: assignment.site }) } },
    ],
    [
      "an assignment of another site",
      ["WRONG_SITE 0-0"],
      { forgery: { take: 1, assignment: (assignment) => ({ ...assignment, site: assignment.appliance }) } },
    ],
    [
      "a revision that went back",
      ["OLD_REVISION 0-8"],
      { forgery: edit("0-8", setPolicy({ revision: "1".repeat(40) })) },
    ],
    [
      "a revision nobody accepted",
      ["UNKNOWN_REVISION 0-8"],
      { forgery: edit("0-8", setPolicy({ revision: "9".repeat(40) })) },
    ],
    [
      "an assignment that went back",
      ["OLD_ASSIGNMENT 0-6", "OLD_ASSIGNMENT 0-7"],
      { forgery: { take: 8, assignment: (assignment, index) => ({ ...assignment, generation: 9 - index }) } },
    ],
    [
      "an assignment nobody listed",
      ["UNKNOWN_ASSIGNMENT 0-0", "UNKNOWN_ASSIGNMENT 0-1"],
      { forgery: { take: 2, trust: (trust) => ({ ...trust, assignments: trust.assignments.slice(1) }) } },
    ],
    [
      "a delta under a new assignment",
      ["ASSIGNMENT_WITHOUT_SNAPSHOT 0-6"],
      {
        forgery: {
          take: 6,
          append: [{ place: "0-6", make: observe("delta", 1, [], { addedPairs: ["cd"] }) }],
        },
      },
    ],
    [
      "a snapshot without its second part",
      ["PARTS_INCOMPLETE 0-7"],
      { forgery: { take: 7, append: [{ place: "0-7", make: observe("delta", 1, []) }] } },
    ],
    [
      "a snapshot cut off by an event",
      ["PARTS_INCOMPLETE 0-7"],
      { forgery: { take: 7, append: [{ place: "0-7", make: happen({ type: "suspend" }, 1) }] } },
    ],
    [
      "a snapshot cut off by a new epoch",
      ["EPOCH_NOT_OPENED 1-0", "PARTS_INCOMPLETE 0-6"],
      { forgery: { take: 7, append: [{ place: "1-0", make: SNAPSHOT }] } },
    ],
    ["a chain that ends in a part", ["PARTS_INCOMPLETE 0-6"], { forgery: { take: 7 } }],
    [
      "a second part without the first",
      ["PARTS_INCOMPLETE 0-3", "WINDOW_OVERLAP 0-3"],
      { forgery: { take: 3, append: [{ place: "0-3", make: observe("snapshot", 0, [], { part: 2 }) }] } },
    ],
    [
      "parts of two windows",
      ["PARTS_INCOMPLETE 0-7"],
      { forgery: { ...edit("0-7", set({ window: { start: timeAt(7), end: timeAt(8) } })), take: 8 } },
    ],
    [
      "parts of which one ends later",
      ["PARTS_INCOMPLETE 0-7", "WINDOW_OVERLAP 0-7"],
      { forgery: { ...edit("0-7", set({ window: { start: timeAt(6), end: timeAt(8) } })), take: 8 } },
    ],
    [
      "parts of two kinds",
      ["PARTS_INCOMPLETE 0-7"],
      { forgery: { ...edit("0-7", set({ kind: "delta" })), take: 8 } },
    ],
    [
      "a first part in the window of other parts",
      ["PARTS_INCOMPLETE 0-8", "WINDOW_OVERLAP 0-8"],
      {
        forgery: {
          ...edit("0-8", set({ window: { start: timeAt(6), end: timeAt(7) } })),
          take: 8,
          append: [{ place: "0-8", make: observe("snapshot", 1, [], { part: 1 }) }],
        },
      },
    ],
    [
      "a chain that begins with a delta",
      ["ASSIGNMENT_WITHOUT_SNAPSHOT 0-0"],
      {
        forgery: {
          take: 0,
          append: [
            { place: "0-0", make: observe("delta", 0, [["ca", "pass"]], { addedPairs: ["cb", "cc"] }) },
          ],
        },
      },
    ],
    [
      "a fork, without judging what its branches hold",
      ["FORK 0-3"],
      { forgery: edit("0-3", setCoverage({ expected: 2 })), tamper: fork("0-3") },
    ],
    [
      "parts of two assignments",
      ["MISSING_FILE assignments/?.json", "PARTS_INCOMPLETE 0-7", "UNKNOWN_ASSIGNMENT 0-7"],
      { forgery: { ...edit("0-7", setPolicy({ assignment: NOWHERE })), take: 8 } },
    ],
    [
      "a pair in two parts",
      ["PARTS_INCOMPLETE 0-7"],
      { forgery: { ...edit("0-7", setRows(alsoRow("ca"))), take: 8 } },
    ],
  ])("chain: %s", expectCodes);

  it.each<[string, readonly string[], Case]>([
    [
      "a result that is not assigned",
      ["COVERAGE 0-0", "PAIR_NOT_ASSIGNED 0-0"],
      { forgery: { ...edit("0-0", setSnapshot(alsoRow("zz"))), take: 1 } },
    ],
    [
      "a delta with a new pair",
      ["COVERAGE 0-1", "PAIR_NOT_ASSIGNED 0-1"],
      { forgery: { take: 1, append: [{ place: "0-1", make: observe("delta", 0, [["zz", "fail"]]) }] } },
    ],
    [
      "an assigned pair left out of a snapshot",
      ["COVERAGE 0-0", "PAIR_ABSENT 0-0"],
      {
        forgery: {
          ...edit(
            "0-0",
            setSnapshot((rows) => rows.slice(1)),
          ),
          take: 1,
        },
      },
    ],
    [
      "a pair left out of a later snapshot, without the assignment",
      ["MISSING_FILE assignments/A0.json", "PAIR_ABSENT 0-3", "PAIR_ABSENT 0-3"],
      {
        forgery: { take: 3, append: [{ place: "0-3", make: observe("snapshot", 0, [["ca", "pass"]]) }] },
        tamper: removeAssignment(0),
      },
    ],
    [
      "a delta that omits a change",
      ["STATE_MISMATCH 0-8"],
      {
        forgery: {
          ...edit(
            "0-8",
            setRows(() => []),
          ),
          take: 9,
        },
      },
    ],
    [
      "a state of another count",
      ["COVERAGE 0-3", "STATE_MISMATCH 0-3"],
      {
        forgery: edit(
          "0-3",
          observed((seen) => ({ ...seen, state: { ...seen.state, count: 9 } })),
        ),
      },
    ],
    [
      "a verdict that does not add up",
      ["STATE_MISMATCH 0-1"],
      {
        forgery: {
          ...edit(
            "0-1",
            setRows((rows) => rows.map((row) => ({ ...row, verdict: "unknown", reason: "STALE" }))),
          ),
          take: 2,
        },
      },
    ],
    [
      "an expected coverage of less",
      ["COVERAGE 0-3"],
      { forgery: edit("0-3", setCoverage({ expected: 2 })) },
    ],
    ["a fresh coverage of more", ["COVERAGE 0-0"], { forgery: edit("0-0", setCoverage({ fresh: 3 })) }],
    [
      "a fresh coverage beyond what is expected",
      ["COVERAGE 0-3", "GAP 0-2"],
      { forgery: edit("0-3", setCoverage({ fresh: 4 })), tamper: remove("0-2") },
    ],
    [
      "a coverage without its oldest",
      ["COVERAGE 0-3"],
      { forgery: edit("0-3", setCoverage({ oldestAt: null })) },
    ],
  ])("content: %s", expectCodes);

  it.each<[string, readonly string[], Case]>([
    [
      "without a pass after it",
      ["HEAL_CONTRADICTS_RESULTS 0-2", "HEAL_NOT_VERIFIED 0-2"],
      { forgery: edit("0-2", setHeal({ after: "fail" })) },
    ],
    ["without a re-check", ["HEAL_NOT_VERIFIED 0-2"], { forgery: edit("0-2", setHeal({ after: null })) }],
    [
      "of what had another verdict",
      ["HEAL_CONTRADICTS_RESULTS 0-2"],
      { forgery: edit("0-2", setHeal({ before: "error" })) },
    ],
    [
      "of a pass",
      ["HEAL_CONTRADICTS_RESULTS 0-2", "HEAL_CONTRADICTS_RESULTS 0-2"],
      { forgery: edit("0-2", setHeal({ before: "pass" })) },
    ],
    [
      "that ends at another verdict",
      ["HEAL_CONTRADICTS_RESULTS 0-2"],
      { forgery: edit("0-2", setHeal({ after: "error", outcome: "failed" })) },
    ],
    [
      "that does not begin where the one before ended",
      ["HEAL_CONTRADICTS_RESULTS 0-2"],
      {
        forgery: edit(
          "0-2",
          observed((seen) => ({
            ...seen,
            heals: seen.heals.flatMap((heal) => [{ ...heal, outcome: "failed", after: "error" }, heal]),
          })),
        ),
      },
    ],
    [
      "of a pair that is not assigned",
      ["PAIR_NOT_ASSIGNED 0-2"],
      { forgery: edit("0-2", setHeal({ check: "zz" })) },
    ],
    [
      "by an undeclared runbook",
      ["HEAL_UNDECLARED_RUNBOOK 0-2"],
      { forgery: edit("0-2", setHeal({ runbook: "other" })) },
    ],
    [
      "by another version of a runbook",
      ["HEAL_UNDECLARED_RUNBOOK 0-2"],
      { forgery: edit("0-2", setHeal({ runbookDigest: NOWHERE })) },
    ],
    [
      "while healing is off",
      ["HEAL_WHILE_OFF 0-2"],
      { forgery: { assignment: setHealing({ mode: "off" }) } },
    ],
    [
      "while healing is in dry run",
      ["HEAL_WHILE_OFF 0-2"],
      { forgery: { assignment: setHealing({ mode: "dry-run" }) } },
    ],
    [
      "while the kill switch is on",
      ["HEAL_WHILE_OFF 0-2"],
      { forgery: { assignment: setHealing({ killSwitch: true }) } },
    ],
    [
      "tried while healing is off",
      ["HEAL_WHILE_OFF 0-2"],
      {
        forgery: {
          assignment: setHealing({ mode: "off" }),
          ...edit("0-2", setHeal({ outcome: "dry_run", after: null })),
        },
      },
    ],
    [
      "while suspended",
      ["HEAL_WHILE_OFF 0-5"],
      {
        forgery: {
          take: 5,
          append: [
            {
              place: "0-5",
              make: observe("delta", 0, [["cc", "pass"]], { heals: [["cc", "error", "pass"]] }),
            },
          ],
        },
      },
    ],
    [
      "outside the maintenance windows",
      ["HEAL_OUTSIDE_WINDOW 0-2"],
      { forgery: { assignment: setHealing({ windows: [{ start: timeAt(3), end: timeAt(9) }] }) } },
    ],
    [
      "at the end of a maintenance window",
      ["HEAL_OUTSIDE_WINDOW 0-2"],
      { forgery: { assignment: setHealing({ windows: [{ start: timeAt(1), end: timeAt(2) }] }) } },
    ],
    [
      "after the assignment's time",
      ["HEAL_PAST_HEAL_UNTIL 0-2"],
      { forgery: { assignment: (assignment) => ({ ...assignment, healUntil: timeAt(1) }) } },
    ],
  ])("a heal %s", expectCodes);

  it.each<[string, readonly string[], Case]>([
    ["an absent assignment", ["MISSING_FILE assignments/A0.json"], { tamper: removeAssignment(0) }],
    ["a changed assignment", ["CHANGED_FILE assignments/A0.json"], { tamper: changeAssignment(0) }],
    [
      "a slice that is not that of its files",
      ["WRONG_SLICE assignments/A0.json", "WRONG_SLICE assignments/A1.json"],
      { forgery: { assignment: (assignment) => ({ ...assignment, slice: NOWHERE }) } },
    ],
    ["no envelopes", ["CHAIN_MISSING -", "MISSING_FILE envelopes/"], { forgery: { take: 0 } }],
    ["an appliance without any bundle", ["CHAIN_MISSING -"], { forgery: { trust: trustOther } }],
    [
      "a chain that ends before the period does",
      ["CHAIN_ENDS_EARLY 1-1"],
      { input: { to: timeAt(12 + 241) } },
    ],
    ["no trust file", ["TRUST_FILE trust.json"], { tamper: (kit) => void kit.files.delete("trust.json") }],
    [
      "a trust file that is no JSON",
      ["TRUST_FILE trust.json"],
      { tamper: (kit) => void kit.files.set("trust.json", new Uint8Array()) },
    ],
    ["a given trust file that is unusable", ["TRUST_FILE -"], { input: { trust: new Uint8Array([123]) } }],
    [
      "an unusable trust file beside a good given one",
      ["TRUST_FILE trust.json"],
      { tamper: (kit) => void kit.files.set("trust.json", new Uint8Array()), given: (kit) => kit.trust },
    ],
    [
      "a key that the given trust file lacks",
      ["TRUST_SWAPPED trust.json"],
      {
        forgery: { trust: trustOther },
        given: (kit) => ({ ...kit.trust, keys: kit.trust.keys.slice(0, 2) }),
      },
    ],
    [
      "an authority that the given trust file lacks",
      ["TRUST_SWAPPED trust.json"],
      { given: (kit) => ({ ...kit.trust, authority: { publicKey: kit.keys.other.publicKey } }) },
    ],
  ])("the set: %s", expectCodes);
});

describe("no findings are", () => {
  it.each<[string, Case]>([
    [
      "a heal that a person was told about, while off",
      {
        forgery: {
          assignment: setHealing({ mode: "off" }),
          ...edit(
            "0-2",
            setHeal({
              level: "L3",
              rule: null,
              runbook: null,
              runbookDigest: null,
              outcome: "escalated",
              after: null,
            }),
          ),
        },
      },
    ],
    [
      "a heal tried in dry run",
      {
        forgery: {
          assignment: setHealing({ mode: "dry-run" }),
          ...edit("0-2", setHeal({ outcome: "dry_run", after: null })),
        },
      },
    ],
    [
      "a heal at the beginning of a maintenance window",
      { forgery: { assignment: setHealing({ windows: [{ start: timeAt(2), end: timeAt(3) }] }) } },
    ],
    [
      "two heals of a pair that follow on",
      {
        forgery: edit(
          "0-2",
          observed((seen) => ({
            ...seen,
            heals: seen.heals.flatMap((heal) => [{ ...heal, outcome: "failed", after: null }, heal]),
          })),
        ),
      },
    ],
    ["a chain that ends two heartbeats before the period", { input: { to: timeAt(12 + 240) } }],
    [
      "a trust file of another date",
      {
        given: (kit) => ({
          ...kit.trust,
          revisions: [...kit.trust.revisions, { id: "3".repeat(40), from: 9 }],
        }),
      },
    ],
    [
      "a heal at the very end of the assignment's time",
      { forgery: { assignment: (assignment) => ({ ...assignment, healUntil: timeAt(2) }) } },
    ],
    [
      "a heal after a suspension ended",
      {
        forgery: {
          take: 6,
          append: [
            {
              place: "0-6",
              make: observe("delta", 0, [["cc", "pass"]], { heals: [["cc", "error", "pass"]] }),
            },
          ],
        },
      },
    ],
    [
      "assignments, when the trust file lists none",
      { forgery: { trust: (trust) => ({ ...trust, assignments: [] }) } },
    ],
    ["an honest authority", { tamper: addAuthority("authority") }],
  ])("%s", async (_, honest) => {
    const { kit, result } = await verifyCase(honest);
    expect(weighty(kit, result)).toEqual([]);
    expect(result.outcome).toBe("verified");
  });
});

describe("only what there is is said to be unchecked", () => {
  it("without assignments nothing about assignments", async () => {
    const { result } = await verifyCase({
      forgery: { take: 1 },
      tamper: removeAssignment(0, 1),
    });
    expect(result.unchecked.map(({ code }) => code)).not.toContain("SLICE_NOT_DERIVED");
  });

  it("a swapped trust file is not also a differing one", async () => {
    const { result } = await verifyCase({
      forgery: { trust: trustOther },
      given: (kit) => ({ ...kit.trust, keys: kit.trust.keys.slice(0, 2) }),
    });
    expect(result.notes).toEqual([]);
  });
});

describe("what was not checked is said", () => {
  it.each<[string, string, Case]>([
    ["the authority's decisions", "AUTHORITY_NOT_PROCESSED", { tamper: addAuthority("authority") }],
    [
      "the order of revisions, when none are listed",
      "REVISIONS_NOT_GIVEN",
      { forgery: { trust: (trust) => ({ ...trust, revisions: [] }) } },
    ],
    [
      "a key trusted for a part of the log",
      "KEY_POSITION_NOT_CHECKED",
      { forgery: { trust: (trust) => ({ ...trust, keys: trust.keys.map((key) => ({ ...key, to: 9 })) }) } },
    ],
    [
      "exceptions",
      "EXCEPTIONS_NOT_CHECKED",
      {
        forgery: edit(
          "0-1",
          setRows((rows) => rows.map((row) => ({ ...row, exception: "exc-1" }))),
        ),
      },
    ],
    [
      "attachments",
      "ATTACHMENTS_NOT_GIVEN",
      {
        forgery: edit(
          "0-1",
          set({
            attachments: [
              {
                digest: NOWHERE,
                mediaType: "text/plain",
                size: 1,
                salted: true,
                class: "raw",
                retainUntil: timeAt(9),
              },
            ],
          }),
        ),
      },
    ],
    [
      "what lies before the period",
      "NEIGHBOURS_NOT_GIVEN",
      { tamper: remove("0-0", "0-1", "0-2", "0-3", "0-4", "0-5"), input: { from: timeAt(6) } },
    ],
  ])("%s", async (_, code, honest) => {
    const { kit, result } = await verifyCase(honest);
    expect(weighty(kit, result)).toEqual([]);
    expect(result.unchecked.map((item) => item.code)).toContain(code);
  });
});

describe("after a break the state is unknown until the next snapshot", () => {
  it.each<[string, Case]>([
    ["a gap", { tamper: remove("0-2") }],
    ["a wrong prev", { forgery: edit("0-3", setPrev(NOWHERE)) }],
    ["a fork", { tamper: fork("0-2") }],
    [
      "a state that does not follow",
      {
        forgery: edit(
          "0-1",
          setRows(() => []),
        ),
      },
    ],
    ["a part that does not fit", { forgery: { ...edit("0-7", set({ kind: "delta" })), take: 9 } }],
  ])("%s", async (_, forged) => {
    const { result } = await verifyCase(forged);
    expect(result.unchecked.map(({ code }) => code)).toContain("STATE_NOT_REPLAYED");
  });
});

describe("an export of a period", () => {
  it.each<[string, number]>([
    ["before its snapshot", 5],
    ["a minute before", 4],
  ])("that begins %s starts late", async (_, minute) => {
    const { kit, result } = await verifyCase({
      tamper: remove("0-0", "0-1", "0-2", "0-3", "0-4", "0-5"),
      input: { from: timeAt(minute) },
    });
    expect(weighty(kit, result)).toEqual(["CHAIN_STARTS_LATE 0-6"]);
  });

  it("may not begin at a delta", async () => {
    const { kit, result } = await verifyCase({ tamper: remove("0-0"), input: { from: timeAt(9) } });
    expect(weighty(kit, result)).toEqual(["CHAIN_STARTS_LATE 0-1"]);
  });
});

describe("single bundles", () => {
  async function verifySome(
    places: readonly string[],
    paths: (kit: TestKit, place: string) => string,
  ): Promise<{ kit: TestKit; result: Verification }> {
    const kit = await makeKit(SEED);
    const files = places.map((place) => ({ path: paths(kit, place), bytes: fileAt(kit, kit.path(place)) }));
    const rest = [...kit.files].filter(([path]) => path.startsWith("assignments/") || path === "trust.json");
    const extra = rest.map(([path, bytes]) => ({ path, bytes }));
    return {
      kit,
      result: await verifyFiles(kit, {
        mode: "bundles",
        files: [...files, ...extra, { path: "notes.txt", bytes: new Uint8Array() }],
      }),
    };
  }
  const byDigest = (kit: TestKit, place: string) => `evidence/${kit.digests.get(place)}.dsse.json`;

  it.each<[string, readonly string[]]>([
    ["0-0", []],
    ["0-2", ["NEIGHBOURS_NOT_GIVEN", "STATE_NOT_REPLAYED"]],
    ["0-4", ["NEIGHBOURS_NOT_GIVEN"]],
    ["0-7", ["NEIGHBOURS_NOT_GIVEN"]],
    ["1-0", ["NEIGHBOURS_NOT_GIVEN"]],
    ["1-1", ["NEIGHBOURS_NOT_GIVEN", "STATE_NOT_REPLAYED"]],
  ])("verify alone: %s", async (place, said) => {
    const { result } = await verifySome([place], byDigest);
    expect(result.outcome).toBe("verified");
    const always = result.unchecked
      .map(({ code }) => code)
      .filter((code) => !/NEIGHBOURS|REPLAYED/.test(code));
    expect(result.unchecked.map(({ code }) => code).toSorted()).toEqual([...always, ...said].toSorted());
  });

  it("verify with gaps between them, under any name", async () => {
    const { result } = await verifySome(
      ["0-0", "0-3", "0-6", "1-0"],
      (_, place) => `downloads/bundle ${place}.json`,
    );
    expect(result.outcome).toBe("verified");
    const said = result.unchecked
      .filter(({ code }) => code === "NEIGHBOURS_NOT_GIVEN")
      .map(({ message }) => message);
    expect(said).toEqual([
      expect.stringContaining("0-1 to 0-2"),
      expect.stringContaining("0-4 to 0-5"),
      expect.stringContaining("opened epoch 1"),
    ]);
  });

  it("named by another digest are found", async () => {
    const { result } = await verifySome(["0-2"], () => `${NOWHERE}.dsse.json`);
    expect(result.failures.map(({ code }) => code)).toEqual(["CHANGED_FILE"]);
  });

  it("with a name of the layout are held against it", async () => {
    const { result } = await verifySome(["0-2"], (kit) => `export/${kit.path("0-3")}`);
    expect(result.failures.map(({ code }) => code)).toEqual(["MISPLACED"]);
  });

  it("of one place still show a fork", async () => {
    const kit = await makeKit(SEED);
    await fork("0-2")(kit);
    const forked = [...kit.files].filter(([path]) => path.includes("/0-2.") || path === "trust.json");
    const result = await verifyFiles(kit, {
      mode: "bundles",
      files: forked.map(([path, bytes]) => ({ path, bytes })),
    });
    expect(result.failures.map(({ code }) => code)).toEqual(["FORK"]);
  });

  it("given twice count once", async () => {
    const { result } = await verifySome(["0-0", "0-0"], (_, place) => `${place}.json`);
    expect(result.checked).toMatchObject({ envelopes: 2, bundles: 1 });
    expect(result.outcome).toBe("verified");
  });
});

describe("the authority's chain", () => {
  it("can open an epoch of an appliance by resolving a fork", async () => {
    const kit = await makeKit(SEED, { take: 4 });
    const resolve = {
      type: "resolve",
      chain: kit.ids.appliance,
      surviving: kit.digests.get("0-3") ?? "",
      newEpoch: 1,
    } as const;
    const decision = decide(kit.ids, { epoch: 0, seq: 0, prev: null }, resolve);
    const opener = await sealPredicate(decision, kit.keys.authority);
    kit.files.set(envelopePath(kit.ids.partner, decision.chain), opener.bytes);
    const snapshot = predicateAt(kit, "0-0");
    const opened = observed((seen) => ({ ...seen, window: { start: timeAt(9), end: timeAt(9) } }))({
      ...snapshot,
      chain: { ...snapshot.chain, epoch: 1, seq: 0, prev: opener.digest },
    });
    kit.files.set(kit.path("1-0"), (await sealPredicate(opened, kit.keys.appliance)).bytes);
    const result = await verifyFiles(kit);
    expect(weighty(kit, result)).toEqual([]);
    expect(result.checked.chains.map(({ chain, lastWindowEnd }) => [chain, lastWindowEnd])).toEqual([
      [kit.ids.appliance, timeAt(9)],
      [kit.ids.partner, null],
    ]);
  });
});

describe("any reorder or loss is detected", () => {
  it("whichever files are swapped, dropped or cut", async () => {
    const honest = await makeKit(SEED);
    const places = [...honest.digests.keys()];
    const tampering = fc.oneof(
      fc
        .uniqueArray(fc.constantFrom(...places), { minLength: 2, maxLength: 2 })
        .map(([one = "", other = ""]) => swap(one, other)),
      fc.constantFrom(...places.slice(0, -1)).map((place) => remove(place)),
      fc
        .record({ place: fc.constantFrom(...places), at: fc.nat(1500) })
        .map(({ place, at }) => change(place, (bytes) => bytes.subarray(0, at % bytes.length))),
    );
    await fc.assert(
      fc.asyncProperty(tampering, async (tamper) => {
        const kit = { ...honest, files: new Map(honest.files) };
        await tamper(kit);
        expect((await verifyFiles(kit)).outcome).toBe("failed");
      }),
      { numRuns: 60 },
    );
  });
});

async function expectCodes(_: string, codes: readonly string[], forged: Case): Promise<void> {
  const { kit, result } = await verifyCase(forged);
  expect(weighty(kit, result)).toEqual(codes.toSorted());
  expect(result.outcome).toBe(result.failures.length > 0 ? "failed" : "incomplete");
  for (const { code } of result.failures) expect(EVIDENCE_TEXTS[code].level).toBe("fail");
}
