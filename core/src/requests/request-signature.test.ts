import { createPublicKey, generateKeyPairSync, sign, verify } from "node:crypto";
import { assert, constantFrom, oneof, property, string } from "fast-check";
import { createSigner, createVerifier, httpbis } from "http-message-signatures";
import { describe, expect, test } from "vitest";
import { keyidOf } from "../evidence/digest.ts";
import { nobleEngine } from "../evidence/ed25519-noble.ts";
import { contentDigest } from "./content-digest.ts";
import {
  readRequestSignature,
  type RequestParts,
  requestSignatureItem,
  type RequestSignatureParameters,
  type SignatureHeaders,
  signRequest,
  splitTarget,
} from "./request-signature.ts";
import { signatureBase } from "./signature-base.ts";

const pair = generateKeyPairSync("ed25519");
const publicKey = new Uint8Array(pair.publicKey.export({ type: "spki", format: "der" }).subarray(12));
const keyid = keyidOf(publicKey);
const signer = async (message: Uint8Array) => new Uint8Array(sign(null, message, pair.privateKey));
const engine = nobleEngine();
const nonce = "0123456789abcdefghij_-";
const parameters: RequestSignatureParameters = { created: 1_763_900_000, keyid, nonce };
const body = Buffer.from('{"hello":"world"}');
const bodyless: RequestParts = {
  method: "GET",
  authority: "controller.example:8480",
  path: "/v1/appliances/01J0000000000000000000BXA1/assignment",
  query: "?have=00&wait=20",
  contentDigest: null,
};
const withBody: RequestParts = {
  ...bodyless,
  method: "POST",
  query: "?",
  contentDigest: contentDigest(body),
};

async function holds(parts: RequestParts, headers: SignatureHeaders): Promise<boolean> {
  const read = readRequestSignature(headers);
  if (read === null) return false;
  const [good] = await engine.verify([requestSignatureItem(parts, read, publicKey)]);
  return good ?? false;
}

test("the base of RFC 9421 B.2.6 is the one that its signature holds for", () => {
  const base = signatureBase(
    [
      ["date", "Tue, 20 Apr 2021 02:07:55 GMT"],
      ["@method", "POST"],
      ["@path", "/foo"],
      ["@authority", "example.com"],
      ["content-type", "application/json"],
      ["content-length", "18"],
    ],
    ';created=1618884473;keyid="test-key-ed25519"',
  );
  const key = createPublicKey(
    "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VwAyEAJrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs=\n-----END PUBLIC KEY-----\n",
  );
  const signature =
    "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw==";
  expect(verify(null, base, key, Buffer.from(signature, "base64"))).toBe(true);
});

test("a digest of RFC 9530 is the one of its appendix", () => {
  expect(contentDigest(Buffer.from('{"hello": "world"}'))).toBe(
    "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:",
  );
});

