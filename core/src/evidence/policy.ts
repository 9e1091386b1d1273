import type { ReadAssignment } from "./assignment.ts";
import type { Bundle, ChainContext } from "./chain.ts";
import { assignmentPath } from "./kit-files.ts";
import type { ApplianceEvent, Digest, Observation } from "./statement.ts";

/** Follows which revision and assignment judged along a chain. */
export interface PolicyWalk {
  /** Judges what the bundle names; answers the assignment when its file was given and is good. */
  take(bundle: Bundle, predicate: Observation | ApplianceEvent): ReadAssignment | null;
}

/** A walk over one chain: neither revision order nor assignment generation goes back. */
export function createPolicyWalk(context: ChainContext): PolicyWalk {
  let newestRevision = -1;
  let newestGeneration = -1;
  return {
    take(bundle, predicate) {
      newestRevision = Math.max(newestRevision, judgeRevision(bundle, predicate, newestRevision, context));
      const read = findAssignment(bundle, predicate, context);
      if (read === null) return null;
      const { generation } = read.assignment;
      if (generation < newestGeneration) {
        context.findings.add(
          "OLD_ASSIGNMENT",
          bundle.path,
          `generation ${generation} after generation ${newestGeneration}`,
        );
      }
      newestGeneration = Math.max(newestGeneration, generation);
      return read;
    },
  };
}

function judgeRevision(
  bundle: Bundle,
  predicate: Observation | ApplianceEvent,
  newest: number,
  { trust, findings, revisions }: ChainContext,
): number {
  const { revision } = predicate.policy;
  if (trust.revisions.length === 0) {
    findings.add(
      "REVISIONS_NOT_GIVEN",
      null,
      "the trust file lists no accepted revisions, so their order was not checked",
    );
    return newest;
  }
  const position = revisions.get(revision);
  if (position === undefined)
    findings.add("UNKNOWN_REVISION", bundle.path, `revision ${revision} is not in the trust file`);
  else if (position < newest)
    findings.add("OLD_REVISION", bundle.path, `revision ${revision} was followed by another before`);
  return position ?? newest;
}

function findAssignment(
  bundle: Bundle,
  predicate: Observation | ApplianceEvent,
  context: ChainContext,
): ReadAssignment | null {
  const digest = predicate.policy.assignment;
  const { findings, trust, assignments } = context;
  if (trust.assignments.length > 0 && !context.listedAssignments.has(digest)) {
    findings.add("UNKNOWN_ASSIGNMENT", bundle.path, `assignment ${digest} is not in the trust file`);
  }
  const read = assignments.get(digest);
  if (read === undefined) reportAbsent(digest, context);
  if (read === undefined || read === null) return null;
  const { site, appliance } = read.assignment;
  if (site === bundle.keySite && appliance === predicate.chain.id) return read;
  findings.add(
    "WRONG_SITE",
    bundle.path,
    `assignment ${digest} is for appliance ${appliance} at site ${site}`,
  );
  return null;
}

function reportAbsent(digest: Digest, { findings }: ChainContext): void {
  findings.add(
    "MISSING_FILE",
    assignmentPath(digest),
    "bundles name this assignment, so what they hold could not be checked against it",
  );
}
