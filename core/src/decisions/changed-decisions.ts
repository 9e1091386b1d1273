import { sameBytes } from "../evidence/signature.ts";
import { compareDiagnostics, type Diagnostic, errorAt } from "../manifest/diagnostic.ts";
import { type DecisionTree, ownerIn, type PlacedFile, readDecisionFile, top } from "./decision-tree.ts";
import { type DecisionPorts, judgeDecisions } from "./judge-decisions.ts";

/**
 * Decisions of a tree that the next one has no more, or has otherwise. A file that was none, for something was wrong with
 * it, may be mended; decisions may move with their partner's folder, and go with their partner.
 */
export async function changedDecisions(
  before: DecisionTree,
  after: DecisionTree,
  ports: DecisionPorts,
): Promise<readonly Diagnostic[]> {
  const faults = await judgeDecisions(before, ports);
  const faulty = new Set(faults.flatMap(({ file, severity }) => (severity === "error" ? [file] : [])));
  const files = new Map(before.files.map(({ path, bytes }) => [path, bytes]));
  const later = new Map(after.files.map(({ path, bytes }) => [path, bytes]));
  const folders = foldersOf(after);
  return before.files
    .flatMap((file) => (faulty.has(file.path) ? [] : (readDecisionFile(file, ports.sha256) ?? [])))
    .flatMap((file) => {
      const path = placeAfter(file, after, folders);
      if (path === null) return [];
      const [was, is] = [files.get(file.path) ?? null, later.get(path) ?? null];
      return was === null || (is !== null && sameBytes(was, is)) ? [] : [changed(file, path, is === null)];
    })
    .toSorted(compareDiagnostics);
}

/** Names of partners by their ULID. */
function foldersOf({ partners }: DecisionTree): ReadonlyMap<string, string> {
  return new Map(
    [...partners].flatMap(([name, text]) => {
      const owner = ownerIn(name, text);
      return owner === null ? [] : [[owner.id, name]];
    }),
  );
}

/** Where a decision is to be; null when its partner is nowhere any more. */
function placeAfter(
  { path, place, decision }: PlacedFile,
  { partners }: DecisionTree,
  folders: ReadonlyMap<string, string>,
): string | null {
  if (partners.has(place.partner)) return path;
  const name = folders.get(decision?.predicate.partner ?? "");
  return name === undefined ? null : path.replace(/^sites\/[^/]+/, `sites/${name}`);
}

function changed({ decision }: PlacedFile, file: string, isGone: boolean): Diagnostic {
  return errorAt({
    file,
    at: top,
    code: "DECISION_CHANGED",
    expected: `the decision ${decision?.digest ?? ""}, as it was reviewed before`,
    found: isGone ? "no file" : "another content",
    hint: "put the file back as it was: what was decided is ended by another decision, which goes on from the last one",
  });
}
