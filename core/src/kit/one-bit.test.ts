import { webcrypto } from "node:crypto";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { webCryptoEngine } from "../evidence/ed25519-webcrypto.ts";
import type { EvidenceFile } from "../evidence/kit-files.ts";
import { addTranscript, attached } from "../evidence/testdata/cases/attachments.ts";
import { makeKit } from "../evidence/testdata/generator.ts";
import { verifyKit } from "./verify-kit.ts";
import { encodeZip } from "./encode-zip.ts";

const engine = webCryptoEngine(webcrypto.subtle);
const kit = await makeKit(20261126, attached);
await addTranscript(kit);
const files: readonly EvidenceFile[] = [...kit.files]
  .map(([path, bytes]) => ({ path, bytes }))
  .toSorted((a, b) => (a.path < b.path ? -1 : 1));
const zip = encodeZip(files);

/** Where each file's head, bytes and entry are in the ZIP, and the end record; `file` is null for the latter. */
interface Region {
  readonly what: string;
  readonly file: string | null;
  readonly start: number;
  readonly length: number;
}

function regionsOf(): readonly Region[] {
  const regions: Region[] = [];
  let start = 0;
  const add = (what: string, file: string | null, length: number): void => {
    regions.push({ what, file, start, length });
    start += length;
  };
  for (const { path, bytes } of files) {
    add("head", path, 30 + path.length);
    add("bytes", path, bytes.length);
  }
  for (const { path } of files) add("entry", path, 46 + path.length);
  add("end", null, 22);
  expect(start).toBe(zip.length);
  return regions;
}

const regions = regionsOf();

test.each(["head", "bytes", "entry", "end"])(
  "one bit changed anywhere in a kit (%s of a file) is found, and the file is named",
  async (what) => {
    const some = regions.filter((region) => region.what === what && region.length > 0);
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...some), fc.nat(), fc.nat(7), async (region, at, bit) => {
        const place = region.start + (at % region.length);
        const bent = zip.with(place, (zip[place] ?? 0) ^ (1 << bit));
        const { outcome, failures } = await verifyKit(bent, { engine, trust: null });
        expect(outcome).toBe("failed");
        expect(failures).toHaveLength(1);
        // The end of the ZIP is no file's.
        expect(`${failures[0]?.file} ${failures[0]?.message}`).toContain(region.file ?? "null");
      }),
      { numRuns: 1000 },
    );
  },
);

test("no bit of a kit can be changed so that it is still verified: each bit of each byte of a small one", async () => {
  const { files: own } = await makeKit(1, { take: 1 });
  const small = encodeZip([...own].map(([path, bytes]) => ({ path, bytes })));
  expect((await verifyKit(small, { engine, trust: null })).outcome).toBe("verified");
  const bent = Uint8Array.from(small);
  const notRefused: string[] = [];
  for (const [at, byte] of small.entries()) {
    for (let bit = 0; bit < 8; bit++) {
      bent[at] = byte ^ (1 << bit);
      const { outcome, failures } = await verifyKit(bent, { engine, trust: null });
      if (outcome !== "failed" || failures.length !== 1)
        notRefused.push(`byte ${at}, bit ${bit}: ${outcome}`);
    }
    bent[at] = byte;
  }
  expect(notRefused).toEqual([]);
}, 60_000);

test("one bit changed in a kit that is packed anew is found by what was signed", async () => {
  const inside = files.filter(({ path, bytes }) => !path.endsWith(".sig") && bytes.length > 0);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...inside), fc.nat(), fc.nat(6), async ({ path, bytes }, at, bit) => {
      const place = at % bytes.length;
      const bent = Uint8Array.from(bytes).with(place, (bytes[place] ?? 0) ^ (1 << bit));
      const again = encodeZip(files.map((file) => (file.path === path ? { path, bytes: bent } : file)));
      const given = kit.files.get("trust.json") ?? null;
      const { outcome, failures, unchecked, notes } = await verifyKit(again, { engine, trust: given });
      // Of a trust file from elsewhere only what the kit's trusts beyond it is wrong; that it differs is said.
      const told = [...failures, ...unchecked, ...notes].map(({ file }) => file);
      expect(told).toContain(path);
      expect(outcome === "failed" || path === "trust.json").toBe(true);
    }),
    { numRuns: 300 },
  );
});
