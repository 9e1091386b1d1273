import { isZip, verifyBundles } from "@compline/core";
import { answerPage } from "./answer.ts";
import { fetchBundle } from "./fetch-bundle.ts";
import { verifyKits } from "./kits.ts";

// The reader's browser judges here, off the page's thread, with the same code as every other part of the product.

const TIMEOUT_MS = 20_000;

answerPage(async (request, by) => {
  if (request.kind === "kits") throw new Error("unreachable: this page asks about bundles and files");
  const started = performance.now();
  const files = request.kind === "bundle" ? await fetchBundle(request.digest, fetchFile) : request.files;
  const given = { ...by, trust: request.trust };
  if (files.length > 0 && files.every(({ bytes }) => isZip(bytes))) {
    const kits = files.map(({ path, bytes }) => ({ name: path, read: async () => bytes }));
    return { judged: await verifyKits(kits, given), about: "files" };
  }
  const verification = await verifyBundles({
    files,
    ...given,
    mode: files.some(({ path }) => path.startsWith("envelopes/")) ? "kit" : "bundles",
  });
  const ms = performance.now() - started;
  return { judged: [{ name: "", alone: verification, verification, ms }], about: request.kind };
});

async function fetchFile(path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const response = await fetch(path, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: "error" });
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(`${path} could not be fetched (HTTP ${response.status})`);
  return new Uint8Array(await response.arrayBuffer());
}
