import { createHash, webcrypto } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sha256Hex } from "./digest.ts";
import { nobleEngine } from "./ed25519-noble.ts";
import { webCryptoEngine } from "./ed25519-webcrypto.ts";
import { envelopePath } from "./kit-files.ts";
import { attached } from "./testdata/cases/attachments.ts";
import { byNobody } from "./testdata/cases/heals.ts";
import { type Case, makeCase, NOWHERE, SEED, weighty } from "./testdata/cases/case.ts";
import {
  change,
  edit,
  fileAt,
  fork,
  headAt,
  observed,
  predicateAt,
  remove,
  removeAssignment,
  set,
  setPrev,
  setRows,
  swap,
  trustOther,
} from "./testdata/forgeries.ts";
import { decide, sealPredicate, timeAt } from "./testdata/statements.ts";
import { makeKit, type TestKit } from "./testdata/generator.ts";
import type { SignatureItem } from "./signature.ts";
import { encodeTrust } from "./trust.ts";
import { type Verification, verifyBundles, type VerifyInput } from "./verify.ts";

const engine = webCryptoEngine(webcrypto.subtle);

/** A case, and how it is verified. */
interface Asked extends Case {
  readonly input?: Partial<VerifyInput>;
}

async function verifyCase({ input, ...made }: Asked): Promise<{ kit: TestKit; result: Verification }> {
  const { kit, trust } = await makeCase(made);
  return { kit, result: await verifyFiles(kit, { ...input, trust }) };
}

function verifyFiles(kit: TestKit, input: Partial<VerifyInput> = {}): Promise<Verification> {
  const files = [...kit.files].map(([path, bytes]) => ({ path, bytes }));
  return verifyBundles({ files, trust: null, engine, mode: "kit", ...input });
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

  it("is not judged by an engine that fails, in whichever batches and order", async () => {
    const kit = await makeKit(SEED);
    const bytes = fileAt(kit, kit.path("0-0"));
    const many = Array.from({ length: 300 }, (_, at) => ({ path: `envelopes/${at}.dsse.json`, bytes }));
    const files = [...[...kit.files].map(([path, own]) => ({ path, bytes: own })), ...many];
    for (const failing of [[0], [1], [0, 1], [2]]) {
      let batches = 0;
      const broken = {
        verify: async (batch: readonly SignatureItem[]) => {
          const own = batches++;
          if (failing.includes(own)) throw new Error(`batch ${own}`);
          // So long that a batch which fails does so before this one is done.
          await new Promise((done) => setImmediate(done));
          return batch.map(() => true);
        },
      };
      const verifying = verifyFiles(kit, { files, engine: broken, mode: "bundles" });
      await expect(verifying).rejects.toThrow(`batch ${failing[0]}`);
    }
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
  it.each<[string, string, Asked]>([
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
    ["attachments", "ATTACHMENTS_NOT_GIVEN", { forgery: attached }],
    [
      "what lies before the period",
      "NEIGHBOURS_NOT_GIVEN",
      { tamper: remove("0-0", "0-1", "0-2", "0-3", "0-4", "0-5"), input: { from: timeAt(6) } },
    ],
    [
      "heals under an assignment that does not define its rules",
      "HEAL_LIMITS_NOT_GIVEN",
      { forgery: { assignment: ({ definitions: _definitions, ...assignment }) => assignment } },
    ],
    [
      "an approval that may lie before the period",
      "APPROVAL_NOT_GIVEN",
      {
        forgery: {
          append: [{ place: "1-2", make: byNobody }],
        },
        tamper: remove("0-0", "0-1", "0-2", "0-3", "0-4", "0-5"),
        input: { from: timeAt(6) },
      },
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
