import { assignmentSignatureItem, checkPublicKey, type Digest, readAssignmentForAgent } from "@compline/core";
import type { Assignment } from "@compline/schemas";
import { nodeEngine } from "../engine.ts";
import { nodeSha256 } from "../sha256.ts";
import type { StoredAssignment } from "../store/agent-store.ts";

/** Why an assignment is not obeyed. The last good one stays in force. */
export type AssignmentFault =
  | "DIGEST_MISMATCH"
  | "SIGNATURE_INVALID"
  | "FORM_INVALID"
  | "OTHER_APPLIANCE"
  | "OTHER_SITE"
  | "GENERATION_BACK";

/** An assignment whose signature, form, addressee and definitions were judged good. */
export interface AcceptedAssignment extends StoredAssignment {
  readonly assignment: Assignment;
}

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
): Promise<AcceptedAssignment | AssignmentFault> {
  if (nodeSha256(offered.bytes) !== offered.digest) return "DIGEST_MISMATCH";
  if (!(await isSigned(offered, context.controllerKey))) return "SIGNATURE_INVALID";
  const read = readAssignmentForAgent(offered.bytes, nodeSha256);
  if (!read.ok) return "FORM_INVALID";
  const { assignment } = read;
  if (assignment.appliance !== context.appliance) return "OTHER_APPLIANCE";
  const { current } = context;
  if (current === null) return { ...offered, assignment };
  if (assignment.site !== current.assignment.site) return "OTHER_SITE";
  return isNewer(assignment, offered.digest, current) ? { ...offered, assignment } : "GENERATION_BACK";
}

async function isSigned({ bytes, signature }: StoredAssignment, controllerKey: string): Promise<boolean> {
  const publicKey = Buffer.from(controllerKey, "hex");
  const item =
    checkPublicKey(publicKey) === null ? assignmentSignatureItem(bytes, signature, publicKey) : undefined;
  return item !== undefined && (await nodeEngine.verify([item]))[0] === true;
}

/** One generation names one assignment; going back would undo a kill switch. */
function isNewer(assignment: Assignment, digest: Digest, current: AcceptedAssignment): boolean {
  return digest === current.digest || assignment.generation > current.assignment.generation;
}
