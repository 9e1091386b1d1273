import type { VerifyInput } from "@compline/core";
import { chooseEngine, largeHashing } from "./engine.ts";
import type { Message, Reply, Request, Result } from "./messages.ts";
import { helpedEngine, serveSignatures } from "./signatures.ts";

/** What this worker judges with. */
export type By = Pick<VerifyInput, "engine" | "sha256OfLarge" | "onProgress">;

type Judge = (request: Request, by: By) => Promise<Result>;

/**
 * The life of a worker: it judges what a page asks, or verifies signatures for another worker that does. The program is
 * one and the same, so that a page of one file carries it once.
 */
export function answerPage(judge: Judge): void {
  addEventListener("message", ({ data }: MessageEvent<Message>) => {
    void (data.kind === "help" ? help(data.asker) : answer(data, judge));
  });
}

async function help(asker: MessagePort): Promise<void> {
  const { engine } = await chooseEngine(globalThis.crypto?.subtle);
  serveSignatures(asker, engine);
}

async function answer({ request, helper }: Extract<Message, { kind: "ask" }>, judge: Judge): Promise<void> {
  try {
    const subtle = globalThis.crypto?.subtle;
    const { engine, name } = await chooseEngine(subtle);
    const result = await judge(request, {
      engine: helper === null ? engine : helpedEngine(engine, helper),
      ...largeHashing(subtle),
      onProgress: (done, total) => reply({ kind: "progress", done, total }),
    });
    reply({ kind: "result", ...result, engine: name });
  } catch (error) {
    reply({ kind: "problem", message: error instanceof Error ? error.message : String(error) });
  }
}

function reply(message: Reply): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker answers only its own page
  postMessage(message);
}
