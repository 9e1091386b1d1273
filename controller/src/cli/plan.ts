import {
  type Action,
  type AnyDocument,
  type Diagnostic,
  buildGraph,
  compareDiagnostics,
  deriveAssignment,
  describePlan,
  enrolAppliance,
  enrolledAppliances,
  enrolPartner,
  formatDiagnostic,
  loadTree,
  plan as planActions,
} from "@compline/core";
import { resolve } from "node:path";
import { readFolder } from "../source/folder.ts";
import type { SourceFiles } from "../source/tree.ts";
import { type AcceptedTree, readAccepted } from "./accepted.ts";
import { ExitCode } from "./exit-code.ts";

/** The flags of `compline plan`. */
export interface PlanOptions {
  readonly repo: string;
  readonly state: string | undefined;
  readonly output: "text" | "json";
  readonly exitCode?: true;
}

/** What the folder's files would change, or why they would be refused. */
interface Planned {
  readonly revision: string | null;
  readonly actions: readonly Action[];
  readonly refused: readonly Diagnostic[];
}

/** Compares the folder's files, committed or not, with the accepted revision. Reads only. */
export async function plan(options: PlanOptions): Promise<ExitCode> {
  const repo = resolve(options.repo);
  const accepted = await readAccepted(repo, options.state);
  const planned = planFolder(await readFolder(repo), accepted);
  process.stdout.write(`${options.output === "json" ? printJson(planned) : printText(planned)}\n`);
  if (planned.refused.length > 0) return ExitCode.findings;
  return options.exitCode === true && planned.actions.length > 0 ? ExitCode.findings : ExitCode.clean;
}

function planFolder(folder: SourceFiles, accepted: AcceptedTree | null): Planned {
  const before = accepted === null ? [] : loadTree(accepted.tree.files).documents;
  const tree = loadTree(enrolAs(folder.files, before));
  const graph = buildGraph(tree.documents, tree.broken);
  const diagnostics = [...folder.diagnostics, ...tree.diagnostics, ...graph.diagnostics];
  const refused = diagnostics.filter(({ severity }) => severity === "error").toSorted(compareDiagnostics);
  const revision = accepted?.revision ?? null;
  if (refused.length > 0) return { revision, actions: [], refused };
  const published = assignmentsOf(buildGraph(before).graph).map(({ assignment }) => assignment);
  return { revision, actions: planActions(assignmentsOf(graph.graph), published, null), refused };
}

/** What differs from revision to revision is the same on both sides, so that only the work is compared. */
const STAMP = {
  generation: 0,
  revision: "0".repeat(40),
  issuedAt: "1970-01-01T00:00:00.000Z",
  healUntil: "1970-01-01T00:00:00.000Z",
} as const;

function assignmentsOf(graph: ReturnType<typeof buildGraph>["graph"]) {
  return enrolledAppliances(graph).flatMap((target) => {
    const assignment = deriveAssignment(graph, target, STAMP);
    return assignment === null ? [] : [{ target, assignment }];
  });
}

/** The folder's files name no identities ("declared, not enrolled"): they are taken from the accepted files of the same path. */
function enrolAs(files: SourceFiles["files"], before: readonly AnyDocument[]) {
  const known = new Map(before.map((document) => [document.path, document]));
  return files.map((file) => ({ path: file.path, text: enrolText(file.text, known.get(file.path)) }));
}

function enrolText(text: string, before: AnyDocument | undefined): string {
  if (before?.kind === "Appliance" && before.spec.id !== undefined && before.spec.publicKey !== undefined) {
    return enrolAppliance(text, { id: before.spec.id, publicKey: before.spec.publicKey });
  }
  if (before?.kind === "Partner" && before.spec.authority !== undefined && before.spec.log !== undefined) {
    return enrolPartner(text, {
      authorityPublicKey: before.spec.authority.publicKey,
      logOrigin: before.spec.log.origin,
    });
  }
  return text;
}

function printJson({ revision, actions, refused }: Planned): string {
  const named = actions.map((action) =>
    "assignment" in action ? { ...action, assignment: undefined } : action,
  );
  return JSON.stringify({ schemaVersion: "1", revision, actions: named, refused }, null, 2);
}

function printText({ revision, actions, refused }: Planned): string {
  if (refused.length > 0) {
    return [
      ...refused.map((diagnostic) => formatDiagnostic(diagnostic)),
      "would be refused: what is in force stays in force",
    ].join("\n");
  }
  const head =
    revision === null
      ? "nothing was accepted yet (run `npm start`): appliances that are declared and not enrolled have no work"
      : `the folder's files against revision ${revision.slice(0, 12)}`;
  return [head, ...describePlan(actions)].join("\n");
}
