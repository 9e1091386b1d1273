import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { type ExpressionPlace, expressionPointers } from "@compline/core/appliance";
import { nodeSha256 } from "../sha256.ts";
import { type EvaluationTask, type Judgement, NO_EXPRESSION, type WorkerAnswer } from "./evaluation-task.ts";

/** Processor time an evaluation may use. A loaded machine makes it take longer, not fail. */
const CPU_LIMIT_MICROS = 100_000;
/** What it may take in any case. */
const WALL_LIMIT_MS = 2000;
/** How often the worker's processor time is looked at. */
const LOOK_EVERY_MS = 25;
const HEAP_MB = 64;

/** A thread that had nothing to do this long is ended: it holds a quarter of the process's memory. */
const IDLE_MS = 30_000;
/** Judgements that are remembered. */
const MAX_REMEMBERED = 512;

/** Runs evaluations one after the other in a thread that is ended when one does not come to an end. */
export interface Evaluator {
  /**
   * The judgement, or `CEL_TIMEOUT` when a limit was reached, or `CEL_ERROR` when the thread died of it. Judging is
   * pure, so the same facts under the same check and rules get the remembered judgement.
   */
  evaluate(task: EvaluationTask): Promise<Judgement>;
  close(): Promise<void>;
}

/** A new one; its thread starts with the first task, and again with the first one after a rest of `idleMs`. */
export function createEvaluator(idleMs: number = IDLE_MS): Evaluator {
  const remembered = new Map<string, Judgement>();
  let thread: Promise<Thread> | null = null;
  let queue: Promise<unknown> = Promise.resolve();
  let resting: NodeJS.Timeout | undefined;

  const endThread = async (): Promise<void> => {
    const ended = thread;
    thread = null;
    await (await ended)?.worker.terminate();
  };
  const evaluateNext = async (task: EvaluationTask, key: string): Promise<Judgement> => {
    thread ??= startThread();
    const running = await thread;
    const outcome = await evaluateIn(running, task);
    if (typeof outcome !== "string") {
      remember(remembered, key, outcome);
      return outcome;
    }
    await endThread();
    const evaluation = { verdict: "error", reason: outcome, observed: null } as const;
    return { evaluation, applicable: [], fault: lastPlace(running, task) };
  };
  const enqueue = <T>(work: () => Promise<T>): Promise<T> => {
    const result = queue.then(work);
    queue = result.catch(() => undefined); // the caller gets the error; what comes next must still run
    return result;
  };
  return {
    async evaluate(task) {
      const key = nodeSha256(Buffer.from(JSON.stringify(task)));
      const known = remembered.get(key);
      if (known !== undefined) return known;
      clearTimeout(resting);
      resting = setTimeout(() => void enqueue(endThread), idleMs).unref();
      return enqueue(() => evaluateNext(task, key));
    },
    async close() {
      clearTimeout(resting);
      await endThread();
    },
  };
}

/** Forgets the oldest when there are too many. */
function remember(remembered: Map<string, Judgement>, key: string, judgement: Judgement): void {
  remembered.set(key, judgement);
  const oldest = remembered.size > MAX_REMEMBERED ? remembered.keys().next().value : undefined;
  if (oldest !== undefined) remembered.delete(oldest);
}

/** The worker, the processor time it had used when it last answered, and the expression that it is busy with. */
interface Thread {
  readonly worker: Worker;
  readonly busyWith: Int32Array;
  cpuMicros: number;
}

async function startThread(): Promise<Thread> {
  const busyWith = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT)).fill(NO_EXPRESSION);
  const worker = new Worker(new URL("./evaluation-worker.ts", import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: HEAP_MB },
    workerData: busyWith.buffer,
  });
  // Without a listener an error in the thread would end the process; each task notices it by "exit".
  worker.on("error", () => {});
  const [loaded] = await once(worker, "message");
  return { worker, busyWith, cpuMicros: (loaded as WorkerAnswer).cpuMicros }; // our own worker's first message
}

/** The expression in which a thread came to no end. */
function lastPlace({ busyWith }: Thread, { check }: EvaluationTask): ExpressionPlace | null {
  const pointer = expressionPointers(check)[Atomics.load(busyWith, 0)];
  return pointer === undefined ? null : { pointer, offset: 0 };
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
