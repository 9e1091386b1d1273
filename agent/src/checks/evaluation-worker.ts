import { parentPort } from "node:worker_threads";
import { type EvaluationTask, judge } from "./evaluation.ts";

parentPort?.on("message", (task: EvaluationTask) => {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage(judge(task));
});
// Said after everything is loaded, so that loading is not counted as evaluating.
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
parentPort?.postMessage("ready");
