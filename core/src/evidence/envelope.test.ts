import { createHash } from "node:crypto";
import * as fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { encodeBase64 } from "./base64.ts";
import { EvidenceError } from "./codes.ts";
import { sha256Hex } from "./digest.ts";
import { nobleEngine } from "./ed25519-noble.ts";
import {
  MAX_ENVELOPE_BYTES,
  preAuthEncoding,
  readEnvelope,
  sealStatement,
  signatureItem,
} from "./envelope.ts";
import { canonicalBytes, canonicalJson } from "./jcs.ts";
import type { Statement } from "./statement.ts";
import { makeKit, type TestKit } from "./testdata/generator.ts";
import { makeKey } from "./testdata/identities.ts";

type Loose = Record<string, unknown>;

const TYPE = "application/vnd.in-toto+json";
const KEYID = "a".repeat(64);
const SIG = encodeBase64(new Uint8Array(64));

let kit: TestKit;
let file: Uint8Array;
let payloadText: string;

beforeAll(async () => {
  kit = await makeKit(7);
  file = kit.files.get(kit.path("0-2")) ?? new Uint8Array();
  const outer: { payload: string } = JSON.parse(new TextDecoder().decode(file));
  payloadText = Buffer.from(outer.payload, "base64").toString("utf8");
});

