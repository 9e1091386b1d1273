import type { LabReport } from "@compline/schemas";
import { type LabReading, readLabReport } from "../lab/lab-report.ts";
import { compareText, type Diagnostic } from "./diagnostic.ts";
import type { AnyDocument } from "./document.ts";
import { type ParsedFile, parseDocument, type SourceFile } from "./parse-document.ts";
import { isManifestPath, labReportPath, placeOf } from "./place.ts";

/** What a set of files gave, sorted by path. */
export interface Tree {
  readonly documents: readonly AnyDocument[];
  readonly diagnostics: readonly Diagnostic[];
  /** Paths of the files that gave no document; what refers to them is not reported again. */
  readonly broken: readonly string[];
  /** The lab's report; null when there is none, or none that can be read. */
  readonly lab: LabReport | null;
}

/**
 * Reads all documents among the files; other files are passed over. `parse` may remember what it gave for the same
 * path and text.
 */
export function loadTree(
  files: readonly SourceFile[],
  parse: (file: SourceFile) => ParsedFile = parseDocument,
): Tree {
  const taken = files.filter(({ path }) => isManifestPath(path) && path !== labReportPath);
  const lab = readLabReport(files);
  return treeOf(
    taken.map((file) => parse(file)),
    lab,
  );
}

function treeOf(parsed: readonly ParsedFile[], lab: LabReading): Tree {
  const sorted = parsed.toSorted((a, b) => compareText(a.path, b.path));
  return {
    documents: sorted.flatMap((file) => (file.document === null ? [] : [file.document])),
    diagnostics: [...sorted.flatMap((file) => file.diagnostics), ...lab.diagnostics],
    broken: sorted.filter((file) => file.document === null).map((file) => file.path),
    lab: lab.report,
  };
}

/** What is accepted whole or not at all: the library, or one partner's tree. */
export interface Unit {
  readonly documents: readonly AnyDocument[];
  readonly diagnostics: readonly Diagnostic[];
  /** False when anything in it is wrong: then the last good one stays. */
  readonly sound: boolean;
}

/** The tree by unit. A fault in the library holds all; a fault in a partner's tree holds that partner. */
export interface Units {
  readonly library: Unit;
  readonly partners: ReadonlyMap<string, Unit>;
}

/** Splits documents and diagnostics (of every stage) by the unit their path belongs to. */
export function splitUnits(tree: Pick<Tree, "documents" | "diagnostics">): Units {
  const documents = Map.groupBy(tree.documents, (document) => unitOf(document.path));
  const diagnostics = Map.groupBy(tree.diagnostics, (diagnostic) => unitOf(diagnostic.file));
  const unit = (name: string): Unit => {
    const wrong = diagnostics.get(name) ?? [];
    const sound = wrong.every((diagnostic) => diagnostic.severity !== "error");
    return { documents: documents.get(name) ?? [], diagnostics: wrong, sound };
  };
  const names = [...new Set([...documents.keys(), ...diagnostics.keys()])].filter((name) => name !== library);
  return {
    library: unit(library),
    partners: new Map(names.toSorted(compareText).map((name) => [name, unit(name)])),
  };
}

const library = "";

/** The partner a path belongs to; the empty text for the library. */
function unitOf(path: string): string {
  return /^sites\/([^/]+)\//.exec(path)?.[1] ?? placeOf(path)?.partner ?? library;
}
