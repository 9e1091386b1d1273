import { decodeBase64, encodeBase64 } from "./base64.ts";
import { EvidenceError, type FormCode } from "./codes.ts";
import { type Sha256, sha256Hex } from "./digest.ts";
import { canonicalBytes, isCanonical } from "./jcs.ts";
import { scanJson } from "./scan.ts";
import { isHex64, isObject, type Problem } from "./shape.ts";
import type { Sign, SignatureItem } from "./signature.ts";
import { type Digest, isObservation, type Predicate, type Statement, type Subject } from "./statement.ts";
import { judgeStatement } from "./statement-shape.ts";

/** The DSSE payload type of evidence. */
export const STATEMENT_TYPE = "application/vnd.in-toto+json";
/** An envelope file has at most this many bytes. */
export const MAX_ENVELOPE_BYTES = 262_144;
const MAX_DEPTH = 32;

/** A file of the one allowed form. Whether its signature holds is not known yet: see `signatureItem`. */
export interface ReadEnvelope {
  readonly ok: true;
  /** SHA-256 of the file: the bundle's identity everywhere. */
  readonly digest: Digest;
  readonly keyid: Digest;
  /** Raw 64 bytes. */
  readonly signature: Uint8Array;
  /** The signed bytes: DSSE pre-authentication encoding of the payload. */
  readonly message: Uint8Array;
  readonly statement: Statement;
}

/** Why a file is not of the allowed form. */
export interface Refusal {
  readonly ok: false;
  readonly code: FormCode;
  readonly message: string;
}

/** An envelope that was just written. */
export interface SealedEnvelope {
  readonly bytes: Uint8Array;
  readonly digest: Digest;
}

const encoder = new TextEncoder();
const strictUtf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** DSSE pre-authentication encoding: the bytes that are signed. */
export function preAuthEncoding(payloadType: string, payload: Uint8Array): Uint8Array {
  const type = encoder.encode(payloadType);
  const head = encoder.encode(`DSSEv1 ${type.length} ${payloadType} ${payload.length} `);
  const message = new Uint8Array(head.length + payload.length);
  message.set(head);
  message.set(payload, head.length);
  return message;
}

/**
 * Signs a statement and answers the file to store.
 * @throws EvidenceError when its own reader would refuse the result, before anything leaves this function.
 */
export async function sealStatement(
  statement: Statement,
  signer: { readonly keyid: Digest; readonly sign: Sign },
  sha256: Sha256 = sha256Hex,
): Promise<SealedEnvelope> {
  const payload = canonicalBytes(statement);
  const signature = await signer.sign(preAuthEncoding(STATEMENT_TYPE, payload));
  const bytes = encoder.encode(envelopeText(encodeBase64(payload), signer.keyid, encodeBase64(signature)));
  const read = readEnvelope(bytes, sha256);
  if (!read.ok) throw new EvidenceError(read.code, read.message);
  return { bytes, digest: read.digest };
}

/**
 * Reads an envelope file of unknown origin. Every byte is attacker-controlled; what comes back has the closed
 * shape of FORMAT.md sections 1 and 2, and its bytes are the only ones that say it. The signature is not judged
 * here, so that callers can batch signatures.
 */
export function readEnvelope(bytes: Uint8Array, sha256: Sha256 = sha256Hex): ReadEnvelope | Refusal {
  if (bytes.length > MAX_ENVELOPE_BYTES)
    return refuse("OVERSIZE", `a file has at most ${MAX_ENVELOPE_BYTES} bytes, found ${bytes.length}`);
  const outer = openEnvelope(bytes);
  if (!outer.ok) return outer;
  const inner = readStatement(outer.payload, sha256);
  if (!inner.ok) return inner;
  return {
    ok: true,
    digest: sha256(bytes),
    keyid: outer.keyid,
    signature: outer.signature,
    message: preAuthEncoding(STATEMENT_TYPE, outer.payload),
    statement: inner.statement,
  };
}

/** What the signature engine needs to judge a read envelope under a key. */
export function signatureItem(read: ReadEnvelope, publicKey: Uint8Array): SignatureItem {
  return { publicKey, message: read.message, signature: read.signature };
}

