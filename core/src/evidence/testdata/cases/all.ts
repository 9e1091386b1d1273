import { anchorCases, honestAnchors } from "./anchors.ts";
import { attachmentCases, honestAttachments } from "./attachments.ts";
import { authorityCases, honestAuthority } from "./authority.ts";
import { besideCases, honestBeside } from "./beside.ts";
import { chainCases } from "./chain.ts";
import type { Case, ForgedCase, HonestCase } from "./case.ts";
import { contentCases } from "./content.ts";
import { exceptionCases, honestExceptions } from "./exceptions.ts";
import { formCases } from "./form.ts";
import { healsCases, honestApprovals } from "./heals.ts";
import { honestCases } from "./honest.ts";
import { keysCases } from "./keys.ts";
import { honestLists, listCases } from "./list.ts";
import { honestLogs, logCases } from "./log.ts";
import { honestMoves, movedCases } from "./moved.ts";
import { honestPolicyCases, policyCases } from "./policy.ts";
import { setCases } from "./set.ts";
import { zipCases } from "./zip.ts";

/** Forged cases by what is wrong; a new group is added here, and every part of the product is held to it. */
export const FORGED: Readonly<Record<string, readonly ForgedCase[]>> = {
  form: formCases,
  keys: keysCases,
  chain: chainCases,
  content: contentCases,
  heal: healsCases,
  exception: exceptionCases,
  set: setCases,
  authority: authorityCases,
  log: logCases,
  anchor: anchorCases,
  list: listCases,
  zip: zipCases,
  beside: besideCases,
  policy: policyCases,
  moved: movedCases,
  attachment: attachmentCases,
};

/** Cases that nothing is wrong with. */
export const HONEST: readonly HonestCase[] = [
  ["an export as it comes", [], {}],
  ...honestCases,
  ...honestApprovals,
  ...honestExceptions,
  ...honestAuthority,
  ...honestLogs,
  ...honestAnchors,
  ...honestLists,
  ...honestBeside,
  ...honestPolicyCases,
  ...honestMoves,
  ...honestAttachments,
];

/** A case under a name that is a folder's. */
export interface NamedCase {
  readonly folder: string;
  readonly name: string;
  /** Codes of level fail and incomplete, sorted; a code stands as often as it is found. */
  readonly codes: readonly string[];
  readonly made: Case;
}

/** Every case there is. */
export function allCases(): readonly NamedCase[] {
  const forged = Object.entries(FORGED).flatMap(([group, cases]) =>
    cases.map(([name, findings, made]) => named(group, name, findings, made)),
  );
  return [...forged, ...HONEST.map(([name, , made]) => named("honest", name, [], made))];
}

function named(group: string, name: string, findings: readonly string[], made: Case): NamedCase {
  const folder = `${group} ${name}`.toLowerCase().replace(/[^a-z0-9]+/g, "-");
  const codes = findings.map((finding) => finding.replace(/ .*/, "")).toSorted();
  return { folder, name: `${group}: ${name}`, codes, made };
}
