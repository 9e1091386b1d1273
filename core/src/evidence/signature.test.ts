import { createPublicKey, verify, webcrypto } from "node:crypto";
import { etc, verifyAsync } from "@noble/ed25519";
import { existsSync, readFileSync } from "node:fs";
import { beforeAll, describe, expect, it } from "vitest";
import { checkPublicKey, nobleEngine } from "./ed25519-noble.ts";
import { webCryptoEngine } from "./ed25519-webcrypto.ts";
import { createEngine, passesPreChecks, type SignatureEngine, type SignatureItem } from "./signature.ts";
import { makeKey, type TestKey } from "./testdata/identities.ts";
import { mixedOrderSignature } from "./testdata/mixed-order.ts";

const vectorFile = new URL("../../../../shared/vectors/ed25519/cctv.json", import.meta.url);
const present = existsSync(vectorFile);

/** The engine of the shells, as README shows it. */
const nodeEngine = createEngine(async (batch) =>
  batch.map(({ publicKey, message, signature }) => {
    const x = Buffer.from(publicKey).toString("base64url");
    try {
      return verify(
        null,
        message,
        createPublicKey({ key: { kty: "OKP", crv: "Ed25519", x }, format: "jwk" }),
        signature,
      );
    } catch {
      return false;
    }
  }),
);

const ENGINES: readonly (readonly [string, SignatureEngine])[] = [
  ["WebCrypto", webCryptoEngine(webcrypto.subtle)],
  ["noble", nobleEngine()],
  ["node:crypto", nodeEngine],
];

interface Vector {
  readonly number: number;
  readonly key: string;
  readonly sig: string;
  readonly msg: string;
}

describe.skipIf(!present)("the 914 CCTV edge cases", () => {
  const vectors: readonly Vector[] = present ? JSON.parse(readFileSync(vectorFile, "utf8")) : [];
  const items: readonly SignatureItem[] = vectors.map(({ key, sig, msg }) => ({
    publicKey: new Uint8Array(Buffer.from(key, "hex")),
    signature: new Uint8Array(Buffer.from(sig, "hex")),
    message: new TextEncoder().encode(msg),
  }));

  it.each(ENGINES)("pass exactly 43 times with %s behind the pre-checks", async (_, engine) => {
    const verdicts = await engine.verify(items);
    expect(verdicts).toHaveLength(914);
    expect(verdicts.filter(Boolean)).toHaveLength(43);
  });

  it.each(ENGINES)("pass exactly once (#305) with %s and the key check", async (_, engine) => {
    const verdicts = await engine.verify(items);
    const good = vectors.filter(
      (_, index) => verdicts[index] && checkPublicKey(items[index]?.publicKey ?? new Uint8Array()) === null,
    );
    expect(good.map(({ number }) => number)).toEqual([305]);
  });

  it("get the same verdict, one by one, from every engine", async () => {
    const [first, ...others] = await Promise.all(ENGINES.map(([, engine]) => engine.verify(items)));
    for (const other of others) expect(other).toEqual(first);
  });
});

describe.each(ENGINES)("the engine over %s", (_, engine) => {
  const message = new TextEncoder().encode("what was seen");
  let key: TestKey;
  let item: SignatureItem;
  beforeAll(async () => {
    key = await makeKey("engine test");
    item = {
      publicKey: new Uint8Array(Buffer.from(key.publicKey, "hex")),
      message,
      signature: await key.sign(message),
    };
  });

  it("accepts a good signature and answers in the order asked", async () => {
    const other = { ...item, message: new TextEncoder().encode("something else") };
    expect(await engine.verify([other, item, other])).toEqual([false, true, false]);
  });

  it("refuses an all-zero signature under an all-zero key", async () => {
    expect(
      await engine.verify([{ publicKey: new Uint8Array(32), message, signature: new Uint8Array(64) }]),
    ).toEqual([false]);
  });

  it("refuses a good signature with L added to S", async () => {
    const signature = addOrder(item.signature);
    expect(await engine.verify([{ ...item, signature }])).toEqual([false]);
  });

  it("refuses a key that is no point of the curve", async () => {
    const publicKey = new Uint8Array(32).fill(7);
    expect(checkPublicKey(publicKey)).not.toBeNull();
    expect(
      await engine.verify([
        { ...item, publicKey },
        { ...item, publicKey },
      ]),
    ).toEqual([false, false]);
  });

  it.each([
    ["key", { publicKey: new Uint8Array(31) }],
    ["signature", { signature: new Uint8Array(63) }],
  ])("refuses a %s of another length", async (_, change) => {
    expect(await engine.verify([{ ...item, ...change }])).toEqual([false]);
  });

  it("answers nothing for nothing", async () => {
    expect(await engine.verify([])).toEqual([]);
  });
});

