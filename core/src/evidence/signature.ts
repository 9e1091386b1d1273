/** One Ed25519 verification to do: raw 32-byte key, the signed bytes, the raw 64-byte signature. */
export interface SignatureItem {
  readonly publicKey: Uint8Array;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
}

/**
 * The Ed25519 port. Answers one boolean per item, in order; a malformed item is false, never an exception.
 * Make one with {@link createEngine}: it puts the checks of FORMAT.md section 1.3 before every engine, so that
 * all engines give one verdict.
 */
export interface SignatureEngine {
  verify(batch: readonly SignatureItem[]): Promise<readonly boolean[]>;
}

/** What an engine has to bring: RFC 8032 cofactorless verification of items that passed the pre-checks. */
export type RawVerify = (batch: readonly SignatureItem[]) => Promise<readonly boolean[]>;

/** Signs the exact bytes and answers the raw 64-byte Ed25519 signature. */
export type Sign = (message: Uint8Array) => Promise<Uint8Array>;

// Little-endian constants of the curve: the order L of the base point and the field prime p.
const ORDER = littleEndian(2n ** 252n + 27742317777372353535851937790883648493n);
const PRIME_VALUE = 2n ** 255n - 19n;
const PRIME = littleEndian(PRIME_VALUE);
const ORDER_8_Y = 0x05fc536d880238b13933c6d305acdfd5f098eff289f4c345b027b2c28f95e826n;
// The y coordinates of the eight points whose order divides 8; the sign of x does not matter.
const SMALL_ORDER_Y = [0n, 1n, PRIME_VALUE - 1n, ORDER_8_Y, PRIME_VALUE - ORDER_8_Y].map(littleEndian);

/** Wraps an engine so that lengths, canonical A and R, small order and S < L are judged before it is asked. */
export function createEngine(rawVerify: RawVerify): SignatureEngine {
  return {
    async verify(batch) {
      const admitted = batch.map(passesPreChecks);
      const asked = batch.filter((_, index) => admitted[index]);
      const verdicts = asked.length === 0 ? [] : await rawVerify(asked);
      let next = 0;
      return admitted.map((passed) => passed && verdicts[next++] === true);
    },
  };
}

/** The checks that come before any engine: lengths, A and R canonical and not of small order, S < L. */
export function passesPreChecks(item: SignatureItem): boolean {
  const { publicKey, signature } = item;
  if (publicKey.length !== 32 || signature.length !== 64) return false;
  return (
    isSoundPoint(publicKey) &&
    isSoundPoint(signature.subarray(0, 32)) &&
    isBelow(signature.subarray(32), ORDER)
  );
}

/** True for a 32-byte encoding with y < p that is none of the points of small order. */
export function isSoundPoint(encoded: Uint8Array): boolean {
  const y = new Uint8Array(encoded);
  y[31] = (y[31] ?? 0) & 0x7f;
  return isBelow(y, PRIME) && !SMALL_ORDER_Y.some((known) => sameBytes(known, y));
}

/** Compares two byte sequences; not constant time, for public values only. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

function isBelow(value: Uint8Array, limit: Uint8Array): boolean {
  for (let i = 31; i >= 0; i--) {
    const difference = (value[i] ?? 0) - (limit[i] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}

function littleEndian(value: bigint): Uint8Array {
  return Uint8Array.from({ length: 32 }, (_, index) => Number((value >> BigInt(8 * index)) & 255n));
}
