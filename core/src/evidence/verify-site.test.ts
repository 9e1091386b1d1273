import { webcrypto } from "node:crypto";
import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { sha256Hex } from "./digest.ts";
import { webCryptoEngine } from "./ed25519-webcrypto.ts";
import { easiestLimit } from "../ots/testdata/mine.ts";
import { anchored } from "./testdata/anchored.ts";
import { weighty } from "./testdata/cases/case.ts";
import {
  change,
  copy,
  flipPayload,
  flipSignature,
  fork,
  remove,
  resign,
  swap,
  type Tamper,
} from "./testdata/forgeries.ts";
import type { TestKit } from "./testdata/generator.ts";
import { copySite, makeSite, type TestSite } from "./testdata/site.ts";
import { type Verification, verifyBundles, type VerifyInput } from "./verify.ts";

const engine = webCryptoEngine(webcrypto.subtle);

const SEED = 20261126;
let honest: TestSite;
beforeAll(async () => {
  honest = await makeSite(SEED);
}, 120_000);

function verifySite({ whole }: TestSite, more: Partial<VerifyInput> = {}): Promise<Verification> {
  return verifyBundles({
    files: [...whole.files].map(([path, bytes]) => ({ path, bytes })),
    trust: null,
    engine,
    mode: "kit",
    powLimit: easiestLimit,
    ...more,
  });
}

function applianceOf({ appliances }: TestSite, index: number): TestKit {
  const kit = appliances[index];
  if (kit === undefined) throw new Error(`no appliance ${index}`);
  return kit;
}

/** Bends the part of one appliance. */
async function forge(index: number, tamper: Tamper): Promise<readonly string[]> {
  const site = copySite(honest);
  await tamper(applianceOf(site, index));
  return weighty(applianceOf(site, index), await verifySite(site));
}

/** A verification of a site takes half a second, so these are made together; no two of them touch. */
const FORGERIES: readonly (readonly [appliance: number, codes: readonly string[], Tamper])[] = [
  [0, ["BAD_SIGNATURE 0-300", "GAP 0-300"], flipPayload("0-300")],
  [2, ["BAD_SIGNATURE 1-9", "GAP 1-9"], flipSignature("1-9")],
  [1, ["GAP 0-700"], remove("0-700")],
  [2, ["MISPLACED 0-5", "MISPLACED 0-600"], swap("0-5", "0-600")],
  [1, ["FORK 0-100", "NOT_LOGGED 0-100"], fork("0-100")],
  [0, ["MISPLACED 9-9"], copy("0-4", (kit) => kit.path("9-9"))],
  [1, ["GAP 0-40", "NOT_JSON 0-40"], change("0-40", (bytes) => bytes.subarray(0, 99))],
  [0, ["GAP 0-77", "UNKNOWN_KEY 0-77"], resign("0-77", "stranger")],
  [0, ["KEY_AFTER_ROTATE 1-50", "NOT_LOGGED 1-50", "BAD_PREV 1-51"], resign("1-50", "appliance")],
  [0, ["HEAD_MISSING 1-NEWEST"], (kit) => remove([...kit.digests.keys()].at(-1) ?? "")(kit)],
];

