import { sign } from "node:crypto";
import {
  buildObservation,
  buildGraph,
  deriveAssignment,
  encodeAssignment,
  type Graph,
  keyidOf,
  loadTree,
  type ObservationResult,
  sealStatement,
} from "@compline/core";
import type { Assignment } from "@compline/schemas";
import { nodeSha256 } from "../crypto.ts";
import { type Box, boxOf, wideTree } from "./wide-tree.ts";

/** One appliance's chain, as it would be exported, from its first bundle on. */
export interface Chain {
  readonly box: Box;
  readonly assignment: { readonly digest: string; readonly bytes: Uint8Array; readonly generation: number };
  readonly envelopes: readonly Uint8Array[];
}

/** What all chains name as their revision. */
export const chainRevision: string = "a".repeat(40);

const startMs = Date.UTC(2026, 10, 1);
const minuteMs = 60_000;
const changedInBundle = 4;

/** Checks of a chain's assignment, on ten hosts: a figure that grew with the library could be compared with no other. */
const checksOfChain = 10;

/**
 * Valid chains of the boxes of a wide tree: a snapshot of all pairs (100), then a bundle a minute in which a few verdicts
 * changed.
 */
export async function makeChains(boxes: number, length: number): Promise<readonly Chain[]> {
  const files = Object.entries(await wideTree({ sites: boxes, copies: 0 }));
  const { documents } = loadTree(files.map(([path, text]) => ({ path, text })));
  const kept = Object.keys(assignmentOf(buildGraph(documents).graph, 0).checks).slice(0, checksOfChain);
  const few = documents.filter(({ kind, name }) => kind !== "Check" || kept.includes(name));
  const { graph } = buildGraph(few);
  const chains: Chain[] = [];
  for (let n = 0; n < boxes; n++) chains.push(await makeChain(boxOf(n), assignmentOf(graph, n), length));
  return chains;
}

function assignmentOf(graph: Graph, n: number): Assignment {
  const target = { partner: "wide", site: `site-${n}`, appliance: "box" };
  const assignment = deriveAssignment(graph, target, {
    generation: 1,
    revision: chainRevision,
    issuedAt: instant(-1),
    healUntil: instant(100_000),
  });
  if (assignment === null) throw new Error("unreachable: every box of the tree is enrolled");
  return assignment;
}

async function makeChain(box: Box, assignment: Assignment, length: number): Promise<Chain> {
  const bytes = encodeAssignment(assignment);
  const { generation } = assignment;
  const writer = createWriter(box, assignment, nodeSha256(bytes));
  const envelopes: Uint8Array[] = [];
  for (let seq = 0; seq < length; seq++) envelopes.push(await writer(seq));
  return { box, assignment: { digest: nodeSha256(bytes), bytes, generation }, envelopes };
}

function createWriter(box: Box, { pairs }: Assignment, assignment: string): (seq: number) => Promise<Uint8Array> {
  const signer = {
    keyid: keyidOf(box.publicKey),
    sign: async (message: Uint8Array) => new Uint8Array(sign(null, message, box.privateKey)),
  };
  const rows = pairs.map((_, index) => rowAt(pairs, index, 0));
  let prev: string | null = null;
  return async (seq) => {
    const first = (seq * changedInBundle) % pairs.length;
    const changed = seq === 0 ? rows : pairs.slice(first, first + changedInBundle).map((_, at) => rowAt(pairs, first + at, seq));
    changed.forEach((row, at) => (rows[seq === 0 ? at : first + at] = row));
    const statement = buildObservation(
      {
        kind: seq === 0 ? "snapshot" : "delta",
        site: box.site,
        chain: { id: box.id, epoch: 0, seq, prev },
        policy: { revision: chainRevision, assignment },
        window: { start: instant(seq), end: instant(seq + 1) },
        results: changed.toSorted((a, b) => (`${a.host} ${a.check}` < `${b.host} ${b.check}` ? -1 : 1)),
        stateAfter: rows,
        ran: pairs.length,
        oldestAt: instant(seq),
        ...unchanging,
      },
      nodeSha256,
    );
    const sealed = await sealStatement(statement, signer, nodeSha256);
    prev = sealed.digest;
    return sealed.bytes;
  };
}

const unchanging = {
  software: { name: "compline-agent", version: "0.1.0", digest: "0".repeat(64) },
  clock: { source: "ntp", offsetMs: 1, uncertaintyMs: 2, lastSyncAt: null, bootId: "boot", monotonicMs: 1 },
  seen: { checkpoint: null, block: null },
  heals: [],
  parts: null,
  attachments: [],
  scrubber: { version: "0", digest: "0".repeat(64) },
} as const;

function rowAt(pairs: Assignment["pairs"], index: number, seq: number): ObservationResult {
  const [host = "", check = ""] = pairs[index] ?? [];
  const verdict = (seq + index) % 2 === 0 ? "pass" : "fail";
  const observed = { permitted: verdict === "pass", found: seq, matchBlocksAllowing: index };
  return { host, check, verdict, reason: null, observed, since: instant(seq + 1), exception: null };
}

function instant(minute: number): string {
  return new Date(startMs + minute * minuteMs).toISOString();
}
