import type { Message, Request } from "./messages.ts";

/** A worker that was asked a question, with what works for it. */
export interface Asked {
  readonly worker: Worker;
  end(): void;
}

/**
 * Asks a new worker, beside which a second one of the same program verifies signatures, where this machine has a core
 * for it. One that does not start is never heard of, and the first does without.
 */
export function askWorker(start: () => Worker, request: Request): Asked {
  const helper = navigator.hardwareConcurrency > 1 ? startHelper(start) : null;
  const worker = start();
  const message: Message = { kind: "ask", request, helper: helper?.port ?? null };
  worker.postMessage(message, helper === null ? [] : [helper.port]);
  return {
    worker,
    end() {
      worker.terminate();
      helper?.worker.terminate();
    },
  };
}

function startHelper(start: () => Worker): { readonly worker: Worker; readonly port: MessagePort } {
  const worker = start();
  const { port1: port, port2: asker } = new MessageChannel();
  const message: Message = { kind: "help", asker };
  worker.postMessage(message, [asker]);
  return { worker, port };
}
