import { concatBytes, hexToBytes } from "@noble/hashes/utils.js";
import { readBlockHeader } from "../../ots/block-header.ts";
import { mineHeader } from "../../ots/testdata/mine.ts";
import { encodeOts } from "../../ots/timestamp.ts";
import { HEADERS_PATH, timestampPath } from "../kit-files.ts";
import { encodeTrust, type TrustFile } from "../trust.ts";
import type { Tamper } from "./forgeries.ts";
import { leavesOf, rootOf } from "./logged.ts";

/** When the block of the tests was made, in seconds. */
export const BLOCK_TIME = 1_795_000_000;

/** How an anchor of a whole log in block 100 differs from an honest one. */
export interface AnchorForgery {
  /** The size that its name says. */
  readonly size?: number;
  /** What it is a timestamp of. */
  readonly of?: string;
  readonly heights?: readonly number[];
  /** Bytes after its end. */
  readonly after?: readonly number[];
  /** Null for none. */
  readonly headers?: Uint8Array | null;
  /** Null for the block itself. */
  readonly pins?: readonly { readonly height: number; readonly hash: string }[];
  readonly powLimit?: string;
}

/** Anchors the log of a kit in a block of easy work, which the kit's trust file pins. */
export function anchored(bend: AnchorForgery = {}): Tamper {
  return (kit) => {
    const leaves = leavesOf(kit);
    const root = rootOf(leaves);
    const header = mineHeader("00".repeat(32), hexToBytes(root), BLOCK_TIME);
    const hash = readBlockHeader(header)?.hash ?? "";
    const timestamp = timestampOf(bend.of ?? root, bend.heights ?? [100]);
    kit.files.set(
      timestampPath(bend.size ?? leaves.length),
      concatBytes(timestamp, Uint8Array.from(bend.after ?? [])),
    );
    if (bend.headers !== null) kit.files.set(HEADERS_PATH, bend.headers ?? header);
    const bitcoin: TrustFile["bitcoin"] = {
      powLimit: bend.powLimit ?? null,
      pins: bend.pins ?? [{ height: 100, hash }],
    };
    kit.trust = { ...kit.trust, bitcoin };
    kit.files.set("trust.json", encodeTrust(kit.trust));
  };
}

/** A timestamp whose message is attested itself, without any operation; pending without a height. */
function timestampOf(message: string, heights: readonly number[]): Uint8Array {
  const blocks = heights.map((height) => ({ kind: "bitcoin" as const, height }));
  const pending = [{ kind: "pending" as const, uri: "https://calendar.example" }];
  return encodeOts({
    message: hexToBytes(message),
    attestations: blocks.length === 0 ? pending : blocks,
    branches: [],
  });
}
