import { decodeBase64, encodeBase64 } from "../evidence/base64.ts";
import type { Sign, SignatureItem } from "../evidence/signature.ts";
import { type ComponentLine, signatureBase, signatureParams } from "./signature-base.ts";

/** What a request says that its signature covers. */
export interface RequestParts {
  /** In capitals. */
  readonly method: string;
  /** The host and, unless it is the scheme's own, the port; in small letters. */
  readonly authority: string;
  /** As on the request line, up to the question mark. */
  readonly path: string;
  /** As on the request line, from the question mark on; "?" alone when there is none. */
  readonly query: string;
  /** The `content-digest` of a request with a body; null when it has none. */
  readonly contentDigest: string | null;
}

/** What a signature says about itself. The algorithm is Ed25519: nothing in a request can choose another. */
export interface RequestSignatureParameters {
  /** Seconds since 1970, by the signer's clock. */
  readonly created: number;
  /** SHA-256 of the public key, in hex. */
  readonly keyid: string;
  /** 22 to 128 characters of base64url. */
  readonly nonce: string;
}

/** The two headers that carry a signature. */
export interface SignatureHeaders {
  readonly "signature-input": string;
  readonly signature: string;
}

/** A signature of the one allowed form. Whether it holds is not known yet: see `requestSignatureItem`. */
export interface ReadRequestSignature extends RequestSignatureParameters {
  /** Whether it covers `content-digest`. */
  readonly coversBody: boolean;
  /** Raw 64 bytes. */
  readonly signature: Uint8Array;
}

const TAG = "compline-appliance";
const BODYLESS = ["@method", "@authority", "@path", "@query"] as const;
// A strict subset of RFC 9421 and RFC 8941: these components in this order, these parameters in this order, one
// signature, one text for each meaning. A general parser would only give attackers more forms to try.
const INPUT =
  /^([a-z][a-z0-9_-]{0,31})=\("@method" "@authority" "@path" "@query"( "content-digest")?\);created=(0|[1-9]\d{0,14});keyid="([0-9a-f]{64})";nonce="([A-Za-z0-9_-]{22,128})";tag="compline-appliance"$/;
const SIGNATURE = /^([a-z][a-z0-9_-]{0,31})=:([A-Za-z0-9+/]{86}==):$/;

/** Path and query of a request target, as the signature covers them. */
export function splitTarget(target: string): Pick<RequestParts, "path" | "query"> {
  const at = target.indexOf("?");
  return at < 0 ? { path: target, query: "?" } : { path: target.slice(0, at), query: target.slice(at) };
}

/** Signs a request (RFC 9421) and answers the headers to send with it. */
export async function signRequest(
  parts: RequestParts,
  parameters: RequestSignatureParameters,
  sign: Sign,
): Promise<SignatureHeaders> {
  const signature = await sign(baseOf(parts, parameters));
  const names = linesOf(parts).map(([name]) => name);
  return {
    "signature-input": `compline=${signatureParams(names, textOf(parameters))}`,
    signature: `compline=:${encodeBase64(signature)}:`,
  };
}

/** Reads the two headers of a request of unknown origin; null when they have another than the one allowed form. */
export function readRequestSignature(headers: SignatureHeaders): ReadRequestSignature | null {
  const input = INPUT.exec(headers["signature-input"]);
  const value = SIGNATURE.exec(headers.signature);
  const signature = decodeBase64(value?.[2] ?? "=");
  if (input === null || signature === undefined || input[1] !== value?.[1]) return null;
  const [, , covered, created = "", keyid = "", nonce = ""] = input;
  return { coversBody: covered !== undefined, created: Number(created), keyid, nonce, signature };
}

/** What the signature engine needs to judge a request's signature under a key. */
export function requestSignatureItem(
  parts: RequestParts,
  read: ReadRequestSignature,
  publicKey: Uint8Array,
): SignatureItem {
  return { publicKey, message: baseOf(parts, read), signature: read.signature };
}

function baseOf(parts: RequestParts, parameters: RequestSignatureParameters): Uint8Array {
  return signatureBase(linesOf(parts), textOf(parameters));
}

function linesOf(parts: RequestParts): readonly ComponentLine[] {
  const { method, authority, path, query, contentDigest } = parts;
  const values = [method, authority, path, query];
  const lines = BODYLESS.map((name, index): ComponentLine => [name, values[index] ?? ""]);
  return contentDigest === null ? lines : [...lines, ["content-digest", contentDigest]];
}

function textOf({ created, keyid, nonce }: RequestSignatureParameters): string {
  return `;created=${created};keyid="${keyid}";nonce="${nonce}";tag="${TAG}"`;
}
