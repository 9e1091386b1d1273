import {
  type EvidenceCode,
  type HealOutcome,
  isObservation,
  type Predicate,
  type ReadEnvelope,
  readEnvelope,
  type SignatureEngine,
  signatureItem,
} from "@compline/core";
import type { AuthorityBook } from "../authority/book.ts";
import type { RevokedKey } from "../authority/revoked-keys.ts";
import { nodeSha256 } from "../crypto.ts";
import type { Enrolments } from "../reconcile/enrolments.ts";
import type { IngestItem } from "../store/contract.ts";

/** Why an envelope is not kept. */
export interface Refused {
  readonly code: EvidenceCode | "NOT_ENROLLED";
  readonly message: string;
}

/** An envelope that is ready to be kept, or why it is not; then also whether a known key signed it at all. */
export type Judged =
  | { readonly item: IngestItem; readonly read: ReadEnvelope; readonly heals: readonly HealOutcome[] }
  | { readonly refused: Refused; readonly isSigned: boolean };

/** Who may sign now: whom reviewed files enrol, and what authorities decided. */
export interface Signers {
  readonly enrolments: Enrolments;
  readonly authority: Pick<AuthorityBook, "ruling" | "revoked" | "reach">;
}

/**
 * Judges envelopes of whoever sent them: the form, then the signature by a key that may sign for the chain that the
 * envelope names, then the site, then whether a revoked key still may. Attacker-controlled until the signature is
 * verified; only then does a refusal tell anything about the enrolment. Order is kept. Throws STORE_IO.
 */
export async function judgeEnvelopes(
  envelopes: readonly Uint8Array[],
  signers: Signers,
  tools: { readonly engine: SignatureEngine; readonly receivedAt: string },
): Promise<readonly Judged[]> {
  const read = envelopes.map((bytes) => judgeForm(bytes, signers));
  const signed = read.flatMap((form) => ("code" in form ? [] : [form]));
  const good = await tools.engine.verify(
    signed.map((form) => signatureItem(form.read, form.signer.publicKey)),
  );
  const verified = new Set(signed.filter((_, index) => good[index] === true));
  const refusals = await judgeReach([...verified], signers);
  return read.map((form) => {
    if ("code" in form) return { refused: { code: form.code, message: form.message }, isSigned: false };
    if (!verified.has(form)) return { refused: badSignature, isSigned: false };
    if (!form.signer.sites.has(form.item.site)) return { refused: wrongSite, isSigned: true };
    const refused = refusals.get(form);
    if (refused !== undefined) return { refused, isSigned: true };
    return {
      item: { ...form.item, receivedAt: tools.receivedAt },
      read: form.read,
      heals: healsOf(form.read),
    };
  });
}

const badSignature: Refused = {
  code: "BAD_SIGNATURE",
  message: "The signature is not that of the key that may sign here.",
};

const wrongSite: Refused = {
  code: "WRONG_SITE",
  message: "The appliance is enrolled at another site.",
};

/** Who may sign for a chain: with which key, at which sites, and, for a revoked key, how far. */
interface Signer {
  readonly publicKey: Uint8Array;
  readonly sites: ReadonlySet<string>;
  readonly log: string | null;
  readonly revoked: RevokedKey | null;
}

interface WellFormed {
  readonly read: ReadEnvelope;
  readonly signer: Signer;
  readonly item: Omit<IngestItem, "receivedAt">;
}

function judgeForm(bytes: Uint8Array, signers: Signers): WellFormed | Refused {
  const read = readEnvelope(bytes, nodeSha256);
  if (!read.ok) return read;
  const { predicate } = read.statement;
  const signer = predicate.kind === "authority" ? authorityOf(read, signers) : applianceOf(read, signers);
  if ("code" in signer) return signer;
  const { id, epoch, seq } = predicate.chain;
  const { digest, keyid } = read;
  const site = predicate.kind === "authority" ? predicate.partner : predicate.site;
  return { read, signer, item: { digest, bytes, chain: id, epoch, seq, site, keyid, log: signer.log } };
}

/** The authority's chain has the partner's ULID, and so has the folder that it is in. */
function authorityOf(
  { keyid, statement: { predicate } }: ReadEnvelope,
  { authority }: Signers,
): Signer | Refused {
  const { id } = predicate.chain;
  const known = authority.ruling(id)?.authority;
  if (known === undefined)
    return { code: "NOT_ENROLLED", message: "No reviewed file pins an authority of this partner." };
  const key = known.keys.find((one) => one.keyid === keyid);
  if (key === undefined)
    return {
      code: "EVENT_WRONG_SIGNER",
      message: "The key is none that the partner's file pins for its authority.",
    };
  return { publicKey: key.bytes, sites: new Set([known.partner]), log: known.log, revoked: null };
}

function applianceOf(
  { keyid, statement }: ReadEnvelope,
  { enrolments, authority }: Signers,
): Signer | Refused {
  const { id } = statement.predicate.chain;
  const enrolment = enrolments.get(id);
  const revoked = authority.revoked(keyid);
  if (revoked?.appliance === id) return { ...revoked, revoked };
  if (enrolment === undefined) {
    return { code: "NOT_ENROLLED", message: "No reviewed file enrols the appliance." };
  }
  if (keyid !== enrolment.keyid) {
    return { code: "UNKNOWN_KEY", message: "The key is not the one that is enrolled for this appliance." };
  }
  return { ...enrolment, revoked: null };
}

/** Refuses what a revoked key signed beyond the last bundle that is trusted of it. */
async function judgeReach(
  verified: readonly WellFormed[],
  { authority }: Signers,
): Promise<ReadonlyMap<WellFormed, Refused>> {
  const refused = new Map<WellFormed, Refused>();
  const byKey = Map.groupBy(verified, ({ signer }) => signer.revoked);
  for (const [key, forms] of byKey) {
    if (key === null) continue;
    const given = new Map(forms.map(({ read }) => [read.digest, prevOf(read.statement.predicate)]));
    const { digests, isOpen } = await authority.reach(key, given);
    for (const form of forms)
      if (!digests.has(form.read.digest)) refused.set(form, isOpen ? tooEarly(key) : beyond(key));
  }
  return refused;
}

function prevOf({ chain }: Predicate): string | null {
  return chain.prev;
}

function beyond({ keyid, lastTrusted }: RevokedKey): Refused {
  const far =
    lastTrusted === null ? "nothing that it signed counts" : `it is trusted up to bundle ${lastTrusted}`;
  return { code: "REVOKED", message: `The partner's authority revoked key ${keyid}: ${far}.` };
}

/** The box keeps it, as it keeps what nobody enrols. */
function tooEarly({ keyid, lastTrusted }: RevokedKey): Refused {
  return {
    code: "NOT_ENROLLED",
    message: `Key ${keyid} is revoked beyond bundle ${lastTrusted}, which is not here yet: send that one first, or both together.`,
  };
}

function healsOf({ statement: { predicate } }: ReadEnvelope): readonly HealOutcome[] {
  return isObservation(predicate) ? predicate.heals.map(({ outcome }) => outcome) : [];
}
