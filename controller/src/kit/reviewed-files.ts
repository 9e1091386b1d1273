import { type EvidenceFile, policyPath } from "@compline/core";
import type { Assignment } from "@compline/schemas";
import { nodeSha256 } from "../crypto.ts";
import type { ObjectReader } from "../source/object-reader.ts";
import type { StoredAssignment } from "../store/contract.ts";
import { readFileAt } from "../source/tree.ts";

/** Reads a reviewed file as it was at a revision; null when the revision or the file is not there. */
export type ReadReviewed = (revision: string, path: string) => Promise<Uint8Array | null>;

/** Reads from a mirror. Throws GIT_FAILED. */
export function reviewedIn(objects: ObjectReader): ReadReviewed {
  return (revision, path) => readFileAt(objects, { revision, path });
}

/** What is read of an assignment. */
export type DerivedAssignment = Pick<StoredAssignment, "digest" | "bytes" | "generation" | "revision">;

/**
 * The reviewed files that assignments were derived from, by their digests. A path of which there are several versions has
 * the newest one's plain name, the others' with a suffix. What the mirror does not have any more is left out, and a
 * verifier says that it is missing.
 */
export async function reviewedFiles(
  assignments: readonly DerivedAssignment[],
  read: ReadReviewed,
): Promise<readonly EvidenceFile[]> {
  const found = new Map<string, EvidenceFile>();
  const plain = new Set<string>();
  for (const { bytes, revision } of assignments.toSorted(newestFirst)) {
    const due = filesOf(bytes).filter((file) => !found.has(file.join(" ")));
    const texts = await Promise.all(due.map(([path]) => read(revision, path)));
    for (const [at, [path, digest]] of due.entries()) {
      const text = texts[at] ?? null;
      if (text === null || nodeSha256(text) !== digest) continue;
      found.set(`${path} ${digest}`, {
        path: policyPath(path, plain.has(path) ? digest : null),
        bytes: text,
      });
      plain.add(path);
    }
  }
  return [...found.values()];
}

function newestFirst(a: DerivedAssignment, b: DerivedAssignment): number {
  return b.generation - a.generation || (a.digest < b.digest ? -1 : 1);
}

function filesOf(bytes: Uint8Array): Assignment["files"] {
  // The controller's own bytes.
  return (JSON.parse(Buffer.from(bytes).toString("utf8")) as Assignment).files;
}
