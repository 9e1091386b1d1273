import { generateKeyPairSync, sign } from "node:crypto";
import type { SignatureItem } from "@compline/core";
import { expect, test } from "vitest";
import { nodeEngine, threadedEngine } from "./crypto.ts";

const signers = [generateKeyPairSync("ed25519"), generateKeyPairSync("ed25519")] as const;

function item(n: number): SignatureItem {
  const { publicKey, privateKey } = signers[n % 2 === 0 ? 0 : 1];
  const message = Buffer.from(`message ${n}`);
  const raw = publicKey.export({ format: "raw-public" });
  return { publicKey: raw, message, signature: sign(null, message, privateKey) };
}

function flipped({ publicKey, message, signature }: SignatureItem): SignatureItem {
  const changed = Uint8Array.from(signature);
  changed[0] = (changed[0] ?? 0) ^ 1;
  return { publicKey, message, signature: changed };
}

/** Passes the checks on lengths and ranges, and is no point of the curve. */
const noPoint = new Uint8Array(32).fill(2);

const engines = [
  ["in turn", nodeEngine()],
  ["on threads", threadedEngine()],
] as const;

test.each(engines)("verdicts come in the order of the items, verified %s", async (_, engine) => {
  const items = Array.from({ length: 300 }, (_one, n) => (n % 3 === 0 ? flipped(item(n)) : item(n)));
  expect(await engine.verify(items)).toEqual(items.map((_one, n) => n % 3 !== 0));
});

test.each(engines)(
  "another's key, a key that is none and nothing at all are false, verified %s",
  async (_, engine) => {
    const good = item(0);
    const { publicKey } = item(1);
    const empty = new Uint8Array();
    const bad = [
      { ...good, publicKey },
      { ...good, publicKey: noPoint },
      { ...good, publicKey: empty },
    ];
    expect(await engine.verify([...bad, { ...good, signature: empty }, good])).toEqual([
      false,
      false,
      false,
      false,
      true,
    ]);
    expect(await engine.verify([])).toEqual([]);
  },
);
