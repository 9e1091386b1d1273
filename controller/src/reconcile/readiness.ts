import type { Clock } from "../clock.ts";
import { messageOf } from "../errors.ts";
import type { Mirror } from "../source/mirror.ts";
import type { Store } from "../store/contract.ts";
import type { World } from "./reconciler.ts";

/** Why a controller is not ready to serve: a stable code, and a sentence for people. */
export interface NotReady {
  readonly code: "NO_TREE_ACCEPTED" | "STORE_NOT_WRITABLE" | "MIRROR_UNREADABLE";
  readonly message: string;
}

/** What readiness is judged by. */
export interface ReadinessPorts {
  readonly store: Pick<Store, "checkWritable">;
  readonly mirrors: readonly Pick<Mirror, "address" | "has">[];
  readonly world: () => Pick<World, "sources"> | null;
  readonly clock: Clock;
}

/** Judging writes to the disk and starts git: whoever asks more often gets the same answer. */
const goodForMs = 1000;

/** Whether the controller can do its work: a first tree accepted, the store writable, the mirrors readable. */
export class Readiness {
  readonly #ports: ReadinessPorts;
  #askedAtMs = 0;
  #answer: Promise<readonly NotReady[]> | null = null;

  constructor(ports: ReadinessPorts) {
    this.#ports = ports;
  }

  /** Every reason there is; none when it is ready. The answer is at most a second old. */
  async reasons(): Promise<readonly NotReady[]> {
    const nowMs = this.#ports.clock();
    // The distance both ways: a clock that was set back must not keep an old answer.
    if (this.#answer === null || Math.abs(nowMs - this.#askedAtMs) >= goodForMs) {
      this.#askedAtMs = nowMs;
      this.#answer = this.#judge();
    }
    return await this.#answer;
  }

  async #judge(): Promise<readonly NotReady[]> {
    const judged = await Promise.all([
      this.#tree(),
      this.#store(),
      ...this.#ports.mirrors.map((m) => this.#mirror(m)),
    ]);
    return judged.flatMap((reason) => reason ?? []);
  }

  async #tree(): Promise<NotReady | null> {
    const accepted = this.#ports.world()?.sources.some(({ revision }) => revision !== null) ?? false;
    if (accepted) return null;
    return { code: "NO_TREE_ACCEPTED", message: "No revision of any source was accepted yet." };
  }

  async #store(): Promise<NotReady | null> {
    try {
      await this.#ports.store.checkWritable();
      return null;
    } catch (error) {
      return { code: "STORE_NOT_WRITABLE", message: messageOf(error) };
    }
  }

  /** A source without an accepted revision has nothing that must be readable. */
  async #mirror(mirror: ReadinessPorts["mirrors"][number]): Promise<NotReady | null> {
    const { name } = mirror.address;
    const revision = this.#ports.world()?.sources.find((source) => source.name === name)?.revision ?? null;
    if (revision === null || (await mirror.has(revision))) return null;
    return {
      code: "MIRROR_UNREADABLE",
      message: `The accepted revision of source ${name} cannot be read from its mirror.`,
    };
  }
}
