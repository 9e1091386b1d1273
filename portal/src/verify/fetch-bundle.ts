import { isObservation, readEnvelope } from "@compline/core";
import { assignmentUrl, envelopeUrl } from "../view/urls.ts";
import type { GivenFile } from "./messages.ts";

/** Bundles before the wanted one that are looked at, back to the last snapshot, so that its state can be recomputed. */
const MAX_BEFORE = 60;

/** Reads one file of this site by its path; null when it is not there. */
export type FetchFile = (path: string) => Promise<Uint8Array<ArrayBuffer> | null>;

/**
 * Everything this site has that is needed to verify a bundle: its envelope, those before it back to the last snapshot,
 * the assignments they name, and the trust file. A missing envelope or assignment is left to the verifier to report.
 */
export async function fetchBundle(digest: string, fetchFile: FetchFile): Promise<readonly GivenFile[]> {
  const files = new Map<string, GivenFile>();
  const take = async (path: string): Promise<Uint8Array<ArrayBuffer> | null> => {
    const bytes = await fetchFile(path);
    if (bytes !== null) files.set(path, { path: path.slice(1), bytes });
    return bytes;
  };
  await take("/trust.json");
  const assignments = new Set<string>();
  for (let next: string | null = digest, left = MAX_BEFORE; next !== null && left > 0; left -= 1) {
    next = await takeEnvelope(next, take, assignments);
  }
  await Promise.all([...assignments].flatMap((named) => [take(assignmentUrl(named))]));
  return [...files.values()];
}

/** Takes one envelope; answers the one before it, or null when the walk ends here. */
async function takeEnvelope(
  digest: string,
  take: FetchFile,
  assignments: Set<string>,
): Promise<string | null> {
  const bytes = await take(envelopeUrl(digest));
  if (bytes === null) return null;
  const read = readEnvelope(bytes);
  if (!read.ok) return null;
  const { predicate } = read.statement;
  if (predicate.kind === "authority") return null;
  assignments.add(predicate.policy.assignment);
  const isStart =
    isObservation(predicate) && predicate.kind === "snapshot" && (predicate.parts?.part ?? 1) === 1;
  return isStart ? null : predicate.chain.prev;
}