describe("readEnvelope", () => {
  it("reads what an appliance wrote", () => {
    const read = readEnvelope(file);
    expect(read).toMatchObject({ ok: true, keyid: kit.keys.appliance.keyid });
    if (!read.ok) return;
    expect(read.digest).toBe(createHash("sha256").update(file).digest("hex"));
    expect(canonicalJson(read.statement)).toBe(payloadText);
    expect(new TextDecoder().decode(read.message)).toBe(
      `DSSEv1 28 ${TYPE} ${payloadText.length} ${payloadText}`,
    );
  });

  it("uses the SHA-256 it is given", () => {
    const asked: number[] = [];
    readEnvelope(file, (bytes) => {
      asked.push(bytes.length);
      return sha256Hex(bytes);
    });
    expect(asked).toContain(file.length);
  });

  it.each<[string, string, (outer: Loose) => unknown]>([
    ["no object", "BAD_ENVELOPE", () => 5],
    ["an extra member", "BAD_ENVELOPE", (outer) => ({ ...outer, extra: 1 })],
    ["a missing member", "BAD_ENVELOPE", ({ payload, payloadType }) => ({ payload, payloadType })],
    ["another payload type", "BAD_ENVELOPE", (outer) => ({ ...outer, payloadType: "application/json" })],
    ["a payload that is no text", "BAD_ENVELOPE", (outer) => ({ ...outer, payload: 5 })],
    ["no signature", "BAD_ENVELOPE", (outer) => ({ ...outer, signatures: [] })],
    [
      "signatures that are no array",
      "BAD_ENVELOPE",
      (outer) => ({ ...outer, signatures: { 0: 1, length: 1 } }),
    ],
    ["a second signature", "BAD_ENVELOPE", (outer) => ({ ...outer, signatures: [sign(), sign()] })],
    [
      "an extra member in the signature",
      "BAD_ENVELOPE",
      (outer) => ({ ...outer, signatures: [{ ...sign(), alg: "none" }] }),
    ],
    [
      "an upper-case keyid",
      "BAD_ENVELOPE",
      (outer) => ({ ...outer, signatures: [{ ...sign(), keyid: "A".repeat(64) }] }),
    ],
    [
      "a sig that is no text",
      "BAD_ENVELOPE",
      (outer) => ({ ...outer, signatures: [{ ...sign(), sig: null }] }),
    ],
    [
      "a short signature",
      "BAD_ENVELOPE",
      (outer) => ({ ...outer, signatures: [{ ...sign(), sig: "QUJD" }] }),
    ],
    ["a payload in base64url", "BAD_BASE64", (outer) => ({ ...outer, payload: "-_-_" })],
    [
      "a sig without padding",
      "BAD_BASE64",
      (outer) => ({ ...outer, signatures: [{ ...sign(), sig: SIG.replaceAll("=", "") }] }),
    ],
  ])("refuses %s as %s", (_, code, change) => {
    expect(codeOf(canonicalBytes(change(JSON.parse(new TextDecoder().decode(file)))))).toBe(code);
  });

  it.each<[string, string, (text: string) => string]>([
    ["text that is no JSON", "NOT_JSON", (text) => text.slice(1)],
    ["a byte order mark", "NOT_JSON", (text) => `\ufeff${text}`],
    ["a line end", "NOT_CANONICAL", (text) => `${text}\n`],
    [
      "members in another order",
      "NOT_CANONICAL",
      (text) => text.replace(/("payload":"[^"]*"),("payloadType":"[^"]*")/, "$2,$1"),
    ],
    ["an escape that need not be", "NOT_CANONICAL", (text) => text.replace('"payload"', '"\\u0070ayload"')],
    ["a member given twice", "DUPLICATE_KEY", (text) => text.replace("{", '{"payload":"",')],
  ])("refuses %s around the payload as %s", (_, code, change) => {
    expect(codeOf(new TextEncoder().encode(change(new TextDecoder().decode(file))))).toBe(code);
  });

  it("refuses bytes that are no UTF-8 as NOT_JSON", () => {
    expect(codeOf(new Uint8Array([0x22, 0xff, 0x22]))).toBe("NOT_JSON");
    expect(codeOf(envelopeOf(new Uint8Array([0x22, 0xff, 0x22])))).toBe("NOT_JSON");
  });

  it("refuses a file over the size limit before looking at it", () => {
    expect(codeOf(new Uint8Array(MAX_ENVELOPE_BYTES + 1))).toBe("OVERSIZE");
    expect(codeOf(new Uint8Array(MAX_ENVELOPE_BYTES))).toBe("NOT_JSON");
  });

  it.each<[string, string, (text: string) => string]>([
    ["no JSON", "NOT_JSON", () => "{"],
    ["no statement", "SCHEMA", () => "5"],
    ["white space", "NOT_CANONICAL", (text) => text.replace(":", ": ")],
    ["a member given twice", "DUPLICATE_KEY", (text) => text.replace('"_type":', '"_type":"","_type":')],
    [
      "a member given twice under another spelling",
      "DUPLICATE_KEY",
      (text) => text.replace('"_type":', '"\\u005ftype":"","_type" :'),
    ],
    ["a fraction", "BAD_NUMBER", (text) => text.replace('"seq":2', '"seq":2.5')],
    ["a whole fraction", "BAD_NUMBER", (text) => text.replace('"seq":2', '"seq":2.0')],
    ["an exponent", "BAD_NUMBER", (text) => text.replace('"seq":2', '"seq":2e0')],
    ["minus zero", "BAD_NUMBER", (text) => text.replace('"seq":2', '"seq":-0')],
    [
      "a number that readers round",
      "BAD_NUMBER",
      (text) => text.replace('"seq":2', '"seq":9007199254740993'),
    ],
    ["an umlaut", "NOT_ASCII", (text) => text.replace("compline-agent", "c\u00f6mpline")],
    ["a control character", "NOT_ASCII", (text) => text.replace("compline-agent", "compline\\nagent")],
    ["a lone surrogate", "NOT_ASCII", (text) => text.replace("compline-agent", "\\ud800")],
    ["a member name beyond ASCII", "NOT_ASCII", (text) => text.replace('"_type"', '"\u200b":1,"_type"')],
    ["a long text", "LONG_STRING", (text) => text.replace("compline-agent", "x".repeat(257))],
    ["33 levels", "TOO_DEEP", (text) => text.replace('"seq":2', `"seq":${"[".repeat(31)}${"]".repeat(31)}`)],
    ["a very deep payload", "TOO_DEEP", () => `${"[".repeat(50_000)}${"]".repeat(50_000)}`],
    [
      "32 levels of the wrong thing",
      "SCHEMA",
      (text) => text.replace('"seq":2', `"seq":${"[".repeat(29)}${"]".repeat(29)}`),
    ],
    [
      "another subject digest",
      "BAD_SUBJECT",
      (text) => text.replace(/"sha256":"[0-9a-f]{64}"/, `"sha256":"${"0".repeat(64)}"`),
    ],
  ])("refuses a payload with %s as %s", (_, code, change) => {
    const changed = change(payloadText);
    expect(changed).not.toBe(payloadText);
    expect(codeOf(envelopeOf(new TextEncoder().encode(changed)))).toBe(code);
  });

  it("accepts a text of exactly 256 characters where a text may be", () => {
    const named = payloadText.replace('"name":"results"', `"name":"${"n".repeat(256)}"`);
    expect(codeOf(envelopeOf(new TextEncoder().encode(named)))).toBe("ok");
    const floating = named.replace('"seq":2', '"seq":2.5');
    expect(codeOf(envelopeOf(new TextEncoder().encode(floating)))).toBe("BAD_NUMBER");
    const spaced = named.replace('"seq":2', '"seq": 2');
    expect(codeOf(envelopeOf(new TextEncoder().encode(spaced)))).toBe("NOT_CANONICAL");
  });

  it("names the worst fault when there are several", () => {
    const both = payloadText.replace('"seq":2', '"seq":2.5').replace("compline-agent", "\u00e9");
    expect(codeOf(envelopeOf(new TextEncoder().encode(both)))).toBe("BAD_NUMBER");
    const unknown = payloadText.replace('"seq":2}', '"seq":-2,"zzz":1}');
    expect(codeOf(envelopeOf(new TextEncoder().encode(unknown)))).toBe("UNKNOWN_MEMBER");
  });

  it("never accepts a file with one bit flipped anywhere", async () => {
    const engine = nobleEngine();
    const publicKey = new Uint8Array(Buffer.from(kit.keys.appliance.publicKey, "hex"));
    await fc.assert(
      fc.asyncProperty(fc.nat(file.length * 8 - 1), async (bit) => {
        const flipped = Uint8Array.from(file);
        flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
        const read = readEnvelope(flipped);
        if (!read.ok) return;
        if (read.keyid !== kit.keys.appliance.keyid) return; // a flip in keyid names a key nobody has
        expect(await engine.verify([signatureItem(read, publicKey)])).toEqual([false]);
      }),
      { numRuns: 400 },
    );
  });

  it("never throws, whatever the bytes are", () => {
    const refuses = (bytes: Uint8Array): boolean => !readEnvelope(bytes).ok;
    expect(refuses(new Uint8Array())).toBe(true);
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), refuses));
    fc.assert(fc.property(fc.jsonValue(), (value) => refuses(envelopeOf(canonicalBytes(value)))));
  });
});

