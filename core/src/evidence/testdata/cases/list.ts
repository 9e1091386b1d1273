import { sha256Hex } from "../../digest.ts";
import { chooseSample } from "../../sample.ts";
import { MANIFEST_PATH } from "../../kit-files.ts";
import { steps, type Tamper } from "../forgeries.ts";
import { listed, put } from "../listed.ts";
import { timeAt } from "../statements.ts";
import { type ForgedCase, type HonestCase, NOWHERE } from "./case.ts";

/** A list that names one file more. */
const listedAlso = (path: string): Tamper =>
  listed((manifest) => ({ ...manifest, files: [...manifest.files, { path, sha256: NOWHERE }] }));

/** A sample of three by a seed, and what a forger makes of it. */
const sampled =
  (bend: (chosen: readonly string[]) => readonly string[]): Tamper =>
  async (kit) => {
    const own = [...kit.digests].map(([place, digest]) => ({ path: kit.path(place), digest }));
    const sample = bend(chooseSample(own, { count: 3, seed: "2026 audit" }, sha256Hex));
    await listed((manifest) => ({ ...manifest, sample, seed: "2026 audit" }))(kit);
  };

/** Kits that are not what their own list says. */
export const listCases: readonly ForgedCase[] = [
  [
    "a changed file",
    ["CHANGED_FILE verify.html"],
    { tamper: steps(listedAlso("verify.html"), put("verify.html", 1)) },
  ],
  ["a missing file", ["MISSING_FILE verify.html"], { tamper: listedAlso("verify.html") }],
  ["a file that was added", ["UNLISTED_FILE notes.txt"], { tamper: steps(listed(), put("notes.txt", 1)) }],
  [
    "another partner",
    ["WRONG_SITE kit.json"],
    { tamper: listed((manifest) => ({ ...manifest, partner: manifest.site })) },
  ],
  [
    "another site",
    ["WRONG_SITE kit.json"],
    { tamper: listed((manifest) => ({ ...manifest, site: manifest.partner })) },
  ],
  [
    "a period that goes on",
    ["CHAIN_ENDS_EARLY 1-1"],
    { tamper: listed((manifest) => ({ ...manifest, to: timeAt(12 + 241) })) },
  ],
  [
    "another number of bundles",
    ["WRONG_SAMPLE kit.json"],
    { tamper: listed((manifest) => ({ ...manifest, population: manifest.population - 1 })) },
  ],
  [
    "a sample that the seed does not give",
    ["WRONG_SAMPLE kit.json"],
    { tamper: sampled((chosen) => chosen.toReversed()) },
  ],
  [
    "a sample without a seed",
    ["WRONG_SAMPLE kit.json"],
    { tamper: listed((manifest) => ({ ...manifest, sample: ["trust.json"] })) },
  ],
  ["no list", ["NOT_JSON kit.json"], { tamper: put(MANIFEST_PATH) }],
  ["a list with something else", ["SCHEMA kit.json"], { tamper: put(MANIFEST_PATH, 0x7b, 0x7d) }],
  [
    "a list with half a character",
    ["NOT_CANONICAL kit.json"],
    {
      tamper: steps(listed(), ({ files }) => {
        const text = new TextDecoder().decode(files.get(MANIFEST_PATH));
        files.set(MANIFEST_PATH, new TextEncoder().encode(text.replace(/("site":")[^"]*("})/, "$1\\ud800$2")));
      }),
    },
  ],
  [
    "a list in another form",
    ["NOT_CANONICAL kit.json"],
    {
      tamper: steps(listed(), ({ files }) =>
        void files.set(MANIFEST_PATH, Uint8Array.from([...(files.get(MANIFEST_PATH) ?? []), 10])),
      ),
    },
  ],
];

/** Lists with which nothing is wrong. */
export const honestLists: readonly HonestCase[] = [
  ["a kit with its list", [], { tamper: listed() }],
  ["a sample by a seed", [], { tamper: sampled((chosen) => chosen) }],
  [
    "a chain that ends two heartbeats before the period",
    [],
    { tamper: listed((manifest) => ({ ...manifest, to: timeAt(12 + 240) })) },
  ],
  [
    "a box that git dropped before the period ends",
    [],
    {
      forgery: {
        trust: (trust) => ({ ...trust, keys: trust.keys.map((key) => ({ ...key, to: 99 })) }),
      },
      tamper: listed((manifest) => ({ ...manifest, to: timeAt(12 + 241) })),
    },
  ],
];
