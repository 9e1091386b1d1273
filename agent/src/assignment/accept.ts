import { assignmentSignatureItem, checkPublicKey, readAssignmentForAgent } from "@compline/core/appliance";
import type { Assignment } from "@compline/schemas";
import { nodeEngine } from "../engine.ts";
import { nodeSha256 } from "../sha256.ts";
import type { KeptAssignment, StoredAssignment } from "../store/assignments.ts";

/** Why an assignment is not obeyed. The last good one stays in force. */
export type AssignmentFault =
  | "DIGEST_MISMATCH"
  | "SIGNATURE_INVALID"
  /** Not canonical, not of the schema, or a definition is not the one its digest names. */
  | "FORM_INVALID"
  | "OTHER_APPLIANCE"
  | "GENERATION_BACK";

/** An assignment whose signature, form, addressee and definitions were judged good. */
export interface AcceptedAssignment extends KeptAssignment {
  readonly assignment: Assignment;
}

/** A judgement: `detail` says for people what was found. */
export type Acceptance =
  | { readonly ok: true; readonly accepted: AcceptedAssignment }
  | { readonly ok: false; readonly code: AssignmentFault; readonly detail: string };

/** What an assignment must fit. */
export interface AcceptContext {
  /** The pinned key, 32 bytes in hex. */
  readonly controllerKey: string;
  readonly appliance: string;
  /** The one in force; null before the first. */
  readonly current: AcceptedAssignment | null;
}

/**
 * Judges an assignment of unknown origin. Every byte is the sender's until the signature was checked against the
 * key that was pinned at enrolment.
 */
export async function acceptAssignment(
  offered: StoredAssignment,
  context: AcceptContext,
): Promise<Acceptance> {
  if (nodeSha256(offered.bytes) !== offered.digest)
    return refuse("DIGEST_MISMATCH", "the bytes are not those of the digest");
  if (!(await isSigned(offered, context.controllerKey)))
    return refuse("SIGNATURE_INVALID", "not signed by the pinned key");
  const read = readAssignmentForAgent(offered.bytes);
  if (!read.ok) return refuse("FORM_INVALID", read.message);
  const { controllerKey } = context;
  return judgeFit({ ...offered, controllerKey, repinned: false, assignment: read.assignment }, context);
}

function judgeFit(accepted: AcceptedAssignment, { appliance, current }: AcceptContext): Acceptance {
  const { assignment, digest } = accepted;
  if (assignment.appliance !== appliance)
    return refuse("OTHER_APPLIANCE", `it is for ${assignment.appliance}`);
  // Of another site, too: a reviewed file moved this box, and nobody takes evidence of a site that git does not give it.
  if (current === null || current.digest === digest) return { ok: true, accepted };
  const generations = `generation ${assignment.generation} after ${current.assignment.generation}`;
  // One generation names one assignment; going back would undo a kill switch. A person may allow it, once.
  if (!current.repinned && assignment.generation <= current.assignment.generation)
    return refuse("GENERATION_BACK", generations);
  return { ok: true, accepted };
}

function refuse(code: AssignmentFault, detail: string): Acceptance {
  return { ok: false, code, detail };
}

async function isSigned({ bytes, signature }: StoredAssignment, controllerKey: string): Promise<boolean> {
  const publicKey = Buffer.from(controllerKey, "hex");
  const item =
    checkPublicKey(publicKey) === null ? assignmentSignatureItem(bytes, signature, publicKey) : undefined;
  return item !== undefined && (await nodeEngine.verify([item]))[0] === true;
}
