import type { Clock } from "../../clock.ts";

/** A request is believed for 5 minutes after its time, which may itself be 5 minutes ahead. */
const keptMs = 600_000;
const most = 200_000;

/** The nonces of the last 10 minutes, so that a request is not done twice. Memory is bounded: about 40 MB at most. */
export class UsedNonces {
  readonly #clock: Clock;
  /** When each may be forgotten; in the order they came. */
  readonly #until = new Map<string, number>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Remembers a nonce of a key. `used`: it was; `full`: it cannot be remembered now, so it must not be done. */
  use(keyid: string, nonce: string): "new" | "used" | "full" {
    this.#forgetOld();
    const name = `${keyid} ${nonce}`;
    if (this.#until.has(name)) return "used";
    if (this.#until.size >= most) return "full";
    this.#until.set(name, this.#clock() + keptMs);
    return "new";
  }

  #forgetOld(): void {
    const now = this.#clock();
    for (const [name, until] of this.#until) {
      if (until > now) return;
      this.#until.delete(name);
    }
  }
}
