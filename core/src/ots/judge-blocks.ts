import { bytesToHex } from "@noble/hashes/utils.js";
import type { Digest } from "../evidence/statement.ts";
import { type BlockHeader, hasWork, type PowLimit, readBlockHeader } from "./block-header.ts";
import { mainnetLimit } from "./mainnet-limit.ts";
import { attestedMessages, type Timestamp } from "./timestamp.ts";

/** A block that the reader knows from elsewhere to be in the main chain. */
export interface BlockPin {
  readonly height: number;
  /** As block explorers show it. */
  readonly hash: Digest;
}

/**
 * What supplied headers say of one attestation.
 * - `no_header`: none has the message as its Merkle root.
 * - `no_work`: one has, without the work of its time.
 * - `wrong_height`: a pin puts that header at another height than the one attested.
 * - `matches`: it has the work of its time. Nobody says that it is in the main chain: work of old times is cheap.
 * - `pinned`: it is pinned, or before a pinned one by the hashes that each header has of the one before.
 *
 * That one's own node has the block is for whoever asked that node to say; nothing here does.
 */
export type BlockStanding = "no_header" | "no_work" | "wrong_height" | "matches" | "pinned";

/** One attestation of a Bitcoin block, judged. */
export interface BlockJudgement {
  /** As attested; by a pin, too, when `pinned`. */
  readonly height: number;
  readonly standing: BlockStanding;
  /** The header that has the message; null when none has. Its time is good to two hours. */
  readonly header: Pick<BlockHeader, "hash" | "timeS"> | null;
}

/** What attestations are held against. */
export interface GivenBlocks {
  /** Of 80 bytes each; one that is no header matches nothing. */
  readonly headers: readonly Uint8Array[];
  readonly pins: readonly BlockPin[];
  /** Only tests give another than the main chain's. */
  readonly limit?: PowLimit;
}

/** Judges each Bitcoin attestation of a timestamp, in its order. Attestations of other kinds say nothing here. */
export function judgeBlocks(timestamp: Timestamp, { headers, pins, limit }: GivenBlocks): BlockJudgement[] {
  const blocks = headers.flatMap((bytes) => readBlockHeader(bytes) ?? []);
  const byRoot = Map.groupBy(blocks, ({ merkleRoot }) => bytesToHex(merkleRoot));
  const pinned = pinnedHeights(blocks, pins);
  return attestedMessages(timestamp).flatMap(({ attestation, message }) => {
    if (attestation.kind !== "bitcoin") return [];
    const { height } = attestation;
    const candidates = byRoot.get(bytesToHex(message)) ?? [];
    return [
      bestOf(
        candidates.map((header) => judge(header, { height, pinned, limit })),
        height,
      ),
    ];
  });
}

interface Claim {
  readonly height: number;
  readonly pinned: ReadonlyMap<Digest, number>;
  readonly limit: PowLimit | undefined;
}

function judge(header: BlockHeader, { height, pinned, limit = mainnetLimit }: Claim): BlockJudgement {
  const { hash, timeS } = header;
  const known = pinned.get(hash);
  let standing: BlockStanding = "matches";
  if (!hasWork(header, limit)) standing = "no_work";
  else if (known !== undefined) standing = known === height ? "pinned" : "wrong_height";
  return { height, standing, header: { hash, timeS } };
}

const worstFirst: readonly BlockStanding[] = ["no_work", "wrong_height", "matches", "pinned"];

/** Whoever adds a header of the same root to those supplied takes nothing away from the real one. */
function bestOf(all: readonly BlockJudgement[], height: number): BlockJudgement {
  const rank = ({ standing }: BlockJudgement): number => worstFirst.indexOf(standing);
  return all.toSorted((a, b) => rank(b) - rank(a))[0] ?? { height, standing: "no_header", header: null };
}

/**
 * Heights of the headers that pins vouch for. A pinned hash vouches for all blocks before it; not for one that comes
 * after it, which anybody could have made with the work of an old pin's time.
 */
function pinnedHeights(
  blocks: readonly BlockHeader[],
  pins: readonly BlockPin[],
): ReadonlyMap<Digest, number> {
  const byHash = new Map(blocks.map((header) => [header.hash, header]));
  const heights = new Map<Digest, number>();
  // The lowest first: a walk ends where one before it began, so that each header is visited once.
  for (const pin of pins.toSorted((a, b) => a.height - b.height)) {
    let [header, height] = [byHash.get(pin.hash), pin.height];
    while (header !== undefined && !heights.has(header.hash)) {
      heights.set(header.hash, height);
      [header, height] = [byHash.get(header.previous), height - 1];
    }
  }
  return heights;
}
