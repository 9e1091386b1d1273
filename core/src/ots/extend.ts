import { sameBytes } from "../evidence/signature.ts";
import { mergeTimestamps, type Timestamp } from "./timestamp.ts";

/** A timestamp with what was learnt of one of its messages, wherever it has that message. */
export function extendTimestamp(timestamp: Timestamp, learnt: Timestamp): Timestamp {
  const branches = timestamp.branches.map((branch) => ({
    ...branch,
    timestamp: extendTimestamp(branch.timestamp, learnt),
  }));
  const extended = { ...timestamp, branches };
  return sameBytes(timestamp.message, learnt.message) ? mergeTimestamps(extended, learnt) : extended;
}
