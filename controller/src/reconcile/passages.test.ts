import type { TrustKey } from "@compline/core";
import { expect, test } from "vitest";
import type { StoredBundle } from "../store/contract.ts";
import { itemOf } from "../store/testdata/items.ts";
import { byPassages } from "./passages.ts";

/** One key of the box at a site, from a leaf to another. */
const at = (site: string, from: number, to: number | null, publicKey = "k"): TrustKey => ({
  publicKey,
  site,
  appliance: "box",
  from,
  to,
});

/** The box's chain: a bundle for each of these sites, each the next leaf of the log. */
function chainOf(...sites: readonly string[]): Parameters<typeof byPassages>[1] {
  const bundles = sites.map(
    (site, leaf): StoredBundle => ({ ...itemOf(leaf, `${leaf}`, "box"), site, leaf, position: leaf }),
  );
  return { chainRange: async () => bundles };
}

test.each<[string, readonly TrustKey[], readonly string[], readonly TrustKey[]]>([
  [
    "a move ends with what is signed for the other site, later than git's word",
    [at("A", 0, 1), at("B", 1, null)],
    ["A", "A", "A", "B"],
    [at("A", 0, 3), at("B", 3, null)],
  ],
  [
    "a box that has not moved yet still signs for the site that it is to leave",
    [at("A", 0, 1), at("B", 1, null)],
    ["A", "A"],
    [at("A", 0, null), at("B", 1, null)],
  ],
  [
    "a box that came back has two stays",
    [at("A", 0, 1), at("B", 1, 3), at("A", 3, null)],
    ["A", "A", "B", "B", "A"],
    [at("A", 0, 2), at("B", 2, 4), at("A", 4, null)],
  ],
  [
    "a key that was rotated out before ends where git says",
    [at("A", 0, 2, "old"), at("A", 2, 3, "new"), at("B", 3, null, "new")],
    ["A", "A", "A", "A", "B"],
    [at("A", 0, 2, "old"), at("A", 2, 4, "new"), at("B", 4, null, "new")],
  ],
  [
    "a box that stays is as git says",
    [at("A", 0, 2), at("A", 4, null)],
    ["A", "A", "A"],
    [at("A", 0, 2), at("A", 4, null)],
  ],
])("%s", async (_, keys, sites, expected) => {
  expect(await byPassages(keys, chainOf(...sites))).toEqual(expected);
});
