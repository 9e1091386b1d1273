import { encodeZip, webCryptoEngine } from "@compline/core";
import { beforeAll, describe, expect, test } from "vitest";
import { copies } from "../build/copies.ts";
import { makeFixture } from "../fixture/snapshot.ts";
import { printKits } from "../standalone/text.ts";
import { type Judged, verifyKits } from "./kits.ts";
import { kitsReportOf } from "./kits-report.ts";

const engine = webCryptoEngine(crypto.subtle);
let zip: Uint8Array;

/** A kit of a site without a log, its envelopes at no place of their own. */
beforeAll(async () => {
  const { trust, sites, assignments } = await makeFixture();
  const texts = sites.slice(0, 1).flatMap((site) => copies({ site, assignments }));
  zip = encodeZip(
    [{ path: "/trust.json", text: trust }, ...texts].map(({ path, text }) => ({
      path: path.slice(1).replace(/^.*(?=\/[0-9a-f]{64}\.dsse\.json)/, "envelopes"),
      bytes: new TextEncoder().encode(text),
    })),
  );
});

const kit = (name: string, bytes: Uint8Array = zip) => ({ name, read: async () => bytes });

test("progress goes on over all kits", async () => {
  const told: number[] = [];
  const onProgress = (done: number, total: number): void => {
    expect(total).toBe(2);
    told.push(done);
  };
  await verifyKits([kit("a.zip"), kit("b.zip")], { trust: null, engine, onProgress });
  expect(told.at(-1)).toBe(2);
  expect(told.toSorted((a, b) => a - b)).toEqual(told);
});

describe("the report of several kits", () => {
  let judged: readonly Judged[];
  beforeAll(async () => {
    judged = await verifyKits([kit("a.zip"), kit("b.zip"), kit("c.zip", zip.slice(1))], {
      trust: null,
      engine,
    });
  });

  test("names each trust file once, first, with the kits that it judged", () => {
    const report = kitsReportOf(judged, "browser");
    expect(report.trusts.map(({ kits }) => kits)).toEqual([["a.zip", "b.zip"], ["c.zip"]]);
    expect(printKits(report).startsWith(`Trust file ${report.trusts[0]?.fingerprint}`)).toBe(true);
  });

  test("says how many have something wrong, and of each what it came to by itself", () => {
    const { outcome, kits, compared } = kitsReportOf(judged, "browser");
    expect(outcome).toBe("failed");
    expect(kits.at(-1)).toMatchObject({ name: "c.zip", report: { outcome: "failed" } });
    for (const { report } of kits)
      expect(report.sentence).toMatch(/^(Not verified|Verified|Incomplete) by itself: /);
    expect(compared).toContain("a.zip");
  });

  test("puts a contradiction above all, and blames neither kit", () => {
    const found = {
      code: "SPLIT_VIEW",
      file: "log/entries",
      message: "against kit 1 of those given",
    } as const;
    const [first, second] = judged.map((one) => ({
      ...one,
      alone: { ...one.alone, outcome: "verified" as const, failures: [] },
      verification: { ...one.verification, failures: [] },
    }));
    if (first === undefined || second === undefined) throw new Error("unreachable: three were judged");
    const contradicted = { ...second, verification: { ...second.verification, failures: [found] } };
    const report = kitsReportOf([first, contradicted], "browser");
    expect(report.outcome).toBe("failed");
    expect(report.contradictions).toMatchObject([{ code: "SPLIT_VIEW", file: "kit 2, b.zip, log/entries" }]);
    expect(report.sentence).toContain("contradict each other");
    expect(report.kits.map(({ report: { outcome } }) => outcome)).toEqual(["verified", "verified"]);
  });
});
