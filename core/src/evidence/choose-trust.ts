import type { Findings } from "./finding.ts";
import type { EvidenceFile } from "./kit-files.ts";
import type { Digest } from "./statement.ts";
import { addedTrust, type ReadTrust, readTrust } from "./trust.ts";
import type { VerifyInput } from "./verify.ts";

/** The trust file that judges, and where it came from. */
export interface ChosenTrust {
  /** Null when there is none that can be used. */
  readonly read: ReadTrust | null;
  readonly fingerprint: Digest | null;
  readonly source: "given" | "kit" | "none";
  /** Sites that the evidence itself says it covers; null when it does not say. */
  readonly scope: readonly string[] | null;
}

/** Takes the given trust file, else the one among the evidence; the two are compared when there are both. */
export function chooseTrust(
  file: EvidenceFile | null,
  input: Pick<VerifyInput, "trust" | "sha256">,
  findings: Findings,
): ChosenTrust {
  const kit = file === null ? null : readKitTrust(file, input, findings);
  const scope = kit?.read?.trust.sites ?? null;
  if (input.trust === null) return trustOfKit(kit, findings);
  const given = readTrust(input.trust, input.sha256);
  if (!given.ok) findings.add("TRUST_FILE", null, `the trust file that was given: ${given.message}`);
  const read = given.ok ? given : null;
  if (read !== null && kit !== null && kit.read !== null) compareTrust(kit.read, read, kit.path, findings);
  return { read, fingerprint: given.fingerprint, source: "given", scope };
}

interface KitTrust {
  readonly path: string;
  readonly read: ReadTrust | null;
  readonly fingerprint: Digest;
}

function readKitTrust(
  { path, bytes }: EvidenceFile,
  { sha256 }: Pick<VerifyInput, "sha256">,
  findings: Findings,
): KitTrust {
  const read = readTrust(bytes, sha256);
  if (!read.ok) findings.add("TRUST_FILE", path, read.message);
  return { path, read: read.ok ? read : null, fingerprint: read.fingerprint };
}

function trustOfKit(kit: KitTrust | null, findings: Findings): ChosenTrust {
  if (kit === null) {
    findings.add("TRUST_FILE", "trust.json", "there is no trust file, so no key can be trusted");
    return { read: null, fingerprint: null, source: "none", scope: null };
  }
  findings.add(
    "TRUST_FROM_KIT",
    null,
    "the trust file came with the evidence; compare its fingerprint with one from elsewhere",
  );
  return {
    read: kit.read,
    fingerprint: kit.fingerprint,
    source: "kit",
    scope: kit.read?.trust.sites ?? null,
  };
}

function compareTrust(kit: ReadTrust, given: ReadTrust, path: string, findings: Findings): void {
  const added = addedTrust(kit.trust, given.trust);
  for (const thing of added)
    findings.add("TRUST_SWAPPED", path, `trusts ${thing}, the given trust file does not`);
  if (added.length === 0 && kit.fingerprint !== given.fingerprint) {
    findings.add(
      "TRUST_DIFFERS",
      path,
      `its fingerprint is ${kit.fingerprint}, of the given one ${given.fingerprint}`,
    );
  }
}
