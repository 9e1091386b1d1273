import { isZip, type Verification, verifyBundles, verifyKit } from "@compline/core";
import { answerPage, type By } from "./answer.ts";
import { fetchBundle } from "./fetch-bundle.ts";
import type { GivenFile, Request } from "./messages.ts";

// The reader's browser judges here, off the page's thread, with the same code as every other part of the product.

const TIMEOUT_MS = 20_000;

answerPage(async (request, by) => {
  if (request.kind === "kit") throw new Error("unreachable: this page asks about bundles and files");
  const files = request.kind === "bundle" ? await fetchBundle(request.digest, fetchFile) : request.files;
  return { verification: await verify(files, { ...by, trust: request.trust }), about: request.kind };
});

function verify(
  files: readonly GivenFile[],
  by: By & { readonly trust: Uint8Array | null },
): Promise<Verification> {
  const [only, ...others] = files;
  if (only !== undefined && others.length === 0 && isZip(only.bytes)) return verifyKit(only.bytes, by);
  return verifyBundles({
    files,
    ...by,
    mode: files.some(({ path }) => path.startsWith("envelopes/")) ? "kit" : "bundles",
  });
}

async function fetchFile(path: string): Promise<Uint8Array<ArrayBuffer> | null> {
  const response = await fetch(path, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: "error" });
  if (response.status === 404) return null;
  if (!response.ok) throw new Error(`${path} could not be fetched (HTTP ${response.status})`);
  return new Uint8Array(await response.arrayBuffer());
}
