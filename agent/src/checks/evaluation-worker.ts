import { parentPort, workerData } from "node:worker_threads";
import { judge } from "./evaluation.ts";
import type { EvaluationTask, WorkerAnswer } from "./evaluation-task.ts";

// Seen by the thread that ends this one, also in the middle of an expression.
const busyWith = new Int32Array(workerData as SharedArrayBuffer); // our own evaluator's
const begin = (expression: number): void => void Atomics.store(busyWith, 0, expression);
parentPort?.on("message", (task: EvaluationTask) => answer(judge(task, begin)));
// Said after everything is loaded, so that loading is not counted as evaluating.
answer(null);

function answer(judgement: WorkerAnswer["judgement"]): void {
  const { user, system } = process.threadCpuUsage();
  const message: WorkerAnswer = { judgement, cpuMicros: user + system };
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(message);
}
