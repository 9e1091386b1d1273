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

/**
 * The text of an Appliance document with its identity written in; comments stay. A key that the document gives this very
 * appliance stays, too: who reviewed it may have another in mind, as when a key is rotated.
 */
export function enrolAppliance(text: string, identity: ApplianceIdentity): string {
  return edited(text, (document) => {
    if (document.getIn(["spec", "id"]) === identity.id && document.hasIn(["spec", "publicKey"])) return;
    document.setIn(["spec", "id"], identity.id);
    document.setIn(["spec", "publicKey"], identity.publicKey);
  });
}

/** The text of a Partner document with authority key and log origin written in; comments, and who watches the log, stay. */
export function enrolPartner(text: string, identity: PartnerIdentity): string {
  return edited(text, (document) => {
    document.setIn(["spec", "authority"], { publicKey: identity.authorityPublicKey });
    const log = document.getIn(["spec", "log"]);
    if (isMap(log)) log.set("origin", identity.logOrigin);
    else document.setIn(["spec", "log"], { origin: identity.logOrigin });
  });
}

/** A text that is no document of ours stays as it is: the loader says what is wrong with it. */
function edited(text: string, edit: (document: Document.Parsed) => void): string {
  const document = parseDocument(text, { stringKeys: true, logLevel: "silent" });
  const spec = document.errors.length === 0 && isMap(document.contents) ? document.get("spec") : null;
  if (!isMap(spec)) return text;
  // `spec: {}` is written in one line; what is added to it reads better in lines of its own.
  spec.flow = false;
  edit(document);
  return document.toString({ lineWidth: 0, flowCollectionPadding: true });
}
