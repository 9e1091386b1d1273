import { type SignatureEngine, type Verification, verifyBundles, webCryptoEngine } from "@compline/core";
import { afterEach, beforeAll, expect, test } from "vitest";
import { copies } from "../build/copies.ts";
import { makeFixture } from "../fixture/snapshot.ts";
import type { GivenFile } from "./messages.ts";
import { helpedEngine, serveSignatures } from "./signatures.ts";

const own = webCryptoEngine(crypto.subtle);
let files: readonly GivenFile[];
let alone: Verification;

/** A site's evidence, one envelope of which has another's signature. */
beforeAll(async () => {
  const { trust, sites, assignments } = await makeFixture();
  const texts = sites.slice(0, 1).flatMap((site) => copies({ site, assignments }));
  const [first = "", second = ""] = texts.map(({ text }) => text).filter((text) => text.includes('"sig":"'));
  const forged = first.replace(/"sig":"[^"]+"/, /"sig":"[^"]+"/.exec(second)?.[0] ?? "");
  const bytesOf = (text: string) => new TextEncoder().encode(text === first ? forged : text);
  files = [{ path: "/trust.json", text: trust }, ...texts].map(({ path, text }) => ({
    path: path.slice(1),
    bytes: bytesOf(text),
  }));
  alone = await verifyWith(own);
  expect(alone.failures.map(({ code }) => code)).toContain("BAD_SIGNATURE");
});

function verifyWith(engine: SignatureEngine): Promise<Verification> {
  return verifyBundles({ files, trust: null, engine, mode: "bundles" });
}

/** Counts what an engine is asked. */
function counted(engine: SignatureEngine): SignatureEngine & { readonly asked: () => number } {
  let asked = 0;
  return {
    asked: () => asked,
    verify(batch) {
      asked += batch.length;
      return engine.verify(batch);
    },
  };
}

let channel: MessageChannel;
afterEach(() => {
  channel.port1.close();
  channel.port2.close();
});

/** The engine of a worker whose helper has this one and has said that it is ready. */
async function helpedBy(helper: SignatureEngine, fallback: SignatureEngine): Promise<SignatureEngine> {
  channel = new MessageChannel();
  const engine = helpedEngine(fallback, channel.port1);
  const ready = new Promise((resolve) => channel.port1.addEventListener("message", resolve, { once: true }));
  serveSignatures(channel.port2, helper);
  await ready;
  return engine;
}

test("a helper verifies every signature, and the findings are the same", async () => {
  const [helper, fallback] = [counted(own), counted(own)];
  expect(await verifyWith(await helpedBy(helper, fallback))).toEqual(alone);
  expect([helper.asked(), fallback.asked()]).toEqual([alone.checked.envelopes, 0]);
});

test("a helper that never starts is done without", async () => {
  channel = new MessageChannel();
  expect(await verifyWith(helpedEngine(own, channel.port1))).toEqual(alone);
});

test("what a helper fails at is verified without it", async () => {
  const broken: SignatureEngine = { verify: () => Promise.reject(new Error("no such algorithm")) };
  expect(await verifyWith(await helpedBy(broken, own))).toEqual(alone);
});

test("what a helper dies over, and all after it, is verified without it", async () => {
  const dying: SignatureEngine = {
    verify() {
      channel.port2.close();
      return new Promise(() => {});
    },
  };
  expect(await verifyWith(await helpedBy(dying, own))).toEqual(alone);
});

test("only the bytes of an item go to the helper, whatever buffer they are a view of", async () => {
  const sizes: number[] = [];
  const looking: SignatureEngine = {
    async verify(batch) {
      sizes.push(...batch.map(({ message }) => message.buffer.byteLength));
      return batch.map(() => true);
    },
  };
  const engine = await helpedBy(looking, own);
  const view = new Uint8Array(1000).subarray(0, 10);
  expect(await engine.verify([{ publicKey: view, message: view, signature: view }])).toEqual([true]);
  expect(sizes).toEqual([10]);
});
