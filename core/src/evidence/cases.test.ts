import { webcrypto } from "node:crypto";
import { describe, expect, it } from "vitest";
import { compareKits } from "../kit/compare-kits.ts";
import { verifyKit } from "../kit/verify-kit.ts";
import { mainnetLimit } from "../ots/mainnet-limit.ts";
import { EVIDENCE_TEXTS } from "./codes.ts";
import { webCryptoEngine } from "./ed25519-webcrypto.ts";
import type { EvidenceFile } from "./kit-files.ts";
import { allCases, FORGED, HONEST } from "./testdata/cases/all.ts";
import { type Case, makeCase, type MadeCase, weighty } from "./testdata/cases/case.ts";
import { type Verification, verifyBundles } from "./verify.ts";

const engine = webCryptoEngine(webcrypto.subtle);

/** What the one file and, where there is one, the folder come to; both in full. */
async function verifyBoth(made: Case): Promise<MadeCase & { readonly results: readonly Verification[] }> {
  const handed = await makeCase(made);
  const by = { trust: handed.trust, engine, powLimit: made.powLimit ?? mainnetLimit };
  const results = [await verifyBeside(handed, (zip) => verifyKit(zip, by))];
  const asFolder = (_: Uint8Array, files: readonly EvidenceFile[]) =>
    verifyBundles({ ...by, files, mode: "kit" });
  if (made.pack === undefined) results.push(await verifyBeside(handed, asFolder));
  return { ...handed, results };
}

/** The verification of a kit after the one beside it, if any. */
async function verifyBeside(
  { beside, ...handed }: MadeCase,
  verify: (zip: Uint8Array, files: readonly EvidenceFile[]) => Promise<Verification>,
): Promise<Verification> {
  const given = [...(beside === null ? [] : [beside]), handed].map(async ({ kit, zip }) => {
    const files = [...kit.files].map(([path, bytes]) => ({ path, bytes }));
    return { files, verification: await verify(zip, files) };
  });
  const compared = compareKits(await Promise.all(given));
  const own = compared.at(-1);
  if (own === undefined) throw new Error("unreachable: a kit was given");
  for (const { outcome } of compared.slice(0, -1)) expect(outcome).toBe("verified");
  return own;
}

describe("a forged or damaged export gives exactly these codes", () => {
  describe.each(Object.entries(FORGED))("%s", (_, cases) => {
    it.each(cases)("%s", async (_name, codes, forged) => {
      const { kit, results } = await verifyBoth(forged);
      for (const result of results) {
        expect(weighty(kit, result)).toEqual(codes.toSorted());
        expect(result.outcome).toBe(result.failures.length > 0 ? "failed" : "incomplete");
        for (const { code } of result.failures) expect(EVIDENCE_TEXTS[code].level).toBe("fail");
      }
    });
  });

  it("in folders of names that differ", () => {
    const folders = allCases().map(({ folder }) => folder);
    expect(new Set(folders).size).toBe(folders.length);
  });
});

describe("no findings are", () => {
  it.each(HONEST)("%s", async (_, notes, honest) => {
    const { kit, results } = await verifyBoth(honest);
    for (const result of results) {
      expect(weighty(kit, result)).toEqual([]);
      expect(result.outcome).toBe("verified");
      expect(result.notes.map(({ code }) => code)).toEqual(notes);
    }
  });
});
