import {
  type Facts,
  firstNeeds,
  type Needs,
  type ObservedHost,
  parseFacts,
  type RawFile,
  type RawOutput,
} from "@compline/core/appliance";
import type { CheckSpec } from "@compline/schemas";
import type { Host } from "../transports/host.ts";
import type { HostFile, HostFiles } from "../transports/host-files.ts";
import { outputOf } from "./program-output.ts";

const MAX_ROUNDS = 16;
const MAX_FILES = 256;
const MAX_BYTES: number = 1024 * 1024;

/** Facts of one host, or the reason why there are none, or why there never are any on such a host. */
export type Collected =
  | { readonly kind: "facts"; readonly facts: Facts }
  | { readonly kind: "not_applicable" | "error"; readonly reason: string };

/**
 * Reads and runs what a check looks at, round by round, until the parser has all it asks for. Bounded in rounds, files
 * and bytes; ends soon after `signal` fires, with TIMEOUT. `at` is when the host is looked at.
 */
export async function collectFacts(
  check: CheckSpec,
  { opened, at }: { readonly opened: Host; readonly at: number },
  signal: AbortSignal,
): Promise<Collected> {
  const { files, practice } = opened;
  const host: ObservedHost = { practice, at };
  const rows: RawFile[] = [];
  const outputs: RawOutput[] = [];
  let needs = firstNeeds(check, host);
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    rows.push(...(await collectNeeds(needs, files, signal)));
    outputs.push(...(await runPrograms(needs, opened, signal)));
    if (signal.aborted) return { kind: "error", reason: "TIMEOUT" };
    if (rows.length > MAX_FILES || sizeOf(rows) > MAX_BYTES)
      return { kind: "error", reason: "FACTS_TOO_LARGE" };
    const result = parseFacts(check, { files: rows, outputs }, host);
    if (result.kind !== "need") return result;
    needs = result.needs;
  }
  return { kind: "error", reason: "INCLUDE_TOO_DEEP" };
}

/** One after the other: a host is looked at by several checks at the same time as it is. */
async function runPrograms(
  { programs }: Needs,
  host: Host,
  signal: AbortSignal,
): Promise<readonly RawOutput[]> {
  if (host.practice && programs.length > 0)
    throw new Error("unreachable: a program is asked for on a practice host");
  const outputs: RawOutput[] = [];
  for (const argv of programs) if (!signal.aborted) outputs.push(await outputOf(host, argv));
  return outputs;
}

async function collectNeeds(
  needs: Needs,
  files: HostFiles,
  signal: AbortSignal,
): Promise<readonly RawFile[]> {
  const rows: RawFile[] = [];
  for (const path of needs.paths) if (!signal.aborted) rows.push(toRow(await files.read(path)));
  for (const path of needs.modes) if (!signal.aborted) rows.push(toRow(await files.stat(path)));
  for (const glob of needs.globs) rows.push(...(await collectGlob(glob, files, signal)));
  return rows;
}

/** One row for each match, and one for the glob itself, so that "nothing there" differs from "not looked". */
async function collectGlob(glob: string, files: HostFiles, signal: AbortSignal): Promise<readonly RawFile[]> {
  const { paths, error } = await files.list(glob);
  const found = paths.length > 0 || error !== null;
  const rows: RawFile[] = [
    { path: glob, found, text: null, mode: null, uid: null, gid: null, modifiedAt: null, error },
  ];
  for (const path of paths.slice(0, MAX_FILES)) if (!signal.aborted) rows.push(toRow(await files.read(path)));
  return rows;
}

/** Bytes that are no UTF-8 become replacement characters: a comment in another encoding must not hide a setting. */
function toRow({ bytes, ...rest }: HostFile): RawFile {
  return { ...rest, text: bytes?.toString("utf8") ?? null };
}

function sizeOf(rows: readonly RawFile[]): number {
  return rows.reduce((sum, { text }) => sum + (text?.length ?? 0), 0);
}
