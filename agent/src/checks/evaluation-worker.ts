import { parentPort } from "node:worker_threads";
import { type EvaluationTask, judge, type WorkerAnswer } from "./evaluation.ts";

parentPort?.on("message", (task: EvaluationTask) => answer(judge(task)));
// Said after everything is loaded, so that loading is not counted as evaluating.
answer(null);

function answer(judgement: WorkerAnswer["judgement"]): void {
  const { user, system } = process.threadCpuUsage();
  const message: WorkerAnswer = { judgement, cpuMicros: user + system };
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(message);
}
