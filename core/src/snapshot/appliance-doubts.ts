import type { Instant } from "../evidence/statement.ts";
import type { ChainRecord } from "./chain-record.ts";
import type { ReceivedReport } from "./input.ts";

/**
 * What does not fit between an appliance's last word and what is kept here; an old backup, restored on either side,
 * is what it usually comes from. `ASSIGNMENT_UNKNOWN`: it works by an assignment that is not here.
 * `EVIDENCE_MISSING`: it says that bundles were accepted which are not here. `CHAIN_SET_BACK`: it says it has signed
 * less than is here, so what it signs next can fork its chain.
 */
export type ApplianceDoubt = "ASSIGNMENT_UNKNOWN" | "EVIDENCE_MISSING" | "CHAIN_SET_BACK";

/** A bundle is signed and reported within seconds after its window ends. */
const reportedWithinMs = 60_000;

interface Place {
  readonly epoch: number;
  readonly seq: number;
}

/** What a report, which nobody signed, says against the chain; empty when they fit or there is nothing to compare. */
export function chainDoubts(
  received: ReceivedReport | undefined,
  chain: ChainRecord | undefined,
): readonly ApplianceDoubt[] {
  if (received === undefined) return [];
  const kept = chain?.completeness?.to ?? null;
  if (isAfter(lastAccepted(received), kept)) return ["EVIDENCE_MISSING"];
  return chain !== undefined && isSetBack(received, chain) ? ["CHAIN_SET_BACK"] : [];
}

/** The newest place that no longer waits to be sent, as far as it lies in the epoch of the head. */
function lastAccepted({ report: { head, outbox } }: ReceivedReport): Place | null {
  if (head === null || head.seq < outbox) return null;
  return { epoch: head.epoch, seq: head.seq - outbox };
}

function isSetBack({ report, receivedAt }: ReceivedReport, { head, completeness }: ChainRecord): boolean {
  if (head === null || completeness === null) return false;
  // A report that was made before the newest bundle says nothing of it.
  if (receivedAt <= head.receivedAt || !isWellAfter(report.asOf, head.endedAt)) return false;
  if (isAfter(completeness.to, report.head)) return true;
  return report.head !== null && !isAfter(report.head, completeness.to) && report.head.digest !== head.digest;
}

function isWellAfter(a: Instant, b: Instant): boolean {
  return Date.parse(a) - Date.parse(b) > reportedWithinMs;
}

/** Nothing is before every place. */
function isAfter(a: Place | null, b: Place | null): boolean {
  if (a === null || b === null) return a !== null;
  return a.epoch > b.epoch || (a.epoch === b.epoch && a.seq > b.seq);
}
