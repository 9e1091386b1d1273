import { sha256 } from "@noble/hashes/sha2.js";
import { hexToBytes } from "@noble/hashes/utils.js";

/** The compact form of a target that one hash in about 256 meets. */
const BITS = 0x2000ffff;

/** Any header of {@link mineHeader} has this little work; for tests only. */
export const easiestLimit = (): bigint => 0xffffn << 232n;

/** A block header with work that takes a moment to find. Hashes in display order. */
export function mineHeader(previous: string, merkleRoot: Uint8Array, timeS: number): Uint8Array {
  const header = new Uint8Array(80);
  const view = new DataView(header.buffer);
  view.setUint32(0, 2, true);
  header.set(hexToBytes(previous).toReversed(), 4);
  header.set(merkleRoot, 36);
  view.setUint32(68, timeS, true);
  view.setUint32(72, BITS, true);
  for (let nonce = 0; ; nonce++) {
    view.setUint32(76, nonce, true);
    // The highest byte is the last one: zero is below 0x00ffff….
    if (sha256(sha256(header))[31] === 0) return header;
  }
}
