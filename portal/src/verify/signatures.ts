import type { SignatureEngine, SignatureItem } from "@compline/core";

// A browser verifies a signature on the very thread that asks for it when that is a worker's. So a second worker verifies
// them, while the first one reads on.

/** One batch for the helper. */
interface Question {
  readonly id: number;
  readonly items: readonly SignatureItem[];
}

/** What a helper says: that it can be asked, then the verdicts of each batch; null when it could not judge it. */
type Answer = "ready" | { readonly id: number; readonly verdicts: readonly boolean[] | null };

/** Verifies what is asked through the port, for as long as this worker lives. */
export function serveSignatures(port: MessagePort, engine: SignatureEngine): void {
  const say = (answer: Answer): void => port.postMessage(answer);
  port.addEventListener("message", ({ data: { id, items } }: MessageEvent<Question>) => {
    void judge(engine, items).then((verdicts) => say({ id, verdicts }));
  });
  port.start();
  say("ready");
}

async function judge(
  engine: SignatureEngine,
  items: readonly SignatureItem[],
): Promise<readonly boolean[] | null> {
  try {
    return await engine.verify(items);
  } catch {
    return null; // who asked has an engine, too, and meets what is wrong there
  }
}

/**
 * An engine whose batches are verified by a helper at the other end of the port once it is ready. Until then, and where
 * the helper fails or dies, `own` verifies: so a helper that never starts costs nothing.
 */
export function helpedEngine(own: SignatureEngine, port: MessagePort): SignatureEngine {
  let isReady = false;
  let asked = 0;
  const waiting = new Map<number, (verdicts: readonly boolean[] | null) => void>();
  port.addEventListener("message", ({ data }: MessageEvent<Answer>) => {
    if (data === "ready") isReady = true;
    else waiting.get(data.id)?.(data.verdicts);
  });
  port.addEventListener("close", () => {
    isReady = false;
    for (const answer of waiting.values()) answer(null);
  });
  port.start();
  const ask = (items: readonly SignatureItem[]): Promise<readonly boolean[] | null> => {
    const question: Question = { id: asked++, items: items.map(copyOf) };
    port.postMessage(question);
    return new Promise((resolve) =>
      waiting.set(question.id, (verdicts) => {
        waiting.delete(question.id);
        resolve(verdicts);
      }),
    );
  };
  return {
    verify: async (batch) => (isReady ? await ask(batch) : null) ?? (await own.verify(batch)),
  };
}

/** A view would take the whole buffer behind it along. */
function copyOf({ publicKey, message, signature }: SignatureItem): SignatureItem {
  return { publicKey: publicKey.slice(), message: message.slice(), signature: signature.slice() };
}
