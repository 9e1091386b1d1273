import { encodeTrust, readEnvelope, type Verification, verifyBundles } from "@compline/core";
import { nodeEngine } from "../engine.ts";
import type { StoredAssignment } from "../store/assignments.ts";
import { IDS } from "./assignment.ts";
import { trustIn } from "./trust.ts";

/** What one appliance signed, to be verified as a whole. */
export interface OwnEvidence {
  readonly appliance: string;
  /** All keys it ever had, in hex. */
  readonly publicKeys: readonly string[];
  readonly envelopes: readonly Uint8Array[];
  readonly assignments: readonly StoredAssignment[];
}

/** Verifies it as a kit. */
export async function verifyAsKit(evidence: OwnEvidence): Promise<Verification> {
  const { appliance, publicKeys, envelopes, assignments } = evidence;
  const trust = encodeTrust(trustIn(appliance, publicKeys));
  const files = [
    ...assignments.map(({ digest, bytes }) => ({ path: `assignments/${digest}.json`, bytes })),
    ...envelopes.map((bytes) => ({ path: pathOf(bytes), bytes })),
  ];
  return verifyBundles({ files, trust, engine: nodeEngine, mode: "kit" });
}

function pathOf(bytes: Uint8Array): string {
  const read = readEnvelope(bytes);
  if (!read.ok) throw new Error(read.message);
  const { id, epoch, seq } = read.statement.predicate.chain;
  return `envelopes/${IDS.site}/${id}/${epoch}-${seq}.dsse.json`;
}
