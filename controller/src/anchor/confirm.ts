import { type Attested, attestedMessages, judgeBlocks, type PowLimit, type Timestamp } from "@compline/core";
import type { AnchorConfirmation } from "../store/contract.ts";
import type { HeaderSource } from "./headers.ts";

/** What a confirmation is made with. */
export interface ConfirmPorts {
  readonly headers: HeaderSource;
  /** Only tests give another than the main chain's. */
  readonly limit?: PowLimit;
}

/** A calendar may name any number of blocks. */
const mostBlocks = 16;

type Found = Omit<AnchorConfirmation, "confirmedAt">;

/**
 * The earliest block of those a timestamp names whose header has its message and the work of its time; null when no
 * header does. Throws HEADER_UNAVAILABLE.
 */
export async function confirmTimestamp(timestamp: Timestamp, ports: ConfirmPorts): Promise<Found | null> {
  const earliest = attestedMessages(timestamp).toSorted((a, b) => heightOf(a) - heightOf(b));
  for (const one of earliest.slice(0, mostBlocks)) {
    const found = await confirmOne(one, ports);
    if (found !== null) return found;
  }
  return null;
}

async function confirmOne(
  { attestation, message }: Attested,
  { headers, limit }: ConfirmPorts,
): Promise<Found | null> {
  if (attestation.kind !== "bitcoin") return null;
  const { height } = attestation;
  const header = await headers.header(height, message);
  if (header === null) return null;
  const given = { headers: [header], pins: [], ...(limit === undefined ? {} : { limit }) };
  const judged = judgeBlocks({ message, attestations: [attestation], branches: [] }, given);
  return judged.some(({ standing }) => standing === "matches") ? { by: headers.by, height, header } : null;
}

function heightOf({ attestation }: Attested): number {
  return attestation.kind === "bitcoin" ? attestation.height : Number.POSITIVE_INFINITY;
}