/** The subjects a predicate must have: one per attachment, else the digest of its results or event. */
export function subjectsOf(predicate: Predicate, sha256: Sha256 = sha256Hex): readonly Subject[] {
  return subjectsBy(predicate, (part) => sha256(canonicalBytes(part)));
}

function subjectsBy(predicate: Predicate, digestOf: (part: object) => Digest): readonly Subject[] {
  if (!isObservation(predicate)) return [subject("event", digestOf(predicate.event))];
  if (predicate.attachments.length === 0) return [subject("results", digestOf(predicate.results))];
  return predicate.attachments.map((attachment, index) => subject(`attachment-${index}`, attachment.digest));
}

interface OpenEnvelope {
  readonly ok: true;
  readonly payload: Uint8Array;
  readonly keyid: Digest;
  readonly signature: Uint8Array;
}

/** What stands around the payload, the keyid and the signature in the one form; none of the three holds a quote. */
const BEFORE_PAYLOAD = '{"payload":"';
const BEFORE_KEYID = `","payloadType":"${STATEMENT_TYPE}","signatures":[{"keyid":"`;
const BEFORE_SIG = '","sig":"';
const AFTER_SIG = '"}]}';
const KEYID_LENGTH = 64;
/** Base64 of 64 bytes. */
const SIG_LENGTH = 88;
const AFTER_PAYLOAD_LENGTH =
  BEFORE_KEYID.length + KEYID_LENGTH + BEFORE_SIG.length + SIG_LENGTH + AFTER_SIG.length;

function openEnvelope(bytes: Uint8Array): OpenEnvelope | Refusal {
  const text = decodeText(bytes);
  return (text === undefined ? undefined : cutEnvelope(text)) ?? refuseEnvelope(text);
}

/** Takes the one form apart, where everything has its place: faster than parsing, and there is no second reading. */
function cutEnvelope(text: string): OpenEnvelope | undefined {
  const endOfPayload = text.length - AFTER_PAYLOAD_LENGTH;
  const keyidAt = endOfPayload + BEFORE_KEYID.length;
  const sigAt = keyidAt + KEYID_LENGTH + BEFORE_SIG.length;
  const keyid = text.slice(keyidAt, keyidAt + KEYID_LENGTH);
  const fits =
    text.startsWith(BEFORE_PAYLOAD) &&
    text.startsWith(BEFORE_KEYID, endOfPayload) &&
    isHex64(keyid) &&
    text.startsWith(BEFORE_SIG, keyidAt + KEYID_LENGTH) &&
    text.endsWith(AFTER_SIG);
  if (!fits) return undefined;
  const payload = decodeBase64(text.slice(BEFORE_PAYLOAD.length, endOfPayload));
  const signature = decodeBase64(text.slice(sigAt, sigAt + SIG_LENGTH));
  if (payload === undefined || signature?.length !== 64) return undefined;
  return { ok: true, payload, keyid, signature };
}

/** One code for a file that is not of the one form: the first of the order in FORMAT.md section 5.1 that applies. */
function refuseEnvelope(text: string | undefined): Refusal {
  const parsed = text === undefined ? undefined : parseJson(text);
  if (parsed === undefined) return refuse("NOT_JSON", "the file is not JSON in UTF-8");
  const repeated = scanJson(parsed.text).duplicateKey;
  if (repeated !== null) return refuse("DUPLICATE_KEY", `member ${JSON.stringify(repeated)} is given twice`);
  const members = envelopeMembers(parsed.value);
  if (members === undefined)
    return refuse("BAD_ENVELOPE", "expected payload, payloadType and one signature with keyid and sig");
  const signature = decodeBase64(members.sig);
  if (signature === undefined || decodeBase64(members.payload) === undefined)
    return refuse("BAD_BASE64", "payload and sig are standard padded base64");
  if (signature.length !== 64)
    return refuse("BAD_ENVELOPE", `a signature has 64 bytes, found ${signature.length}`);
  return refuse("NOT_CANONICAL", "the file is not the canonical JSON of its content");
}

interface EnvelopeMembers {
  readonly payload: string;
  readonly keyid: string;
  readonly sig: string;
}

