import { verifyKit } from "@compline/core";
import { chooseEngine, largeHashing } from "../verify/engine.ts";
import type { Reply } from "../verify/messages.ts";

// Judges a kit off the page's thread.

/** What the page asks: a kit's bytes, and those of the reader's own trust file. */
interface Asked {
  readonly zip: ArrayBuffer;
  readonly trust: ArrayBuffer | null;
}

addEventListener("message", (event: MessageEvent<Asked>) => {
  void answer(event.data);
});

async function answer({ zip, trust }: Asked): Promise<void> {
  const started = performance.now();
  try {
    const subtle = globalThis.crypto?.subtle;
    const { engine, name } = await chooseEngine(subtle);
    const verification = await verifyKit(new Uint8Array(zip), {
      trust: trust === null ? null : new Uint8Array(trust),
      engine,
      ...largeHashing(subtle),
      onProgress: (done, total) => reply({ kind: "progress", done, total }),
    });
    const ms = performance.now() - started;
    reply({ kind: "result", verification, engine: name, about: "files", ms });
  } catch (error) {
    reply({ kind: "problem", message: error instanceof Error ? error.message : String(error) });
  }
}

function reply(message: Reply): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker answers only its own page
  postMessage(message);
}
