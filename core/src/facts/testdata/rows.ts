import type { CheckSpec } from "@compline/schemas";
import { parseFacts } from "../parse.ts";
import type { Facts, FactsResult, RawFile } from "../raw-file.ts";
import type { Program, RawOutput } from "../raw-output.ts";

/** A check that only collects and parses. */
export function checkOf(collect: CheckSpec["collect"], parse: CheckSpec["parse"]): CheckSpec {
  return {
    title: "t",
    rationale: "r",
    platforms: ["linux"],
    interval: "5m",
    severity: "low",
    collect,
    parse,
    assert: "true",
    expected: "e",
    record: {},
  };
}

/** A file as the shell collected it; without a text it does not exist. */
export function fileRow(path: string, text: string | null, parts: Partial<RawFile> = {}): RawFile {
  return {
    path,
    found: text !== null,
    text,
    mode: null,
    uid: null,
    gid: null,
    modifiedAt: null,
    error: null,
    ...parts,
  };
}

/** A host in memory: its files by path, and what its programs answer. */
export interface Machine {
  readonly files?: Readonly<Record<string, string>>;
  /** Answers to a whole command line; a program without one is missing. */
  readonly says?: (argv: Program) => Partial<RawOutput> | undefined;
  readonly practice?: boolean;
  readonly at?: number;
}

/** What a check sees there, all rounds of asking included. */
export function look(check: CheckSpec, { files = {}, says, practice = false, at = 0 }: Machine): FactsResult {
  const rows = { files: [] as RawFile[], outputs: [] as RawOutput[] };
  for (let round = 0; round < 8; round += 1) {
    const result = parseFacts(check, rows, { practice, at });
    if (result.kind !== "need") return result;
    const { paths, modes, globs, programs } = result.needs;
    for (const path of [...paths, ...modes]) rows.files.push(fileRow(path, files[path] ?? null));
    for (const glob of globs) rows.files.push(fileRow(glob, null));
    for (const argv of programs) {
      const missing = { code: null, text: null, error: "PROGRAM_MISSING" };
      rows.outputs.push({ argv, ...missing, ...answer(says?.(argv)) });
    }
  }
  throw new Error("no end of needs");
}

function answer(said: Partial<RawOutput> | undefined): Partial<RawOutput> {
  return said === undefined ? {} : { code: 0, text: "", error: null, ...said };
}

/** The facts, or the whole result when there are none. */
export function factsIn(result: FactsResult): Facts | FactsResult {
  return result.kind === "facts" ? result.facts : result;
}
