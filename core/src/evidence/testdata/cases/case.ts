import type { PowLimit } from "../../../ots/block-header.ts";
import { encodeZip } from "../../../kit/encode-zip.ts";
import { encodeTrust, type TrustFile } from "../../trust.ts";
import type { Verification } from "../../verify.ts";
import type { Tamper } from "../forgeries.ts";
import { type Forgery, makeKit, type TestKit } from "../generator.ts";
import { observe, type Step } from "../statements.ts";

/** What is done to an honest export, and what it is verified against. */
export interface Case {
  /** What the appliance signs. */
  readonly forgery?: Forgery;
  /** What happens to the files afterwards. */
  readonly tamper?: Tamper;
  /** What happens to the one file that they are packed into: such a case is no folder. */
  readonly pack?: (zip: Uint8Array) => Uint8Array;
  /** The trust file from another source, or any bytes in its place; without it the one among the files is taken. */
  readonly given?: (kit: TestKit) => TrustFile | Uint8Array;
  /** Another kit that is given before this one; the findings are this one's. */
  readonly beside?: Pick<Case, "forgery" | "tamper">;
  /** How easy blocks may be. Only a test can say so, so no program can be asked about this case. */
  readonly powLimit?: PowLimit;
}

/** A case with the findings of level fail and incomplete that it must give: `CODE place`, all of them and no other. */
export type ForgedCase = readonly [name: string, findings: readonly string[], forged: Case];

/** A case that must give no such finding, and the codes of its notes. */
export type HonestCase = readonly [name: string, notes: readonly string[], honest: Case];

export { NOWHERE } from "../forgeries.ts";

export const SEED = 20261123;

/** A snapshot that is right wherever it stands after `0-8`. */
export const SNAPSHOT: Step["make"] = observe("snapshot", 1, [
  ["ca", "fail"],
  ["cb", "pass"],
  ["cc", "error"],
  ["cd", "fail"],
]);

/** A case as somebody is handed it. */
export interface MadeCase {
  readonly kit: TestKit;
  /** The files as the one file of a kit. */
  readonly zip: Uint8Array;
  /** The bytes of the trust file that is given beside it. */
  readonly trust: Uint8Array | null;
  /** The kit that is given before this one. */
  readonly beside: MadeCase | null;
}

/** Makes a case: the same bytes each time. */
export async function makeCase({ forgery, tamper, pack, given, beside }: Case): Promise<MadeCase> {
  const kit = await makeKit(SEED, forgery);
  await tamper?.(kit);
  const zip = encodeZip([...kit.files].map(([path, bytes]) => ({ path, bytes })));
  const trust = given?.(kit) ?? null;
  return {
    kit,
    zip: pack?.(zip) ?? zip,
    trust: trust === null || trust instanceof Uint8Array ? trust : encodeTrust(trust),
    beside: beside === undefined ? null : await makeCase(beside),
  };
}

/** Findings of level fail and incomplete with the place they are found at, as `CODE 0-2`; the authority's as `A0-2`. */
export function weighty(kit: TestKit, { failures, unchecked }: Verification): string[] {
  const incomplete = unchecked.filter(({ level }) => level === "incomplete");
  return [...failures, ...incomplete].map(({ code, file }) => `${code} ${shortName(kit, file)}`).toSorted();
}

function shortName(kit: TestKit, file: string | null): string {
  return (file ?? "-")
    .replace(/^(envelopes\/below\/)envelopes.*/, "$1P")
    .replace(/^envelopes\/([0-9A-Z]{26})\/\1\//, "A")
    .replace(/^envelopes\/[0-9A-Z]{26}\/[0-9A-Z]{26}\//, "")
    .replace(/(?:\.[0-9a-f]{16})?\.dsse\.json$/, "")
    .replace(/[0-9a-f]{64}/, (digest) => nameOfAssignment(kit, digest));
}

function nameOfAssignment(kit: TestKit, digest: string): string {
  const index = kit.trust.assignments.findIndex((assignment) => assignment.digest === digest);
  return index === -1 ? "?" : `A${index}`;
}