function envelopeMembers(value: unknown): EnvelopeMembers | undefined {
  if (!hasExactly(value, ["payload", "payloadType", "signatures"])) return undefined;
  const { payload, payloadType, signatures } = value;
  if (typeof payload !== "string" || payloadType !== STATEMENT_TYPE) return undefined;
  if (!Array.isArray(signatures) || signatures.length !== 1) return undefined;
  const signature: unknown = signatures[0];
  if (!hasExactly(signature, ["keyid", "sig"])) return undefined;
  const { keyid, sig } = signature;
  return isHex64(keyid) && typeof sig === "string" ? { payload, keyid, sig } : undefined;
}

function hasExactly<M extends string>(
  value: unknown,
  members: readonly M[],
): value is Readonly<Record<M, unknown>> {
  return (
    isObject(value) &&
    Object.keys(value).length === members.length &&
    members.every((member) => Object.hasOwn(value, member))
  );
}

/** The JCS of an envelope; its strings need no escape, so a template is the canonical form. */
function envelopeText(payload: string, keyid: string, sig: string): string {
  return `${BEFORE_PAYLOAD}${payload}${BEFORE_KEYID}${keyid}${BEFORE_SIG}${sig}${AFTER_SIG}`;
}

function readStatement(
  payload: Uint8Array,
  sha256: Sha256,
): { readonly ok: true; readonly statement: Statement } | Refusal {
  const parsed = parseText(payload);
  if (parsed === undefined) return refuse("NOT_JSON", "the payload is not JSON in UTF-8");
  const { problems, isInOrder } = judgeStatement(parsed.value);
  const isOrderly = isInOrder && problems.length === 0;
  const canonical = isOrderly ? JSON.stringify(parsed.value) === parsed.text : isCanonical(parsed);
  if (!canonical || problems.length > 0) return explainRefusal(parsed.text, canonical, problems);
  const statement = parsed.value as Statement; // nothing was found wrong, so it has the shape
  const expected = subjectsBy(statement.predicate, (part) => sha256(encoder.encode(JSON.stringify(part))));
  if (!sameDigests(statement.subject, expected))
    return refuse("BAD_SUBJECT", "the subject is not the digest of what the statement holds");
  return { ok: true, statement };
}

/** One code per file: the first of the order in FORMAT.md section 5.1 that applies. */
function explainRefusal(text: string, canonical: boolean, problems: readonly Problem[]): Refusal {
  const faults = scanJson(text);
  if (faults.depth > MAX_DEPTH)
    return refuse("TOO_DEEP", `nested ${faults.depth} levels, at most ${MAX_DEPTH}`);
  if (faults.duplicateKey !== null)
    return refuse("DUPLICATE_KEY", `member ${JSON.stringify(faults.duplicateKey)} is given twice`);
  if (faults.badNumber !== null)
    return refuse("BAD_NUMBER", `${faults.badNumber.slice(0, 32)} is not an integer within 2^53-1`);
  if (faults.notAscii) return refuse("NOT_ASCII", "a text holds more than printable ASCII");
  if (faults.longString) return refuse("LONG_STRING", "a text is longer than 256 characters");
  if (!canonical) return refuse("NOT_CANONICAL", "the payload is not the canonical JSON of its content");
  const problem =
    problems.find(({ code }) => code === "UNKNOWN_MEMBER") ??
    problems.find(({ code }) => code === "SCHEMA") ??
    problems[0];
  if (problem === undefined) throw new Error("unreachable: a refusal without a reason");
  return refuse(problem.code, `${problem.path === "" ? "/" : problem.path}: ${problem.message}`);
}

function sameDigests(found: readonly Subject[], expected: readonly Subject[]): boolean {
  return (
    found.length === expected.length &&
    found.every(({ digest }, index) => digest.sha256 === expected[index]?.digest.sha256)
  );
}

function subject(name: string, digest: Digest): Subject {
  return { name, digest: { sha256: digest } };
}

/** Text and value of strict UTF-8 JSON, or undefined. */
export function parseText(bytes: Uint8Array): { readonly text: string; readonly value: unknown } | undefined {
  const text = decodeText(bytes);
  return text === undefined ? undefined : parseJson(text);
}

function decodeText(bytes: Uint8Array): string | undefined {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return undefined; // not UTF-8: the caller says which file
  }
}

function parseJson(text: string): { readonly text: string; readonly value: unknown } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return { text, value };
  } catch {
    return undefined; // not JSON: the caller says which file
  }
}

function refuse(code: FormCode, message: string): Refusal {
  return { ok: false, code, message };
}
