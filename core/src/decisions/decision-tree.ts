import type { Sha256 } from "../evidence/digest.ts";
import { readEnvelope } from "../evidence/envelope.ts";
import type { AuthorityEvent, Digest } from "../evidence/statement.ts";
import { errorAt, type Diagnostic } from "../manifest/diagnostic.ts";
import { parseDocument } from "../manifest/parse-document.ts";
import { type DecisionPlace, decisionForm, decisionPlaceOf } from "../manifest/place.ts";

/** A file where decisions belong. */
export interface DecisionFile {
  readonly path: string;
  /** At most one byte more than an envelope may have; null for what is no plain file. */
  readonly bytes: Uint8Array | null;
}

/** What of a repository decisions are judged by. */
export interface DecisionTree {
  readonly files: readonly DecisionFile[];
  /** Texts of partner.yaml, by the partner's name. */
  readonly partners: ReadonlyMap<string, string>;
}

/** Who a folder's decisions are of; null where partner.yaml cannot be read. */
export interface Owner {
  /** ULID. */
  readonly id: string;
  /** The authority's key that is pinned, in hex. */
  readonly publicKey: string | null;
}

/** A decision of the one form. */
export interface ReadDecision {
  readonly path: string;
  readonly place: DecisionPlace;
  readonly digest: Digest;
  readonly keyid: Digest;
  readonly message: Uint8Array;
  readonly signature: Uint8Array;
  readonly predicate: AuthorityEvent;
}

/** A file that has a place by its name; a broken one keeps it. */
export interface PlacedFile {
  readonly path: string;
  readonly place: DecisionPlace;
  readonly decision: ReadDecision | null;
  readonly fault: Diagnostic | null;
}

/** Everything that is said of such a file is said of the whole. */
export const top = { line: 1, column: 1 } as const;

/** What partner.yaml says; null when it is no such document. */
export function ownerIn(name: string, text: string): Owner | null {
  const { document } = parseDocument({ path: `sites/${name}/partner.yaml`, text });
  if (document?.kind !== "Partner") return null;
  return { id: document.spec.id, publicKey: document.spec.authority?.publicKey ?? null };
}

/** Reads a file; null when its name gives it no place. */
export function readDecisionFile({ path, bytes }: DecisionFile, sha256?: Sha256): PlacedFile | null {
  const place = decisionPlaceOf(path);
  if (place === null) return null;
  // A link or a submodule is said to be none by whoever reads the tree.
  if (bytes === null) return { path, place, decision: null, fault: null };
  const read = readEnvelope(bytes, sha256);
  if (!read.ok)
    return { path, place, decision: null, fault: formFault(path, `${read.message} (${read.code})`) };
  const { digest, keyid, message, signature, statement } = read;
  const { predicate } = statement;
  if (predicate.kind !== "authority")
    return {
      path,
      place,
      decision: null,
      fault: formFault(path, `a bundle of an appliance (${predicate.kind})`),
    };
  return {
    path,
    place,
    decision: { path, place, digest, keyid, message, signature, predicate },
    fault: null,
  };
}

function formFault(file: string, found: string): Diagnostic {
  return errorAt({
    file,
    at: top,
    code: "DECISION_FORM",
    expected: "a decision as `compline authority` wrote it, byte for byte",
    found,
    hint: "commit the file that was signed, and let nothing change its line end; a copy is in every export of a site",
  });
}

/** Whether the name is right. */
export function isAtPlace({ place, predicate: { chain } }: ReadDecision): boolean {
  return place.epoch === chain.epoch && place.seq === chain.seq;
}

/** Said of a file that the controller would pass over. */
export function unexpectedPath(file: string): Diagnostic {
  return errorAt({
    file,
    at: top,
    code: "PATH_UNEXPECTED",
    expected: decisionForm,
    found: file,
    hint: "decisions are named by their place in the chain; notes beside them end in .md",
  });
}
