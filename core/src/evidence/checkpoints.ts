import { isSignedByLog, readCheckpoint, type SignedCheckpoint } from "../log/checkpoint.ts";
import type { Findings } from "./finding.ts";
import { type CheckpointFile, checkpointPath } from "./kit-files.ts";
import type { LogLeaves } from "./leaves.ts";
import type { SignatureEngine } from "./signature.ts";
import type { Digest } from "./statement.ts";
import type { ReadTrust } from "./trust.ts";

/** A checkpoint of the log that the trust file names, signed by it. */
export interface AdmittedCheckpoint {
  readonly path: string;
  readonly checkpoint: SignedCheckpoint;
}

/** What checkpoints are judged with. */
export interface CheckpointContext {
  readonly trust: ReadTrust;
  readonly engine: SignatureEngine;
  readonly findings: Findings;
}

/** The checkpoints among files of unknown origin that the log signed; every other file is a finding. */
export async function admitCheckpoints(
  files: readonly CheckpointFile[],
  context: CheckpointContext,
): Promise<readonly AdmittedCheckpoint[]> {
  const admitted: AdmittedCheckpoint[] = [];
  for (const file of files) {
    const checkpoint = await admit(file, context);
    if (checkpoint !== null) admitted.push({ path: file.file.path, checkpoint });
  }
  return admitted.toSorted((a, b) => a.checkpoint.size - b.checkpoint.size);
}

async function admit(
  { file: { path, bytes }, size }: CheckpointFile,
  { trust: { log }, engine, findings }: CheckpointContext,
): Promise<SignedCheckpoint | null> {
  const refuse = (code: "SCHEMA" | "WRONG_ORIGIN" | "BAD_CHECKPOINT_SIGNATURE", message: string): null => {
    findings.add(code, path, message);
    return null;
  };
  const read = readCheckpoint(bytes);
  if (!read.ok) return refuse("SCHEMA", read.message);
  if (log === null) return null; // nobody says which key signs; said elsewhere
  const { value } = read;
  if (value.origin !== log.name)
    return refuse("WRONG_ORIGIN", `a checkpoint of ${value.origin}, the trust file names ${log.name}`);
  if (!(await isSignedByLog(value, log, engine)))
    return refuse("BAD_CHECKPOINT_SIGNATURE", `not signed by the log's key in the trust file`);
  if (value.size !== size)
    findings.add("MISPLACED", path, `by its content this is ${checkpointPath(value.size)}`);
  return value;
}

/** Compares what a checkpoint, or somebody who saw one, says of the log with the leaves. */
export function judgeHead(
  head: { readonly size: number; readonly root: Digest },
  leaves: LogLeaves,
  tell: (code: "ROLLED_BACK" | "SPLIT_VIEW", message: string) => void,
): boolean {
  const { size, root } = head;
  if (size > leaves.size) {
    tell("ROLLED_BACK", `the log had ${size} leaves, there are ${leaves.size}`);
    return false;
  }
  const found = leaves.roots.get(size);
  if (found === root) return true;
  tell("SPLIT_VIEW", `the root of the first ${size} leaves is ${found}, here it is ${root}`);
  return false;
}
