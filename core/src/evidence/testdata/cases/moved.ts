import type { TrustFile } from "../../trust.ts";
import { edit, remove, set, steps } from "../forgeries.ts";
import { logged } from "../logged.ts";
import type { Forgery } from "../generator.ts";
import { type ForgedCase, type HonestCase } from "./case.ts";

/** What the appliance signed before it moved, and where that was. */
const BEFORE = ["0-0", "0-1", "0-2", "0-3", "0-4", "0-5"];
const ELSEWHERE = "01J0000000000000000000EAST";

/** The site's trust file gives it the appliance's keys from the leaf of a place on. */
function since(from: number): (trust: TrustFile) => TrustFile {
  return (trust) => ({ ...trust, keys: trust.keys.map((key) => ({ ...key, from })) });
}

/** The appliance signed for another site first, by an assignment of that site. */
const movedHere: Forgery = {
  edit: Object.assign({}, ...BEFORE.map((place) => edit(place, set({ site: ELSEWHERE })).edit)),
  assignment: (assignment, index) => (index === 0 ? { ...assignment, site: ELSEWHERE } : assignment),
};

/** The trust file of both sites: the first key moved at a leaf. */
function moved(at: number): (trust: TrustFile) => TrustFile {
  return (trust) => ({
    ...trust,
    sites: [...trust.sites, ELSEWHERE],
    keys: trust.keys.flatMap((key, index) =>
      index === 0
        ? [
            { ...key, site: ELSEWHERE, to: at },
            { ...key, from: at },
          ]
        : [key],
    ),
    assignments: trust.assignments.map((entry, index) =>
      index === 0 ? { ...entry, site: ELSEWHERE } : entry,
    ),
  });
}

/** What the trust file of this site says of assignments. */
const only = (trust: TrustFile): TrustFile => ({ ...trust, assignments: trust.assignments.slice(1) });

/** Bundles left out of what a site had, with the excuse that they were made elsewhere. */
export const movedCases: readonly ForgedCase[] = [
  [
    "a beginning left out that the site's keys signed",
    ["CHAIN_STARTS_LATE 0-6"],
    { tamper: steps(logged({ trust: since(5) }), remove(...BEFORE)) },
  ],
  [
    "a beginning left out that no log has",
    ["CHAIN_STARTS_LATE 0-6"],
    { tamper: steps(logged({ leaves: (own) => own.slice(6) }), remove(...BEFORE)) },
  ],
  [
    "a beginning left out, with the trust file of both sites",
    ["CHAIN_STARTS_LATE 0-6"],
    { forgery: movedHere, tamper: steps(logged({ trust: moved(6) }), removeElsewhere) },
  ],
  [
    "a bundle for the site that the appliance had left",
    ["NOT_ENROLLED 0-5"],
    { forgery: movedHere, tamper: logged({ trust: moved(5) }) },
  ],
];

function removeElsewhere({ files }: { readonly files: Map<string, Uint8Array> }): void {
  for (const path of files.keys()) if (path.startsWith(`envelopes/${ELSEWHERE}/`)) files.delete(path);
}

/** Moves with which nothing is wrong. */
export const honestMoves: readonly HonestCase[] = [
  [
    "an appliance that was at another site before",
    [],
    { forgery: movedHere, tamper: steps(logged({ trust: since(6) }), removeElsewhere) },
  ],
  [
    "an appliance that was at another site before, with a trust file of both",
    ["TRUST_DIFFERS"],
    {
      forgery: { ...movedHere, trust: only },
      tamper: steps(logged({ trust: since(6) }), removeElsewhere),
      given: ({ trust }) => ({ ...moved(6)(trust), assignments: [] }),
    },
  ],
  ["an appliance that moved, with the evidence of both sites", [], { forgery: movedHere, tamper: logged({ trust: moved(6) }) }],
];
