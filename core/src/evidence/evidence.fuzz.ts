import { bytesOf, type FuzzTarget, isWrittenAgain, textOf } from "../testdata/fuzz-target.ts";
import { readAssignment } from "./assignment.ts";
import { decodeBase64, encodeBase64 } from "./base64.ts";
import { sha256Hex } from "./digest.ts";
import { readEnvelope, STATEMENT_TYPE } from "./envelope.ts";
import { createFindings } from "./finding.ts";
import { canonicalBytes } from "./jcs.ts";
import { MANIFEST_PATH } from "./kit-files.ts";
import { encodeManifest, judgeManifest } from "./kit-manifest.ts";
import { makeKit, type TestKit } from "./testdata/generator.ts";
import { listed } from "./testdata/listed.ts";
import { encodeTrust, readTrust } from "./trust.ts";

/** The files of evidence whose every byte is a stranger's. */
export const fuzz: readonly FuzzTarget[] = [
  { name: "envelope", seeds: () => filesOf(/^envelopes/), judge: judgeEnvelope },
  { name: "statement", seeds: statements, judge: (payload) => judgeEnvelope(envelopeOf(payload)) },
  { name: "trust", seeds: () => filesOf(/^trust/), judge: judgeTrust },
  { name: "assignment", seeds: () => filesOf(/^assignments.*json$/), judge: judgeAssignment },
  { name: "kit.json", seeds: lists, judge: judgeList },
  { name: "base64", seeds: base64Texts, judge: judgeBase64 },
];

function judgeEnvelope(file: Uint8Array): boolean {
  const read = readEnvelope(file);
  if (!read.ok) return false;
  const signatures = [{ keyid: read.keyid, sig: encodeBase64(read.signature) }];
  const payload = encodeBase64(canonicalBytes(read.statement));
  return isWrittenAgain(file, canonicalBytes({ payload, payloadType: STATEMENT_TYPE, signatures }));
}

/** People edit trust files, so their layout is free: what is read must be the same when it is written canonically. */
function judgeTrust(file: Uint8Array): boolean {
  const read = readTrust(file);
  if (!read.ok) return false;
  const canonical = encodeTrust(read.trust);
  const again = readTrust(canonical);
  return again.ok && isWrittenAgain(canonical, encodeTrust(again.trust));
}

function judgeAssignment(file: Uint8Array): boolean {
  const read = readAssignment(file);
  return read.ok && isWrittenAgain(file, canonicalBytes(read.assignment));
}

function judgeList(bytes: Uint8Array): boolean {
  const file = { path: MANIFEST_PATH, bytes };
  const list = judgeManifest(file, [], { sha256: sha256Hex, findings: createFindings() });
  return list !== null && isWrittenAgain(bytes, encodeManifest(list));
}

function judgeBase64(file: Uint8Array): boolean {
  const text = textOf(file);
  const bytes = text === null ? undefined : decodeBase64(text);
  return bytes !== undefined && isWrittenAgain(file, bytesOf(encodeBase64(bytes)));
}

let kit: Promise<TestKit> | undefined;

async function filesOf(path: RegExp): Promise<readonly Uint8Array[]> {
  kit ??= makeKit(1, { trust: (trust) => ({ ...trust, authority: null, keys: trust.keys.slice(0, 1) }) });
  return [...(await kit).files].filter(([name]) => path.test(name)).map(([, bytes]) => bytes);
}

async function lists(): Promise<readonly Uint8Array[]> {
  const made = await makeKit(1);
  await listed()(made);
  return [made.files.get(MANIFEST_PATH) ?? new Uint8Array()];
}

/** What is inside the envelopes: the place where a stranger has most to say. */
async function statements(): Promise<readonly Uint8Array[]> {
  const envelopes = await filesOf(/^envelopes/);
  return envelopes.map((bytes) => {
    const { payload }: { payload: string } = JSON.parse(textOf(bytes) ?? "");
    return decodeBase64(payload) ?? new Uint8Array();
  });
}

function envelopeOf(payload: Uint8Array): Uint8Array {
  const signatures = [{ keyid: "0".repeat(64), sig: encodeBase64(new Uint8Array(64)) }];
  return canonicalBytes({ payload: encodeBase64(payload), payloadType: STATEMENT_TYPE, signatures });
}

async function base64Texts(): Promise<readonly Uint8Array[]> {
  return Array.from({ length: 9 }, (_, length) =>
    bytesOf(encodeBase64(Uint8Array.from({ length }, (_byte, at) => at * 37 + length))),
  );
}
