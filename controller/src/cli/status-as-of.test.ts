import { expect, test } from "vitest";
import type { AsOf } from "../reconcile/as-of.ts";
import { main } from "./main.ts";
import { printText } from "./status-as-of.ts";

const score = { pass: 1, fail: 0, error: 0, unknown: 0, notApplicable: 0, total: 1, value: 1 };
const chain = { to: { epoch: 0, seq: 4 }, gaps: 1, dropped: 0, forks: 0, late: 2 };
const site = {
  name: "quay",
  displayName: "Quay",
  score,
  frameworkStatus: {},
  formerHosts: [],
  results: [],
  heals: [],
  hosts: [],
};

function textOf(change: Partial<AsOf>, appliance: object = {}): string {
  const box = { name: "box", enrolled: true, chain, suspension: null, ...appliance };
  // The text tells nothing else of an answer.
  return printText(
    {
      at: "2026-11-23T10:00:00.000Z",
      known: 12,
      revision: "b".repeat(40),
      acceptedAt: "2026-11-23T09:00:00.000Z",
      partner: { name: "acme" },
      otherPartners: [],
      sites: [{ ...site, appliances: [box] }],
      ...change,
    } as unknown as AsOf,
    false,
  );
}

test("time, position, revision and how to ask again come first", () => {
  const [first, second] = textOf({}).split("\n");
  expect(first).toBe(
    "as of 2026-11-23T10:00:00.000Z, as far as bundles 1 to 12 tell (--known 12 asks for the same again)",
  );
  expect(second).toBe("revision bbbbbbbbbbbb, accepted 2026-11-23T09:00:00.000Z");
  expect(textOf({ otherPartners: ["birch"] })).toContain("name another one by --partner: birch");
});

test("of an appliance only what its chain says is told", () => {
  expect(textOf({})).toContain("appliance box: chain to 0-4, 1 gaps, 0 forks, 2 late");
  expect(textOf({}, { chain: null })).toContain("appliance box: no bundle yet");
  expect(textOf({}, { enrolled: false })).toContain("declared, not enrolled");
  const suspension = { since: "2026-11-22T00:00:00.000Z", bundle: "d", reason: null };
  expect(textOf({}, { suspension })).toContain("2 late, suspended since 2026-11-22T00:00:00.000Z");
});

test.each([[["--known", "3"]], [["--at", "2026-11-23T10:00:00Z", "--link"]]])(
  "flags that do not go together are refused: %j",
  async (flags) => {
    expect(await main(["status", ...flags])).toBe(2);
  },
);
