import { hexToBytes } from "@noble/hashes/utils.js";
import { keyidOf } from "../evidence/digest.ts";
import type { SignatureEngine } from "../evidence/signature.ts";
import type { Digest } from "../evidence/statement.ts";
import { type Diagnostic, errorAt, type Finding, warningAt } from "../manifest/diagnostic.ts";
import { type ReadDecision, top } from "./decision-tree.ts";

/**
 * Who signed a partner's decisions, given in the order of their chain. The files hold the key that partner.yaml pins (hex)
 * and those that decisions rotate to; an earlier one is known to the controller only, and that is said.
 */
export async function signerFaults(
  decisions: readonly ReadDecision[],
  pinned: string | null,
  engine: SignatureEngine,
): Promise<readonly Diagnostic[]> {
  const keys = keysIn(decisions, pinned);
  const known = decisions.flatMap((decision) => {
    const publicKey = keys.get(decision.keyid);
    return publicKey === undefined ? [] : [{ ...decision, publicKey }];
  });
  const holds = await engine.verify(known);
  return [
    ...known.filter((_, index) => holds[index] !== true).map((one) => errorAt(brokenSignature(one))),
    ...turnFaults(decisions, pinned).map(errorAt),
    ...notChecked(decisions.filter(({ keyid }) => !keys.has(keyid))).map(warningAt),
  ];
}

function keysIn(decisions: readonly ReadDecision[], pinned: string | null): ReadonlyMap<Digest, Uint8Array> {
  const rotatedTo = decisions.flatMap(({ predicate: { event } }) =>
    event.type === "rotate" ? [event.publicKey] : [],
  );
  const keys = [...rotatedTo, ...(pinned === null ? [] : [pinned])].map(hexToBytes);
  return new Map(keys.map((key) => [keyidOf(key), key]));
}

/** As the chain is followed by `decisionsInForce`: a key that another one followed signs nothing more. */
function turnFaults(decisions: readonly ReadDecision[], pinned: string | null): Finding[] {
  const last = pinned === null ? null : keyidOf(hexToBytes(pinned));
  const followed = new Set<Digest>();
  let due: Digest | null = null;
  let before: Digest | null = null;
  return decisions.flatMap(({ path, keyid, predicate: { event } }) => {
    if (before !== null && before !== keyid) followed.add(before);
    const expected = followed.has(keyid) || (last !== null && followed.has(last)) ? last : (due ?? keyid);
    due = event.type === "rotate" ? keyidOf(hexToBytes(event.publicKey)) : null;
    if (event.type === "rotate") followed.add(keyid);
    before = keyid;
    return expected === keyid ? [] : [wrongSigner(path, expected, keyid)];
  });
}

function wrongSigner(file: string, expected: Digest | null, found: Digest): Finding {
  return {
    file,
    at: top,
    code: "DECISION_SIGNER",
    expected: expected === null ? "a key that no other one followed" : `the key ${expected}`,
    found: `the key ${found}`,
    hint: "sign it anew with the key that partner.yaml pins: a key that another one followed decides nothing more",
  };
}

function brokenSignature({ path, keyid }: ReadDecision): Finding {
  return {
    file: path,
    at: top,
    code: "DECISION_SIGNATURE",
    expected: `a signature by the key ${keyid}`,
    found: "one that does not hold",
    hint: "do not merge it: its content is not what the holder of that key signed; ask them for the file",
  };
}

/** Said once, at the first: after a change of keys it is so for good. */
function notChecked(unknown: readonly ReadDecision[]): Finding[] {
  const [first] = unknown;
  if (first === undefined) return [];
  const count = unknown.length === 1 ? "this decision" : `${unknown.length} decisions from here on`;
  return [
    {
      file: first.path,
      at: top,
      code: "DECISION_NOT_CHECKED",
      message: `the signature of ${count} was not checked: the key ${first.keyid} is in no file here`,
      hint: "partner.yaml pins the newest key only; the controller checks by the earlier ones that it accepted, and compline status says DECISION_REFUSED",
    },
  ];
}