describe("a signed request", () => {
  test.each([
    ["without a body", bodyless],
    ["with a body", withBody],
  ])("%s is read as it was signed, and its signature holds", async (_, parts) => {
    const headers = await signRequest(parts, parameters, signer);
    expect(readRequestSignature(headers)).toMatchObject({
      ...parameters,
      coversBody: parts.contentDigest !== null,
    });
    expect(await holds(parts, headers)).toBe(true);
  });

  test("holds for no other method, host, path, query, body, time, key or nonce", async () => {
    const headers = await signRequest(withBody, parameters, signer);
    const others: readonly Partial<RequestParts>[] = [
      { method: "PUT" },
      { authority: "controller.example" },
      { path: "/v1/appliances/01J0000000000000000000BXA2/assignment" },
      { query: "?wait=0" },
      { contentDigest: contentDigest(Buffer.from("{}")) },
      { contentDigest: null },
    ];
    for (const other of others) expect(await holds({ ...withBody, ...other }, headers)).toBe(false);
    const input = headers["signature-input"];
    for (const [from, to] of [
      ["1763900000", "1763900001"],
      [keyid, "0".repeat(64)],
      [nonce, nonce.toUpperCase()],
    ] as const) {
      const changed = { ...headers, "signature-input": input.replace(from, to) };
      expect(readRequestSignature(changed)).not.toBeNull();
      expect(await holds(withBody, changed)).toBe(false);
    }
  });

  test("has one form: everything else is refused before a key is looked for", async () => {
    const { "signature-input": input, signature } = await signRequest(withBody, parameters, signer);
    const inputs = [
      "",
      `${input}, ${input}`,
      `${input}, other=("@method");created=1`,
      ` ${input}`,
      `${input};alg="ed25519"`,
      `${input};expires=1`,
      input.replace(' "@query"', ""),
      input.replace('"@method" "@authority"', '"@authority" "@method"'),
      input.replace('"@path"', '"@path";req'),
      input.replace('"content-digest"', '"content-digest" "date"'),
      input.replace("compline-appliance", "compline-other"),
      input.replace("created=", "created=0"),
      input.replace("created=", "created=-"),
      input.replace(`nonce="${nonce}";`, ""),
      input.replace(nonce, "short"),
      input.replace(keyid, keyid.toUpperCase()),
      input.replace("compline=", "other="),
    ];
    for (const one of inputs)
      expect([one, readRequestSignature({ "signature-input": one, signature })]).toEqual([one, null]);
    const signatures = [
      "",
      signature.replaceAll(":", ""),
      `${signature}, ${signature}`,
      signature.replace("==", ""),
      signature.replace(/.==/, "B=="), // bits that are no part of the 64 bytes
      signature.slice(0, 40),
    ];
    for (const one of signatures)
      expect([one, readRequestSignature({ "signature-input": input, signature: one })]).toEqual([one, null]);
  });

  test("whatever the headers say, reading them ends", () => {
    const text = oneof(string(), constantFrom("compline=(", ';created=1;keyid="'));
    assert(
      property(text, text, (input, signature) => {
        expect(readRequestSignature({ "signature-input": input, signature })).toBeNull();
      }),
    );
  });
});

test("a target is cut at its first question mark, and no byte of it is changed", () => {
  expect(splitTarget("/a/%2e?b=?")).toEqual({ path: "/a/%2e", query: "?b=?" });
  expect(splitTarget("/")).toEqual({ path: "/", query: "?" });
});

describe("another implementation of RFC 9421", () => {
  const url = `https://${withBody.authority}${withBody.path}`;
  const fields = ["@method", "@authority", "@path", "@query", "content-digest"];
  const headers = { "content-digest": contentDigest(body) };

  test("verifies what we sign", async () => {
    const signed = await signRequest(withBody, parameters, signer);
    const keyLookup = async ({ keyid: id }: { keyid?: string }) =>
      id === keyid ? { id, algs: ["ed25519"], verify: createVerifier(pair.publicKey, "ed25519") } : null;
    const check = (path: string) =>
      httpbis.verifyMessage(
        { keyLookup, requiredFields: fields, notAfter: Infinity, maxAge: Infinity },
        { method: "POST", url: `https://${withBody.authority}${path}`, headers: { ...headers, ...signed } },
      );
    expect(await check(withBody.path)).toBe(true);
    expect(await check("/elsewhere")).toBe(false);
  });

  test("signs what we verify", async () => {
    const message: { method: string; url: string; headers: Record<string, string> } = {
      method: "POST",
      url,
      headers,
    };
    const { headers: signed } = await httpbis.signMessage(
      {
        key: createSigner(pair.privateKey, "ed25519", keyid),
        name: "sig1",
        fields,
        params: ["created", "keyid", "nonce", "tag"],
        paramValues: { created: new Date(parameters.created * 1000), nonce, tag: "compline-appliance" },
      },
      message,
    );
    const foreign = {
      "signature-input": signed["Signature-Input"] ?? "",
      signature: signed["Signature"] ?? "",
    };
    expect(await holds(withBody, foreign)).toBe(true);
    expect(await holds({ ...withBody, path: "/elsewhere" }, foreign)).toBe(false);
  });
});
