import {
  type EvidenceCode,
  type ReadEnvelope,
  readEnvelope,
  type SignatureEngine,
  signatureItem,
} from "@compline/core";
import type { Enrolment } from "../reconcile/enrolments.ts";
import type { IngestItem } from "../store/contract.ts";
import { nodeSha256 } from "../crypto.ts";

/** Why an envelope is not kept. The digest is that of the bytes, null when they are too many to be a file. */
export interface Refused {
  readonly code: EvidenceCode;
  readonly message: string;
}

/** An envelope whose form and signature are good, ready to be kept. */
export type Judged = { readonly item: IngestItem } | { readonly refused: Refused };

/**
 * Judges envelopes that one appliance sent: form, chain and site, then the signature by the key that is enrolled for
 * it now. Attacker-controlled until the signature is verified. Order is kept.
 */
export async function judgeEnvelopes(
  envelopes: readonly Uint8Array[],
  enrolment: Enrolment,
  tools: { readonly engine: SignatureEngine; readonly receivedAt: string },
): Promise<readonly Judged[]> {
  const read = envelopes.map((bytes) => ({ bytes, form: judgeForm(bytes, enrolment) }));
  const signed = read.flatMap(({ form }) => ("code" in form ? [] : [form]));
  const good = await tools.engine.verify(signed.map((form) => signatureItem(form, enrolment.publicKey)));
  const verified = new Set(signed.filter((_, index) => good[index] === true));
  return read.map(({ bytes, form }) => {
    if ("code" in form) return { refused: { code: form.code, message: form.message } };
    if (!verified.has(form)) return { refused: badSignature };
    return { item: itemOf(bytes, form, tools.receivedAt) };
  });
}

const badSignature: Refused = {
  code: "BAD_SIGNATURE",
  message: "The signature is not that of the enrolled key.",
};

function judgeForm(bytes: Uint8Array, enrolment: Enrolment): ReadEnvelope | Refused {
  const read = readEnvelope(bytes, nodeSha256);
  if (!read.ok) return read;
  const { predicate } = read.statement;
  if (predicate.kind === "authority") {
    return { code: "EVENT_WRONG_SIGNER", message: "An appliance does not sign for the authority." };
  }
  if (predicate.chain.id !== enrolment.appliance) {
    return { code: "KEY_MISMATCH", message: "The chain is another appliance's." };
  }
  if (predicate.site !== enrolment.site) {
    return { code: "WRONG_SITE", message: "The appliance is enrolled at another site." };
  }
  if (read.keyid !== enrolment.keyid) {
    return { code: "UNKNOWN_KEY", message: "The key is not the one that is enrolled for this appliance." };
  }
  return read;
}

function itemOf(bytes: Uint8Array, read: ReadEnvelope, receivedAt: string): IngestItem {
  const { predicate } = read.statement;
  if (predicate.kind === "authority") throw new Error("unreachable: judged above");
  const { id, epoch, seq } = predicate.chain;
  return {
    digest: read.digest,
    bytes,
    chain: id,
    epoch,
    seq,
    site: predicate.site,
    keyid: read.keyid,
    receivedAt,
  };
}
