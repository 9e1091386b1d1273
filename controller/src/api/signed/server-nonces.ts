import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { Clock } from "../../clock.ts";

const lifeMs = 300_000;
const timeBytes = 6;
const randomLength = 16;
const macLength = 16;

/**
 * Nonces that the server gives to a caller whose clock it does not believe. One that comes back signed shows that the
 * request was made after it was given, whatever the caller's clock says. Nothing is remembered: a nonce carries its
 * time, for one key, under a secret of this process; it is good for 5 minutes and not after a restart.
 */
export class ServerNonces {
  readonly #secret = randomBytes(32);
  readonly #clock: Clock;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A new one, for requests of this key. */
  give(keyid: string): string {
    const head = Buffer.alloc(timeBytes + randomLength);
    head.writeUIntBE(Math.max(0, this.#clock()), 0, timeBytes);
    randomBytes(randomLength).copy(head, timeBytes);
    return Buffer.concat([head, this.#macOf(head, keyid)]).toString("base64url");
  }

  /** Whether a nonce was given here for this key in the last 5 minutes. */
  isOurs(nonce: string, keyid: string): boolean {
    const bytes = Buffer.from(nonce, "base64url");
    if (bytes.length !== timeBytes + randomLength + macLength) return false;
    const head = bytes.subarray(0, timeBytes + randomLength);
    if (!timingSafeEqual(this.#macOf(head, keyid), bytes.subarray(head.length))) return false;
    const age = this.#clock() - head.readUIntBE(0, timeBytes);
    return age >= 0 && age <= lifeMs;
  }

  #macOf(head: Buffer, keyid: string): Buffer {
    return createHmac("sha256", this.#secret).update(keyid).update(head).digest().subarray(0, macLength);
  }
}
