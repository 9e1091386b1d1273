import { Worker } from "node:worker_threads";
import { ControllerError } from "../errors.ts";
import type { KitThreadAnswer, KitThreadInput } from "./kit-thread.ts";
import type { KitQuestion, SiteKit } from "./site-kit.ts";

/** Whoever makes a kit of a folder, off the thread that asks. */
export type MakeKitApart = (question: KitQuestion, signal: AbortSignal) => Promise<SiteKit>;

/** So many may be asked for at once; each is held in memory whole. */
const most = 4;

/**
 * Makes kits for the API: one at a time, each in a thread of its own, in the order of their asking. Throws KIT_BUSY when
 * too many wait, what making throws, and the signal's reason when whoever asked has gone.
 */
export class KitDesk {
  readonly #make: MakeKitApart;
  #waiting = 0;
  #last: Promise<unknown> = Promise.resolve();

  constructor(make: MakeKitApart) {
    this.#make = make;
  }

  /** Makes one, when it is its turn. */
  async make(question: KitQuestion, signal: AbortSignal): Promise<SiteKit> {
    if (this.#waiting >= most)
      throw new ControllerError("KIT_BUSY", `${most} kits are being made or wait; try again in a minute`);
    this.#waiting += 1;
    const before = this.#last;
    const made = before.then(async () => {
      signal.throwIfAborted();
      return await this.#make(question, signal);
    });
    this.#last = made.catch(() => undefined);
    try {
      return await made;
    } finally {
      this.#waiting -= 1;
    }
  }
}

/** Makes a kit of a controller's folder in a thread, which the signal ends. */
export function kitThread(state: string): MakeKitApart {
  return async (question, signal) => {
    const workerData: KitThreadInput = { state, question };
    const worker = new Worker(new URL("kit-thread.ts", import.meta.url), { workerData });
    const stop = (): void => void worker.terminate();
    signal.addEventListener("abort", stop);
    try {
      const answer = await answerOf(worker, signal);
      if ("kit" in answer) return answer.kit;
      throw new ControllerError(answer.refused.code, answer.refused.message);
    } finally {
      signal.removeEventListener("abort", stop);
    }
  };
}

function answerOf(worker: Worker, signal: AbortSignal): Promise<KitThreadAnswer> {
  return new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
    worker.once("exit", () => reject(signal.reason ?? new Error("the thread ended without an answer")));
  });
}
