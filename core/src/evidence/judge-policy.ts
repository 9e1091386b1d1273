import { deriveAgain } from "../assignment/derive-again.ts";
import { type ParsedFile, parseDocument, type SourceFile } from "../manifest/parse-document.ts";
import type { ReadAssignment } from "./assignment.ts";
import type { Sha256 } from "./digest.ts";
import type { Findings } from "./finding.ts";
import { assignmentPath, type EvidenceFile, type KitFiles, policyPath, readPolicyPath } from "./kit-files.ts";
import type { Digest } from "./statement.ts";

/** What of the reviewed files was checked. */
export interface CheckedPolicy {
  /** Reviewed files that an assignment lists. */
  readonly files: number;
  /** Assignments that were derived again from them, and are the same. */
  readonly assignments: number;
}

/** What a reviewed file calls a partner or a site, and the assignments that list the file. */
export interface ReviewedName {
  /** ULID. */
  readonly id: string;
  readonly displayName: string;
  readonly assignments: readonly Digest[];
}

/** What the reviewed files came to. */
export interface JudgedPolicy {
  readonly checked: CheckedPolicy;
  readonly names: readonly ReviewedName[];
}

type Assignments = ReadonlyMap<Digest, ReadAssignment | null>;

/** See {@link judgePolicy}. */
export type JudgePolicy = typeof judgePolicy;

/** Derives each assignment again from the reviewed files under `policy/`. FORMAT.md section 5.10. */
export function judgePolicy(
  { policy }: Pick<KitFiles, "policy">,
  assignments: Assignments,
  { sha256, findings }: { readonly sha256: Sha256; readonly findings: Findings },
): JudgedPolicy {
  const read = [...assignments.values()].filter((one) => one !== null);
  const texts = readTexts(policy, read, { sha256, findings });
  const parse = remembering();
  const same = read.filter((one) => {
    const files = filesOf(one, texts, findings);
    return files !== null && isSame(one, files, { parse, findings });
  });
  const names = [...texts].flatMap(([key, file]) => nameIn(parse(file), key, read));
  return { checked: { files: texts.size, assignments: same.length }, names };
}

function nameIn(
  { document }: ParsedFile,
  key: string,
  assignments: readonly ReadAssignment[],
): readonly ReviewedName[] {
  if (document?.kind !== "Partner" && document?.kind !== "Site") return [];
  const { id, displayName } = document.spec;
  const listing = assignments.filter(({ assignment: { files } }) =>
    files.some((file) => keyOf(...file) === key),
  );
  return [{ id, displayName, assignments: listing.map(({ digest }) => digest) }];
}

/** Texts of the files that assignments list, by path and digest. */
type Texts = ReadonlyMap<string, SourceFile>;

const keyOf = (path: string, digest: Digest): string => `${digest} ${path}`;

function readTexts(
  policy: readonly EvidenceFile[],
  assignments: readonly ReadAssignment[],
  { sha256, findings }: { readonly sha256: Sha256; readonly findings: Findings },
): Texts {
  const listed = assignments.flatMap(({ assignment: { files } }) => files);
  const keys = new Set(listed.map(([path, digest]) => keyOf(path, digest)));
  const paths = new Set(listed.map(([path]) => path));
  const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
  const texts = new Map<string, SourceFile>();
  for (const { path: inKit, bytes } of policy) {
    const digest = sha256(bytes);
    const { path, suffix } = readPolicyPath(inKit);
    const isListed = keys.has(keyOf(path, digest)) && (suffix === null || digest.startsWith(suffix));
    if (isListed) texts.set(keyOf(path, digest), { path, text: decoder.decode(bytes) });
    else if (paths.has(path))
      findings.add("CHANGED_FILE", inKit, `its digest is ${digest}, and no assignment lists it with that`);
    else findings.add("OTHER_FILES", null, `${inKit}: no assignment lists it`);
  }
  return texts;
}

/** Null when one is missing. */
function filesOf(
  { digest, assignment }: ReadAssignment,
  texts: Texts,
  findings: Findings,
): readonly SourceFile[] | null {
  const found = assignment.files.map(([path, sha256]) => texts.get(keyOf(path, sha256)));
  const lacking = assignment.files.filter((_, at) => found[at] === undefined);
  const [first, ...others] = lacking;
  if (first === undefined) return found.filter((file) => file !== undefined);
  const more = others.length === 0 ? "" : `, and ${others.length} more`;
  findings.add(
    "MISSING_FILE",
    policyPath(first[0], null),
    `assignment ${digest} follows from it (digest ${first[1]})${more}`,
  );
  return null;
}

function isSame(
  { digest, assignment }: ReadAssignment,
  files: readonly SourceFile[],
  { parse, findings }: { readonly parse: (file: SourceFile) => ParsedFile; readonly findings: Findings },
): boolean {
  const derived = deriveAgain(assignment, files, parse);
  if (derived.kind === "same") return true;
  const path = assignmentPath(digest);
  if (derived.kind === "differs") findings.add("WRONG_SLICE", path, derived.message);
  else findings.add("SLICE_NOT_DERIVED", path, derived.message);
  return false;
}

/** Most assignments of a site follow from the same files. */
function remembering(): (file: SourceFile) => ParsedFile {
  const known = new Map<SourceFile, ParsedFile>();
  return (file) => {
    const parsed = known.get(file) ?? parseDocument(file);
    known.set(file, parsed);
    return parsed;
  };
}
