import { once } from "node:events";
import { Worker } from "node:worker_threads";
import type { EvaluationTask, Judgement, WorkerAnswer } from "./evaluation.ts";

/** Processor time an evaluation may use. A loaded machine makes it take longer, not fail. */
const CPU_LIMIT_MICROS = 100_000;
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
  let thread: Promise<Thread> | null = null;
  let queue: Promise<unknown> = Promise.resolve();
  const evaluateNext = async (task: EvaluationTask): Promise<Judgement> => {
    thread ??= startThread();
    const running = await thread;
    const judgement = await evaluateIn(running, task);
    if (typeof judgement !== "string") return judgement;
    thread = null;
    await running.worker.terminate();
    return { evaluation: { verdict: "error", reason: judgement, observed: null }, applicable: [] };
  };
  return {
    evaluate(task) {
      const result = queue.then(() => evaluateNext(task));
      queue = result.catch(() => undefined); // the caller gets the error; the next task must still run
      return result;
    },
    async close() {
      const running = await thread;
      await running?.worker.terminate();
    },
  };
}

/** The worker, and the processor time it had used when it last answered. */
interface Thread {
  readonly worker: Worker;
  cpuMicros: number;
}

async function startThread(): Promise<Thread> {
  const worker = new Worker(new URL("./evaluation-worker.ts", import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
  });
  // Without a listener an error in the thread would end the process; each task notices it by "exit".
  worker.on("error", () => {});
  const [loaded] = await once(worker, "message");
  return { worker, cpuMicros: (loaded as WorkerAnswer).cpuMicros }; // our own worker's first message
}

type Outcome = Judgement | "CEL_TIMEOUT" | "CEL_ERROR";

function evaluateIn(thread: Thread, task: EvaluationTask): Promise<Outcome> {
  const { worker } = thread;
  return new Promise((resolve) => {
    const finish = (outcome: Outcome): void => {
      clearInterval(looking);
      clearTimeout(limit);
      worker.off("message", answered);
      worker.off("exit", died);
      resolve(outcome);
    };
    const answered = ({ judgement, cpuMicros }: WorkerAnswer): void => {
      thread.cpuMicros = cpuMicros;
      finish(judgement ?? "CEL_ERROR");
    };
    const died = (): void => finish("CEL_ERROR");
    const look = async (): Promise<void> => {
      const used = await worker.cpuUsage().catch(() => null);
      if (used !== null && used.user + used.system - thread.cpuMicros > CPU_LIMIT_MICROS)
        finish("CEL_TIMEOUT");
    };
    const looking = setInterval(() => void look(), LOOK_EVERY_MS);
    const limit = setTimeout(() => finish("CEL_TIMEOUT"), WALL_LIMIT_MS);
    worker.on("message", answered);
    worker.on("exit", died);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
    worker.postMessage(task);
  });
}
