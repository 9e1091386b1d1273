import { type Document, isMap, parseDocument } from "yaml";

/** What names an appliance that was born on its box. */
export interface ApplianceIdentity {
  /** ULID. */
  readonly id: string;
  /** 64 hex digits. */
  readonly publicKey: string;
}

/** What names a partner's authority key and log. */
export interface PartnerIdentity {
  /** 64 hex digits. */
  readonly authorityPublicKey: string;
  readonly logOrigin: string;
}

/** The text of an Appliance document with its identity written in; comments stay. */
export function enrolAppliance(text: string, identity: ApplianceIdentity): string {
  return edited(text, (document) => {
    document.setIn(["spec", "id"], identity.id);
    document.setIn(["spec", "publicKey"], identity.publicKey);
  });
}

/** The text of a Partner document with authority key and log origin written in; comments stay. */
export function enrolPartner(text: string, identity: PartnerIdentity): string {
  return edited(text, (document) => {
    document.setIn(["spec", "authority"], { publicKey: identity.authorityPublicKey });
    document.setIn(["spec", "log"], { origin: identity.logOrigin });
  });
}

/** The text must be a document that `parseDocument` of this package takes. */
function edited(text: string, edit: (document: Document.Parsed) => void): string {
  const document = parseDocument(text, { stringKeys: true });
  const spec = document.get("spec");
  // `spec: {}` is written in one line; what is added to it reads better in lines of its own.
  if (isMap(spec)) spec.flow = false;
  edit(document);
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}
