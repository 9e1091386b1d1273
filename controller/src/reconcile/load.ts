import {
  type AnyDocument,
  buildGraph,
  type Diagnostic,
  type EngagedKillSwitch,
  type Graph,
  loadTree,
  type ParsedFile,
  parseDocument,
  readKillSwitch,
  splitUnits,
} from "@compline/core";
import type { LabReport } from "@compline/schemas";
import type { Mirror } from "../source/mirror.ts";
import type { SourceFile, SourceFiles } from "../source/entry.ts";
import { TreeReader } from "../source/tree.ts";

/** What the tree at a revision comes to, unit by unit. */
export interface LoadedRevision {
  readonly revision: string;
  /** Everything wrong anywhere, sorted by file. */
  readonly diagnostics: readonly Diagnostic[];
  /** False: nothing of this revision may come into force. */
  readonly librarySound: boolean;
  /** Partners of the tree: those without an error may come into force. */
  readonly partners: ReadonlyMap<string, "sound" | "faulty">;
  /** The library and the sound partners. */
  readonly graph: Graph;
  /** Kill switches that files of the tree engage, whatever else is wrong with it. */
  readonly killSwitches: readonly EngagedKillSwitch[];
  /** What the lab's drills came to; null when the tree says nothing of it. */
  readonly lab: LabReport | null;
}

/** Judges a tree that was read, from a revision or a folder. Pure but for `parse`, which may remember. */
export function judgeTree(
  revision: string,
  source: SourceFiles,
  parse: (file: SourceFile) => ParsedFile = parseDocument,
): LoadedRevision {
  const tree = loadTree(source.files, (file) => parse(file as SourceFile));
  const found = [...source.diagnostics, ...tree.diagnostics];
  const whole = buildGraph(tree.documents, tree.broken);
  const diagnostics = [...found, ...whole.diagnostics];
  const units = splitUnits({ documents: tree.documents, diagnostics });
  const partners = new Map(
    [...units.partners].map(([name, unit]) => [name, unit.sound ? "sound" : "faulty"] as const),
  );
  const documents = new Map(tree.documents.map((document) => [document.path, document]));
  const isFaulty = [...partners.values()].includes("faulty");
  return {
    revision,
    diagnostics,
    librarySound: units.library.sound,
    partners,
    graph: isFaulty ? buildGraph(soundDocuments(units), []).graph : whole.graph,
    killSwitches: source.files.flatMap(
      (file) => readKillSwitch(file, documents.get(file.path) ?? null) ?? [],
    ),
    lab: tree.lab,
  };
}

function soundDocuments(units: ReturnType<typeof splitUnits>): readonly AnyDocument[] {
  const partners = [...units.partners.values()].filter((unit) => unit.sound);
  return [units.library, ...partners].flatMap((unit) => unit.documents);
}

const keptRevisions = 8;

/** Loads revisions of one mirror: a file that stays as it is is parsed once, the newest revisions are kept whole. */
export class Loader {
  readonly #tree: TreeReader;
  readonly #parseFile: (file: SourceFile) => ParsedFile;
  readonly #revisions = new Map<string, LoadedRevision>();
  readonly #parsed = new WeakMap<SourceFile, ParsedFile>();

  /** `parse` reads a file that this loader has not read before. */
  constructor(mirror: Pick<Mirror, "objects">, parse: (file: SourceFile) => ParsedFile = parseDocument) {
    this.#tree = new TreeReader(mirror.objects);
    this.#parseFile = parse;
  }

  /** Throws GIT_FAILED, GIT_OBJECT, TREE_TOO_LARGE. */
  async load(revision: string): Promise<LoadedRevision> {
    const known = this.#revisions.get(revision);
    if (known !== undefined) return known;
    const loaded = judgeTree(revision, await this.#tree.read(revision), (file) => this.#parse(file));
    if (this.#revisions.size >= keptRevisions) this.#revisions.delete([...this.#revisions.keys()][0] ?? "");
    this.#revisions.set(revision, loaded);
    return loaded;
  }

  #parse(file: SourceFile): ParsedFile {
    const parsed = this.#parsed.get(file) ?? this.#parseFile(file);
    this.#parsed.set(file, parsed);
    return parsed;
  }
}
