import {
  type EvidenceCode,
  type HealOutcome,
  isObservation,
  type ReadEnvelope,
  readEnvelope,
  type SignatureEngine,
  signatureItem,
} from "@compline/core";
import type { Enrolment, Enrolments } from "../reconcile/enrolments.ts";
import type { IngestItem } from "../store/contract.ts";
import { nodeSha256 } from "../crypto.ts";

/** Why an envelope is not kept. */
export interface Refused {
  readonly code: EvidenceCode | "NOT_ENROLLED";
  readonly message: string;
}

/** An envelope that is ready to be kept, or why it is not; then also whether an enrolled key signed it at all. */
export type Judged =
  | { readonly item: IngestItem; readonly heals: readonly HealOutcome[] }
  | { readonly refused: Refused; readonly isSigned: boolean };

/**
 * Judges envelopes of whoever sent them: the form, then the signature by the key that is enrolled now for the chain
 * that the envelope names, then the site. Attacker-controlled until the signature is verified; only then does a
 * refusal tell anything about the enrolment. Order is kept.
 */
export async function judgeEnvelopes(
  envelopes: readonly Uint8Array[],
  enrolments: Enrolments,
  tools: { readonly engine: SignatureEngine; readonly receivedAt: string },
): Promise<readonly Judged[]> {
  const read = envelopes.map((bytes) => judgeForm(bytes, enrolments));
  const signed = read.flatMap((form) => ("code" in form ? [] : [form]));
  const good = await tools.engine.verify(
    signed.map((form) => signatureItem(form.read, form.enrolment.publicKey)),
  );
  const verified = new Set(signed.filter((_, index) => good[index] === true));
  return read.map((form) => {
    if ("code" in form) return { refused: { code: form.code, message: form.message }, isSigned: false };
    if (!verified.has(form)) return { refused: badSignature, isSigned: false };
    if (form.item.site !== form.enrolment.site) return { refused: wrongSite, isSigned: true };
    return { item: { ...form.item, receivedAt: tools.receivedAt }, heals: healsOf(form.read) };
  });
}

const badSignature: Refused = {
  code: "BAD_SIGNATURE",
  message: "The signature is not that of the enrolled key.",
};

const wrongSite: Refused = {
  code: "WRONG_SITE",
  message: "The appliance is enrolled at another site.",
};

interface WellFormed {
  readonly read: ReadEnvelope;
  readonly enrolment: Enrolment;
  readonly item: Omit<IngestItem, "receivedAt">;
}

function judgeForm(bytes: Uint8Array, enrolments: Enrolments): WellFormed | Refused {
  const read = readEnvelope(bytes, nodeSha256);
  if (!read.ok) return read;
  const { predicate } = read.statement;
  if (predicate.kind === "authority") {
    return { code: "EVENT_WRONG_SIGNER", message: "An appliance does not sign for the authority." };
  }
  const { id, epoch, seq } = predicate.chain;
  const enrolment = enrolments.get(id);
  if (enrolment === undefined) {
    return { code: "NOT_ENROLLED", message: "No reviewed file enrols the appliance." };
  }
  if (read.keyid !== enrolment.keyid) {
    return { code: "UNKNOWN_KEY", message: "The key is not the one that is enrolled for this appliance." };
  }
  const { digest, keyid } = read;
  return {
    read,
    enrolment,
    item: { digest, bytes, chain: id, epoch, seq, site: predicate.site, keyid, log: enrolment.log },
  };
}

function healsOf({ statement: { predicate } }: ReadEnvelope): readonly HealOutcome[] {
  return isObservation(predicate) ? predicate.heals.map(({ outcome }) => outcome) : [];
}
