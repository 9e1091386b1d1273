import {
  type Action,
  decodeBase64,
  deriveAssignment,
  type EngagedKillSwitch,
  encodeAssignment,
  plan,
  signAssignment,
} from "@compline/core";
import type { Assignment } from "@compline/schemas";
import { instantOf } from "../clock.ts";
import type { AssignmentKey } from "../config/assignment-key.ts";
import { nodeSha256 } from "../crypto.ts";
import type { StoredAssignment } from "../store/contract.ts";
import type { Enrolment } from "./enrolments.ts";
import type { ReadPublished } from "./read-published.ts";

/** How long an assignment lets a box heal; renewed when half of it is left. */
export const healForMs: number = 7 * 86_400_000;

/** Generations of one revision: how often the publisher may publish anew without a new commit. */
const generationsOfCommit = 2 ** 20;

/** An assignment that was published, and what of it is known without reading it. */
export interface Published {
  readonly generation: number;
  /** Whether the key signed it that signs now; if not, it counts as not published. */
  readonly current: boolean;
  readonly read: () => Assignment;
}

/** What publishing needs to know about the world. */
export interface PublishInput {
  readonly enrolments: readonly Enrolment[];
  /** The latest published assignment by the appliance's ULID. */
  readonly published: ReadonlyMap<string, Published>;
  readonly nowMs: number;
  /** Commits reachable from a revision in force. */
  readonly commits: (enrolment: Enrolment) => number;
  /** Kill switches of the newest tree of the enrolment's source; null when it could not be read. */
  readonly killSwitches: (enrolment: Enrolment) => readonly EngagedKillSwitch[] | null;
}

/** What to do so that every enrolled appliance has the assignment it should have. */
export function planPublishing(input: PublishInput): readonly Action[] {
  const desired = input.enrolments.flatMap((enrolment) => {
    const target = { partner: enrolment.partner.name, site: enrolment.siteName, appliance: enrolment.name };
    const assignment = derive(enrolment, input);
    return assignment === null ? [] : [{ target, assignment }];
  });
  const published = [...input.published.values()].filter(({ current }) => current);
  return plan(
    desired,
    published.map(({ read }) => read()),
    instantOf(input.nowMs),
  );
}

function derive(enrolment: Enrolment, input: PublishInput): Assignment | null {
  const { partner, siteName, name } = enrolment;
  const before = input.published.get(enrolment.appliance);
  return deriveAssignment(
    partner.graph,
    { partner: partner.name, site: siteName, appliance: name },
    {
      generation: Math.max(input.commits(enrolment) * generationsOfCommit, (before?.generation ?? -1) + 1),
      revision: partner.revision,
      issuedAt: instantOf(input.nowMs),
      healUntil: instantOf(input.nowMs + healForMs),
      killSwitch: isEngaged(enrolment, input, before),
    },
  );
}

/**
 * Whether the newest tree engages the kill switch for this appliance, in force or not. A tree that cannot be read
 * disengages nothing.
 */
function isEngaged(enrolment: Enrolment, input: PublishInput, before: Published | undefined): boolean {
  const engaged = isStopped(enrolment, input.killSwitches(enrolment));
  return engaged ?? before?.read().healing.killSwitch ?? false;
}

/** Whether one of the kill switches of a tree is for this appliance; null when the tree could not be read. */
export function isStopped(
  { partner: { name }, siteName }: Enrolment,
  killSwitches: readonly EngagedKillSwitch[] | null,
): boolean | null {
  if (killSwitches === null) return null;
  return killSwitches.some(({ partner, site }) => partner === name && (site === null || site === siteName));
}

/** What a controller published itself; `keyid` is that of the key it signs with now. It is read when it is asked for. */
export function publishedOf(
  { bytes, generation, ...stored }: StoredAssignment,
  { keyid, read }: { readonly keyid: string; readonly read: ReadPublished },
): Published {
  let assignment: Assignment | null = null;
  return { generation, current: stored.keyid === keyid, read: () => (assignment ??= read(bytes)) };
}

/** The assignments of those actions that publish, signed and ready to be kept. */
export async function sealActions(
  actions: readonly Action[],
  key: AssignmentKey,
): Promise<readonly StoredAssignment[]> {
  const due = actions.flatMap((action) => (action.kind === "withdraw" ? [] : [action.assignment]));
  return await Promise.all(due.map((assignment) => seal(assignment, key)));
}

async function seal(assignment: Assignment, key: AssignmentKey): Promise<StoredAssignment> {
  const bytes = encodeAssignment(assignment);
  const signature = decodeBase64(await signAssignment(bytes, key.sign));
  if (signature === undefined) throw new Error("unreachable: a signature was just encoded");
  const { appliance, site, generation, revision, issuedAt, healUntil } = assignment;
  const stamp = { appliance, site, generation, revision, issuedAt, healUntil };
  return { digest: nodeSha256(bytes), bytes, signature, keyid: key.keyid, ...stamp };
}
