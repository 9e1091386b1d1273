import { createHash } from "node:crypto";
import type { IngestItem } from "../contract.ts";

/** An item for tests: its bytes are `text`, its place is (chain, 0, seq). */
export function itemOf(seq: number, text: string, chain = "01J00000000000000000000001"): IngestItem {
  const bytes = new TextEncoder().encode(text);
  return {
    digest: createHash("sha256").update(bytes).digest("hex"),
    bytes,
    chain,
    epoch: 0,
    seq,
    site: "01J00000000000000000000002",
    keyid: "ab".repeat(32),
    receivedAt: "2026-11-23T10:00:00.000Z",
    log: null,
  };
}