describe("a site of three appliances over 90 days", () => {
  it("is verified, whatever happened in them", async () => {
    const { outcome, checked, failures, unchecked, notes } = await verifySite(honest);
    expect(failures).toEqual([]);
    expect(outcome).toBe("verified");
    expect(checked.chains.map(({ to }) => to.epoch).toSorted((a, b) => a - b)).toEqual([0, 1, 1, 1]);
    expect(checked.bundles).toBeGreaterThan(3200);
    expect(checked.heals).toBeGreaterThan(200);
    expect(checked.exceptions).toBeGreaterThan(0);
    expect(checked.log).toMatchObject({ logged: checked.bundles, leaves: checked.bundles + 1 });
    expect(checked.log?.witnesses).toHaveLength(2);
    expect(notes.map(({ code }) => code).toSorted()).toEqual(["FORK_RESOLVED", "TOMBSTONE"]);
    // Since the erased bundle until the next snapshot.
    const unknown = unchecked.filter(({ code }) => code === "STATE_NOT_REPLAYED");
    expect(unknown.length).toBeGreaterThan(0);
  }, 60_000);

  it("is verified with an anchor of its log", async () => {
    const site = copySite(honest);
    await anchored()(site.whole);
    const { outcome, checked, unchecked } = await verifySite(site);
    expect(outcome).toBe("verified");
    expect(checked.anchors).toMatchObject([{ size: checked.log?.leaves, pinned: true }]);
    expect(unchecked.map(({ code }) => code)).not.toContain("ANCHORS_NOT_CHECKED");
  }, 60_000);

  it("is the same bytes for the same seed", async () => {
    const again = await makeSite(SEED);
    expect(again.whole.files.size).toBe(honest.whole.files.size);
    for (const [path, bytes] of again.whole.files) expect(honest.whole.files.get(path)).toEqual(bytes);
  }, 60_000);

  it("with forgeries here and there gives exactly the codes of each", async () => {
    const site = copySite(honest);
    const newest = [...applianceOf(site, 0).digests.keys()].at(-1) ?? "";
    const found: string[] = [];
    for (const [index, codes, tamper] of FORGERIES) {
      await tamper(applianceOf(site, index));
      found.push(...codes);
    }
    expect(weighty(applianceOf(site, 0), await verifySite(site))).toEqual(
      found.map((code) => code.replace("1-NEWEST", newest)).toSorted(),
    );
  }, 60_000);

  it("gives the same findings in the same order when digests of files and states come later", async () => {
    const site = copySite(honest);
    for (const [index, , tamper] of FORGERIES) await tamper(applianceOf(site, index));
    const slow = new Map<string, number>();
    let files = 0;
    const late = async (bytes: Uint8Array): Promise<string> => {
      const digest = sha256Hex(bytes);
      const start = new TextDecoder().decode(bytes.subarray(0, 30));
      files += start.startsWith('{"payload"') ? 1 : 0;
      const host = start.startsWith("[[") ? start : "no state";
      slow.set(host, slow.get(host) ?? 40 - 10 * slow.size); // the chain that asks first waits longest
      for (let turns = slow.get(host) ?? 0; turns > 0; turns--) await Promise.resolve();
      return digest;
    };
    expect(await verifySite(site, { sha256OfLarge: late })).toEqual(await verifySite(site));
    expect(slow.size).toBeGreaterThan(3);
    expect(files).toBeGreaterThan(100);
  }, 60_000);

  it("without one appliance lacks its chain and its head", async () => {
    const places = [...applianceOf(honest, 2).digests.keys()];
    const codes = await forge(2, remove(...places));
    expect(codes.map((code) => code.replace(/ .*/, ""))).toEqual(["CHAIN_MISSING", "HEAD_MISSING"]);
  });

  it("with any file of any appliance dropped, cut or in another's place is not verified", async () => {
    const anywhere = fc.nat(2).chain((index) => {
      const places = fc.constantFrom(...applianceOf(honest, index).digests.keys());
      const tamper: fc.Arbitrary<Tamper> = fc.oneof(
        places.map((place) => remove(place)),
        places.map((place) => change(place, (bytes) => bytes.subarray(0, 1000))),
        places.map((place) => flipPayload(place)),
        fc
          .uniqueArray(places, { minLength: 2, maxLength: 2 })
          .map(([one = "", other = ""]) => swap(one, other)),
      );
      return fc.record({ index: fc.constant(index), tamper });
    });
    await fc.assert(
      fc.asyncProperty(anywhere, async ({ index, tamper }) => {
        expect(await forge(index, tamper)).not.toEqual([]);
      }),
      { numRuns: 4 },
    );
  }, 60_000);
});
