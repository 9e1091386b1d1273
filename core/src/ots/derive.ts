import { concatBytes } from "@noble/hashes/utils.js";
import { proofSides } from "../log/proof.ts";
import { TAGS } from "./operation.ts";
import { otsHead } from "./timestamp.ts";

/** A bundle's place in a log, and the proof of it (see `log/proof.ts`), which holds: it is not verified here. */
export interface LoggedDigest {
  /** 32 bytes: the bundle's digest, which is the leaf's data. */
  readonly digest: Uint8Array;
  readonly index: number;
  /** Leaves of the tree whose root is stamped. */
  readonly size: number;
  readonly proof: readonly Uint8Array[];
}

/** The operations of one step of RFC 6962, around the sibling's 32 bytes; written out, for a log has many bundles. */
const sha256 = Uint8Array.of(TAGS.sha256);
const leafStep = Uint8Array.of(TAGS.prepend, 1, 0x00, TAGS.sha256);
const prependSibling = Uint8Array.of(TAGS.prepend, 33, 0x01);
const appendSibling = Uint8Array.of(TAGS.append, 32);
const nodeStep = Uint8Array.of(TAGS.prepend, 1, 0x01, TAGS.sha256);

/**
 * The `.ots` file of a bundle: the way from its digest through the log's tree to the stamped root, then what is known
 * of the root (the bytes of `encodeTimestamp`). So any OpenTimestamps client can verify a single bundle.
 */
export function deriveOts({ digest, index, size, proof }: LoggedDigest, ofRoot: Uint8Array): Uint8Array {
  const sides = proofSides(index, size);
  if (sides.length !== proof.length) throw new Error("unreachable: the proof is of this place");
  const steps = proof.flatMap((sibling, at) =>
    sides[at] === true ? [prependSibling, sibling, sha256] : [appendSibling, sibling, nodeStep],
  );
  return concatBytes(otsHead(digest), leafStep, ...steps, ofRoot);
}