describe("sealStatement", () => {
  it("writes what readEnvelope reads, with a signature that holds", async () => {
    const key = await makeKey("sealer");
    const statement: Statement = JSON.parse(payloadText);
    const sealed = await sealStatement(statement, key);
    const read = readEnvelope(sealed.bytes);
    expect(read).toMatchObject({ ok: true, digest: sealed.digest, keyid: key.keyid, statement });
    if (!read.ok) return;
    const item = signatureItem(read, new Uint8Array(Buffer.from(key.publicKey, "hex")));
    expect(await nobleEngine().verify([item])).toEqual([true]);
  });

  it("refuses to write what its own reader would refuse", async () => {
    const statement: Statement = JSON.parse(payloadText.replace("compline-agent", "-"));
    const sealing = sealStatement(statement, await makeKey("sealer"));
    await expect(sealing).rejects.toThrow(EvidenceError);
    await expect(sealing).rejects.toMatchObject({ code: "SCHEMA", name: "EvidenceError" });
  });

  it("refuses a signer whose signature has another length", async () => {
    const signer = { keyid: KEYID, sign: async () => new Uint8Array(63) };
    await expect(sealStatement(JSON.parse(payloadText), signer)).rejects.toMatchObject({
      code: "BAD_ENVELOPE",
    });
  });
});

describe("preAuthEncoding", () => {
  it("is that of the DSSE specification", () => {
    const encoded = preAuthEncoding("http://example.com/HelloWorld", new TextEncoder().encode("hello world"));
    expect(new TextDecoder().decode(encoded)).toBe("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
  });
});

function codeOf(bytes: Uint8Array): string {
  const read = readEnvelope(bytes);
  return read.ok ? "ok" : read.code;
}

function envelopeOf(payload: Uint8Array): Uint8Array {
  return canonicalBytes({ payload: encodeBase64(payload), payloadType: TYPE, signatures: [sign()] });
}

function sign(): { keyid: string; sig: string } {
  return { keyid: KEYID, sig: SIG };
}
