import type { VerifyInput, Verification } from "../../verify.ts";
import { encodeTrust, type TrustFile } from "../../trust.ts";
import type { Tamper } from "../forgeries.ts";
import { type Forgery, makeKit, type TestKit } from "../generator.ts";
import { observe, type Step } from "../statements.ts";

/** What is done to an honest export, and what it is verified against. */
export interface Case {
  /** What the appliance signs. */
  readonly forgery?: Forgery;
  /** What happens to the files afterwards. */
  readonly tamper?: Tamper;
  readonly input?: Partial<VerifyInput>;
  /** The trust file from another source; without it the one among the files is taken. */
  readonly given?: (kit: TestKit) => TrustFile;
}

/** A case with the findings of level fail and incomplete that it must give: `CODE place`, all of them and no other. */
export type ForgedCase = readonly [name: string, findings: readonly string[], forged: Case];

/** A case that must give no such finding. */
export type HonestCase = readonly [name: string, honest: Case];

export const SEED = 20261123;

/** A digest of nothing. */
export const NOWHERE: string = "0".repeat(64);

/** A snapshot that is right wherever it stands after `0-8`. */
export const SNAPSHOT: Step["make"] = observe("snapshot", 1, [
  ["ca", "fail"],
  ["cb", "pass"],
  ["cc", "error"],
  ["cd", "fail"],
]);

/** The files of a case, and the bytes of the trust file that is given beside them. */
export async function makeCase({
  forgery,
  tamper,
  input,
  given,
}: Case): Promise<{ readonly kit: TestKit; readonly trust: Uint8Array | null }> {
  const kit = await makeKit(SEED, forgery);
  await tamper?.(kit);
  return { kit, trust: given === undefined ? (input?.trust ?? null) : encodeTrust(given(kit)) };
}

/** Findings of level fail and incomplete with the place they are found at, as `CODE 0-2`. */
export function weighty(kit: TestKit, { failures, unchecked }: Verification): string[] {
  const incomplete = unchecked.filter(({ level }) => level === "incomplete");
  return [...failures, ...incomplete].map(({ code, file }) => `${code} ${shortName(kit, file)}`).toSorted();
}

function shortName(kit: TestKit, file: string | null): string {
  return (file ?? "-")
    .replace(/^(envelopes\/below\/)envelopes.*/, "$1P")
    .replace(/^envelopes\/[0-9A-Z]{26}\/[0-9A-Z]{26}\//, "")
    .replace(".dsse.json", "")
    .replace(/[0-9a-f]{64}/, (digest) => nameOfAssignment(kit, digest));
}

function nameOfAssignment(kit: TestKit, digest: string): string {
  const index = kit.trust.assignments.findIndex((assignment) => assignment.digest === digest);
  return index === -1 ? "?" : `A${index}`;
}
