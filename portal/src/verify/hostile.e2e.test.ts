import { spawnSync } from "node:child_process";
import { existsSync, globSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, relative } from "node:path";
import { checkPublicKey, type SignatureItem, webCryptoEngine } from "@compline/core";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { REPOSITORY } from "../build/folders.ts";
import { launchBrowser, missingBrowser } from "../fixture/browser.ts";
import { type BuiltFixture, buildFixture } from "../fixture/built.ts";
import type { Reply } from "./messages.ts";

const missing = missingBrowser();
const why = missing === null ? "" : ` (skipped: ${missing})`;
const vectorFile = new URL("../../../../shared/vectors/ed25519/cctv.json", import.meta.url);
const noVectors = missing ?? (existsSync(vectorFile) ? null : "no vectors");

let site: BuiltFixture;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  if (missing !== null) return;
  site = await buildFixture();
  browser = await launchBrowser();
  page = await browser.newPage();
  await page.goto(`${site.origin}/verify/`);
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

interface HostileCase {
  readonly name: string;
  readonly codes: readonly string[];
  /** Whether its blocks are easier than the portal lets them be. */
  readonly easy: boolean;
  readonly files: readonly { readonly path: string; readonly base64: string }[];
  readonly trust: string | null;
}

describe.skipIf(missing !== null)(`the verifier in a browser${why}`, () => {
  test("finds in every forged export exactly what is wrong, and nothing in an honest one", async () => {
    const asked = hostileCases().filter(isAskedHere);
    expect(asked.length).toBeGreaterThan(100);
    const [worker = ""] = globSync("**/worker*.js", { cwd: site.folder });
    const found: [string, readonly string[]][] = [];
    for (const one of asked) found.push([one.name, await verifyInBrowser(`/${worker}`, one)]);
    const expected = asked.map(({ name, codes }) => [name, codes]);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
  }, 300_000);
});

/** The page knows a whole export by its envelopes, and no easy blocks: those are for the test of all programs. */
function isAskedHere({ easy, files }: HostileCase): boolean {
  return !easy && files.some(({ path }) => path.startsWith("envelopes/"));
}

function hostileCases(): readonly HostileCase[] {
  const folder = mkdtempSync(join(tmpdir(), "compline-hostile-"));
  try {
    spawnSync(process.execPath, [join(REPOSITORY, ".ci/write-cases.mjs"), folder]);
    const folders = readdirSync(folder).map((name) => join(folder, name));
    return folders.filter(isFolderAlone).map(readCase);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Forged ZIPs are no folder; two kits and a whole site are for the end-to-end test of all programs. */
function isFolderAlone(made: string): boolean {
  const isSite = basename(made).startsWith("site-");
  return existsSync(join(made, "kit")) && !existsSync(join(made, "beside.zip")) && !isSite;
}

function readCase(folder: string): HostileCase {
  const entries = readdirSync(join(folder, "kit"), { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const trust = join(folder, "trust.json");
  return {
    ...JSON.parse(readFileSync(join(folder, "expected.json"), "utf8")),
    files: paths.map((path) => ({
      path: relative(join(folder, "kit"), path),
      base64: readFileSync(path, "base64"),
    })),
    trust: existsSync(trust) ? readFileSync(trust, "base64") : null,
  };
}

/** The codes of level fail and incomplete that the portal's own worker answers. */
async function verifyInBrowser(worker: string, { files, trust }: HostileCase): Promise<readonly string[]> {
  const reply = await page.evaluate(askWorker, { worker, files, trust });
  if (reply.kind !== "result") return [JSON.stringify(reply)];
  const findings = reply.judged.flatMap(({ verification: { failures, unchecked } }) => [
    ...failures,
    ...unchecked.filter(({ level }) => level === "incomplete"),
  ]);
  return findings.map(({ code }) => code).toSorted();
}

/** Runs in the page, so it may use nothing from outside of it. */
function askWorker({
  worker: url,
  files,
  trust,
}: Pick<HostileCase, "files" | "trust"> & { readonly worker: string }): Promise<Reply> {
  const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
  const worker = new Worker(url, { type: "module" });
  return new Promise<Reply>((resolve, reject) => {
    worker.addEventListener("message", ({ data }: MessageEvent<Reply>) => {
      if (data.kind !== "progress") resolve(data);
    });
    worker.addEventListener("error", () => reject(new Error("the worker ended")));
    const given = files.map(({ path, base64 }) => ({ path, bytes: bytesOf(base64) }));
    const request = { kind: "files", files: given, trust: trust === null ? null : bytesOf(trust) };
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no other origin
    worker.postMessage({ kind: "ask", request, helper: null });
  }).finally(() => worker.terminate());
}

describe.skipIf(noVectors !== null)(
  `the 914 CCTV edge cases in a browser${noVectors === null ? "" : ` (skipped: ${noVectors})`}`,
  () => {
    test("pass exactly 43 times with its WebCrypto, and once (#305) with the key check", async () => {
      const vectors: readonly Vector[] = JSON.parse(readFileSync(vectorFile, "utf8"));
      const items = vectors.map(itemOf);
      const verdicts = await webCryptoEngine(subtleOf(page)).verify(items);
      expect(verdicts).toHaveLength(914);
      expect(verdicts.filter(Boolean)).toHaveLength(43);
      const good = vectors.filter(
        (_, at) => verdicts[at] && checkPublicKey(items[at]?.publicKey ?? new Uint8Array()) === null,
      );
      expect(good.map(({ number }) => number)).toEqual([305]);
    });
  },
);

interface Vector {
  readonly number: number;
  readonly key: string;
  readonly sig: string;
  readonly msg: string;
}

function itemOf({ key, sig, msg }: Vector): SignatureItem {
  return {
    publicKey: new Uint8Array(Buffer.from(key, "hex")),
    signature: new Uint8Array(Buffer.from(sig, "hex")),
    message: new TextEncoder().encode(msg),
  };
}

interface RawKey {
  readonly raw: readonly number[];
}

/** The page's `crypto.subtle` as the engine sees it: a key goes as its bytes, and is imported where it is used. */
function subtleOf(inPage: Page): Parameters<typeof webCryptoEngine>[0] {
  return {
    importKey: async (_format, raw): Promise<RawKey> => ({ raw: [...raw] }),
    verify: (_algorithm, key: RawKey, signature, data) =>
      inPage.evaluate(verifyInPage, { key: key.raw, signature: [...signature], data: [...data] }),
  };
}

async function verifyInPage({
  key,
  signature,
  data,
}: Readonly<Record<"key" | "signature" | "data", readonly number[]>>): Promise<boolean> {
  let imported: CryptoKey;
  try {
    imported = await crypto.subtle.importKey("raw", Uint8Array.from(key), "Ed25519", false, ["verify"]);
  } catch {
    return false; // no point of the curve
  }
  return crypto.subtle.verify("Ed25519", imported, Uint8Array.from(signature), Uint8Array.from(data));
}
