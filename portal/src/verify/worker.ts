import { isZip, type Verification, type VerifyInput, verifyBundles, verifyKit } from "@compline/core";
import { chooseEngine, largeHashing } from "./engine.ts";
import { fetchBundle } from "./fetch-bundle.ts";
import type { GivenFile, Reply, Request } from "./messages.ts";

// The reader's browser judges here, off the page's thread, with the same code as every other part of the product.

const TIMEOUT_MS = 20_000;

addEventListener("message", (event: MessageEvent<Request>) => {
  void answer(event.data);
});

async function answer(request: Request): Promise<void> {
  const started = performance.now();
  try {
    const files = request.kind === "bundle" ? await fetchBundle(request.digest, fetchFile) : request.files;
    const subtle = globalThis.crypto?.subtle;
    const { engine, name } = await chooseEngine(subtle);
    const verification = await verify(files, { engine, trust: request.trust, ...largeHashing(subtle) });
    const ms = performance.now() - started;
    reply({ kind: "result", verification, engine: name, about: request.kind, ms });
  } catch (error) {
    reply({ kind: "problem", message: error instanceof Error ? error.message : String(error) });
  }
}

function verify(
  files: readonly GivenFile[],
  by: Pick<VerifyInput, "engine" | "trust" | "sha256OfLarge">,
): Promise<Verification> {
  const onProgress = (done: number, total: number): void => reply({ kind: "progress", done, total });
  const [only, ...others] = files;
  if (only !== undefined && others.length === 0 && isZip(only.bytes))
    return verifyKit(only.bytes, { ...by, onProgress });
  return verifyBundles({
    files,
    ...by,
    onProgress,
    mode: files.some(({ path }) => path.startsWith("envelopes/")) ? "kit" : "bundles",
  });
}

async function fetchFile(path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const response = await fetch(path, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: "error" });
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(`${path} could not be fetched (HTTP ${response.status})`);
  return new Uint8Array(await response.arrayBuffer());
}

function reply(message: Reply): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker answers only its own page
  postMessage(message);
}
