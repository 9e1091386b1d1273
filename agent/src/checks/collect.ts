import { type Facts, firstNeeds, type Needs, parseFacts, type RawFile } from "@compline/core";
import type { CheckSpec } from "@compline/schemas";
import type { HostFile, HostFiles } from "../transports/host-files.ts";

const MAX_ROUNDS = 16;
const MAX_FILES = 256;
const MAX_BYTES: number = 1024 * 1024;

/** Facts of one host, or the reason why there are none. */
export type Collected =
  | { readonly ok: true; readonly facts: Facts }
  | { readonly ok: false; readonly reason: string };

/**
 * Reads what a check looks at, round by round, until the parser has all it asks for. Bounded in rounds, files and
 * bytes; ends soon after `signal` fires, with TIMEOUT.
 */
export async function collectFacts(
  check: CheckSpec,
  files: HostFiles,
  signal: AbortSignal,
): Promise<Collected> {
  const rows: RawFile[] = [];
  let needs = firstNeeds(check);
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    rows.push(...(await collectNeeds(needs, files, signal)));
    if (signal.aborted) return { ok: false, reason: "TIMEOUT" };
    if (rows.length > MAX_FILES || sizeOf(rows) > MAX_BYTES) return { ok: false, reason: "FACTS_TOO_LARGE" };
    const result = parseFacts(check, rows);
    if (result.kind === "facts") return { ok: true, facts: result.facts };
    if (result.kind === "error") return { ok: false, reason: result.reason };
    needs = result.needs;
  }
  return { ok: false, reason: "INCLUDE_TOO_DEEP" };
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
  const rows: RawFile[] = [{ path: glob, found, text: null, mode: null, uid: null, gid: null, error }];
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
