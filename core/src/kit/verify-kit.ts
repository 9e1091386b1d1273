import { createFindings } from "../evidence/finding.ts";
import { type Verification, verifyBundles, type VerifyInput } from "../evidence/verify.ts";
import type { GivenKit } from "./compare-kits.ts";
import { readZip } from "./read-zip.ts";

type By = Omit<VerifyInput, "files" | "mode">;

/**
 * Verifies a kit from the bytes of its ZIP. A ZIP in any other form than the one is refused before anything in it is
 * looked at: what two programs could read as two kits is no evidence.
 */
export async function verifyKit(zip: Uint8Array, by: By): Promise<Verification> {
  return (await openKit(zip, by)).verification;
}

/** Verifies a kit, and gives its files out to be compared with those of another; none of a ZIP that is refused. */
export async function openKit(zip: Uint8Array, by: By): Promise<GivenKit> {
  const read = readZip(zip);
  if (read.ok) {
    const { files } = read;
    return { files, verification: await verifyBundles({ ...by, files, mode: "kit" }) };
  }
  const findings = createFindings();
  findings.add(read.code, read.file, read.message);
  return { files: [], verification: refused(findings.ofLevel("fail")) };
}

function refused(failures: Verification["failures"]): Verification {
  return {
    outcome: "failed",
    trust: { fingerprint: null, source: "none" },
    checked: {
      files: [],
      envelopes: 0,
      bundles: 0,
      links: 0,
      states: 0,
      heals: 0,
      exceptions: 0,
      attachments: 0,
      assignments: 0,
      policy: null,
      chains: [],
      log: null,
      anchors: [],
      kit: null,
    },
    failures,
    unchecked: [],
    notes: [],
  };
}
