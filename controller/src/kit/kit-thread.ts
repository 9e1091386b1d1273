import { parentPort, workerData } from "node:worker_threads";
import { ControllerError, type ControllerCode } from "../errors.ts";
import { openInForce } from "../reconcile/offline.ts";
import { type KitQuestion, makeSiteKit, type SiteKit } from "./site-kit.ts";

// A thread that makes one kit, as `compline kit` does, and ends: taking evidence in does not wait for it.

/** What the thread is given. */
export interface KitThreadInput {
  readonly state: string;
  readonly question: KitQuestion;
}

/** What it answers; a bug ends it. */
export type KitThreadAnswer =
  | { readonly kit: SiteKit }
  | { readonly refused: { readonly code: ControllerCode; readonly message: string } };

if (parentPort === null) throw new Error("unreachable: this file is run as a thread");
const { state, question } = workerData as KitThreadInput; // what the desk gave
const answer = await make();
parentPort.postMessage(answer, "kit" in answer ? [answer.kit.zip.buffer] : []);

async function make(): Promise<KitThreadAnswer> {
  try {
    const inForce = await openInForce(state);
    try {
      return { kit: await makeSiteKit(inForce, question) };
    } finally {
      await inForce.close();
    }
  } catch (error) {
    if (!(error instanceof ControllerError)) throw error;
    return { refused: { code: error.code, message: error.message } };
  }
}
