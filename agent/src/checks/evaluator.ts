import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { EvaluationTask, Judgement } from "./evaluation.ts";

/** Processor time an evaluation may use. A loaded machine makes it take longer, not fail. */
const CPU_LIMIT_MS = 100;
/** What it may take in any case. */
const WALL_LIMIT_MS = 2000;
/** How often the worker's processor time is looked at. */
const LOOK_EVERY_MS = 25;
const HEAP_MB = 64;

/** Runs evaluations one after the other in a thread that is ended when one does not come to an end. */
export interface Evaluator {
  /** The judgement, or `CEL_TIMEOUT` when a limit was reached, or `CEL_ERROR` when the thread died of it. */
  evaluate(task: EvaluationTask): Promise<Judgement>;
  close(): Promise<void>;
}

/** A new one; its thread starts with the first task. */
export function createEvaluator(): Evaluator {
  let worker: Promise<Worker> | null = null;
  let queue: Promise<unknown> = Promise.resolve();
  const evaluateNext = async (task: EvaluationTask): Promise<Judgement> => {
    worker ??= startWorker();
    const running = await worker;
    const judgement = await evaluateIn(running, task);
    if (typeof judgement !== "string") return judgement;
    worker = null;
    await running.terminate();
    return { evaluation: { verdict: "error", reason: judgement, observed: null }, applicable: [] };
  };
  return {
    evaluate(task) {
      const result = queue.then(() => evaluateNext(task));
      queue = result.catch(() => undefined); // the caller gets the error; the next task must still run
      return result;
    },
    async close() {
      const running = await worker;
      await running?.terminate();
    },
  };
}

async function startWorker(): Promise<Worker> {
  const worker = new Worker(new URL("./evaluation-worker.ts", import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  });
  // Without a listener an error in the thread would end the process; each task notices it by "exit".
  worker.on("error", () => {});
  await once(worker, "message");
  return worker;
}

function evaluateIn(worker: Worker, task: EvaluationTask): Promise<Judgement | "CEL_TIMEOUT" | "CEL_ERROR"> {
  return new Promise((resolve) => {
    const finish = (result: Judgement | "CEL_TIMEOUT" | "CEL_ERROR"): void => {
      clearInterval(looking);
      clearTimeout(limit);
      worker.off("message", finish);
      worker.off("exit", died);
      resolve(result);
    };
    const died = (): void => finish("CEL_ERROR");
    const before = worker.cpuUsage();
    const look = async (): Promise<void> => {
      const used = await worker.cpuUsage(await before).catch(() => null);
      if (used !== null && (used.user + used.system) / 1000 > CPU_LIMIT_MS) finish("CEL_TIMEOUT");
    };
    const looking = setInterval(() => void look(), LOOK_EVERY_MS);
    const limit = setTimeout(() => finish("CEL_TIMEOUT"), WALL_LIMIT_MS);
    worker.on("message", finish);
    worker.on("exit", died);
    before.then(
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
      () => worker.postMessage(task),
      () => died(),
    );
  });
}