describe("webCryptoEngine", () => {
  it("takes a key that the platform will not import for a refusal, and asks for each key once", async () => {
    const key = await makeKey("not imported");
    const message = new Uint8Array([1]);
    const item = {
      publicKey: new Uint8Array(Buffer.from(key.publicKey, "hex")),
      message,
      signature: await key.sign(message),
    };
    let imports = 0;
    const engine = webCryptoEngine({
      importKey: async () => {
        imports += 1;
        throw new Error("no such key");
      },
      verify: async () => true,
    });
    expect(await engine.verify([item, item])).toEqual([false, false]);
    expect(imports).toBe(1);
  });
});

describe("createEngine", () => {
  it("asks the engine behind it only for what passes the pre-checks", async () => {
    const key = await makeKey("asked");
    const message = new Uint8Array([1]);
    const good = {
      publicKey: new Uint8Array(Buffer.from(key.publicKey, "hex")),
      message,
      signature: await key.sign(message),
    };
    const bad = { ...good, signature: new Uint8Array(64) };
    const asked: number[] = [];
    const trusting = createEngine(async (batch) => {
      asked.push(batch.length);
      return batch.map(() => true);
    });
    expect(await trusting.verify([bad, good, bad])).toEqual([false, true, false]);
    expect(asked).toEqual([1]);
  });

  it("takes a verdict that the engine left out for a refusal", async () => {
    const key = await makeKey("left out");
    const message = new Uint8Array([1]);
    const item = {
      publicKey: new Uint8Array(Buffer.from(key.publicKey, "hex")),
      message,
      signature: await key.sign(message),
    };
    expect(passesPreChecks(item)).toBe(true);
    expect(await createEngine(async () => []).verify([item])).toEqual([false]);
  });
});

describe("checkPublicKey", () => {
  it("accepts a key made by the book", async () => {
    const { publicKey } = await makeKey("good");
    expect(checkPublicKey(new Uint8Array(Buffer.from(publicKey, "hex")))).toBeNull();
  });

  it.each([
    ["another length", "00".repeat(31), /32 bytes/],
    ["the identity", `01${"00".repeat(31)}`, /small order/],
    ["a point of order 8", "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05", /small order/],
    ["y above the prime", `ee${"ff".repeat(30)}7f`, /canonical/],
    ["no point of the curve", "07".repeat(32), /curve/],
    [
      "a point with a torsion part",
      "cdb267ce40c5cd45306fa5d2f29731459387dbf9eb933b7bd5aed9a765b88d4d",
      /prime-order/,
    ],
  ])("refuses %s", (_, hex, reason) => {
    expect(checkPublicKey(new Uint8Array(Buffer.from(hex, "hex")))).toMatch(reason);
  });
});

function addOrder(signature: Uint8Array): Uint8Array {
  const order = 2n ** 252n + 27742317777372353535851937790883648493n;
  const s = BigInt(`0x${Buffer.from(signature.subarray(32).toReversed()).toString("hex")}`) + order;
  const bytes = Uint8Array.from(Buffer.from(s.toString(16).padStart(64, "0"), "hex"));
  return new Uint8Array([...signature.subarray(0, 32), ...bytes.toReversed()]);
}

it.each(ENGINES)(
  "a signature with a part of small order holds for a lenient engine, and not for %s",
  async (_, engine) => {
    const key = await makeKey("mixed order");
    const message = new TextEncoder().encode("what was signed");
    const signature = await mixedOrderSignature(message, key);
    const publicKey = etc.hexToBytes(key.publicKey);
    expect(await verifyAsync(signature, message, publicKey, { zip215: true })).toBe(true);
    expect(await engine.verify([{ publicKey, message, signature }])).toEqual([false]);
  },
);
