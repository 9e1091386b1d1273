import type { Snapshot } from "@compline/core";
import { beforeAll, describe, expect, test } from "vitest";
import { makeFixture } from "../fixture/snapshot.ts";
import { bundlePage } from "./bundle.ts";

let snapshot: Snapshot;

beforeAll(async () => {
  snapshot = await makeFixture();
});

const digestAt = (seq: number): string =>
  snapshot.sites[0]?.bundles.find(({ chain }) => chain.seq === seq)?.digest ?? "";

describe("a bundle's page", () => {
  test("links the bundles before and after it", () => {
    const page = bundlePage(snapshot, digestAt(5));
    expect(page.previous).toEqual({ digest: digestAt(4), url: `/bundles/${digestAt(4)}/` });
    expect(page.next).toBe(digestAt(6));
    expect(page.place).toBe("epoch 0, number 5");
  });

  test("says when the bundle before it has no page, and when there is none", () => {
    const [site, ...rest] = snapshot.sites;
    if (site === undefined) throw new Error("unreachable: the fixture has sites");
    const kept = { ...site, bundles: site.bundles.filter(({ chain }) => chain.seq !== 4) };
    const page = bundlePage({ ...snapshot, sites: [kept, ...rest] }, digestAt(5));
    expect(page.previous).toEqual({ digest: digestAt(4), url: null });
    expect(bundlePage(snapshot, digestAt(0)).previous).toBe(null);
  });

  test("says what it holds in a sentence", () => {
    const sentences = [0, 1, 10, 11].map((seq) => bundlePage(snapshot, digestAt(seq)).holds);
    expect(sentences).toEqual([
      "24 results.",
      "An event: a person suspended the appliance, which from then on looks and signs, and heals nothing. It changes no verdict.",
      "1 result and 1 heal.",
      "Nothing changed: it shows that the appliance was at work.",
    ]);
  });

  test("says that it is late or contested", () => {
    const [site, ...rest] = snapshot.sites;
    if (site === undefined) throw new Error("unreachable: the fixture has sites");
    const remarks = (of: { late?: boolean; contested?: boolean }): readonly string[] => {
      const bundles = site.bundles.map((bundle) => ({ ...bundle, ...of }));
      return bundlePage({ ...snapshot, sites: [{ ...site, bundles }, ...rest] }, digestAt(5)).remarks;
    };
    expect(remarks({})).toEqual([]);
    expect(remarks({ late: true })).toEqual([
      "Late: it was received over 26 hours after the time it covers.",
    ]);
    expect(remarks({ contested: true }).join()).toMatch(/^Contested: .* counts for nothing\.$/);
  });

  test("decodes exactly the payload that was signed", () => {
    const page = bundlePage(snapshot, digestAt(10));
    expect(JSON.parse(page.statement ?? "")).toMatchObject({
      _type: "https://in-toto.io/Statement/v1",
      predicate: { chain: { seq: 10 }, heals: [{ outcome: "healed", skipped: ["reload:ssh"] }] },
    });
    expect(page.heals[0]).toMatchObject({
      outcome: "Configured, not reloaded",
      before: "fail",
      after: "pass",
    });
    expect(page.hasAssignment).toBe(true);
  });

  test("of a digest that is not in the snapshot is a bug", () => {
    expect(() => bundlePage(snapshot, "0".repeat(64))).toThrow("unreachable");
  });
});
