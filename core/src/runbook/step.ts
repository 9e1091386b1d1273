import type { Step, UndoStep } from "@compline/schemas";
import { setKey } from "./set-key.ts";

/** What kind of action a step is, and so what a host must allow for it. */
export type StepKind = "file" | "mode" | "reload" | "service" | "run" | "restore";

/** A file's content and permission bits (0o7777); both null when there is no file. A folder has no content. */
export interface FileState {
  readonly text: string | null;
  readonly mode: number | null;
}

/** The file a step wants: `text` null leaves the content as it is, `mode` null the whole file, which is not there. */
export type FileChange =
  | { readonly ok: true; readonly text: string; readonly mode: number }
  | { readonly ok: true; readonly text: null; readonly mode: number | null }
  | { readonly ok: false; readonly reason: "FILE_MISSING" };

/** Mode of a file that a step brings into being without saying one. */
const newFileMode = 0o644;

/** The kind of a step. */
export function stepKind(step: Step | UndoStep): StepKind {
  if (step.writeFile !== undefined || step.setKey !== undefined) return "file";
  if (step.setMode !== undefined) return "mode";
  if (step.reload !== undefined) return "reload";
  if (step.service !== undefined || "restoreService" in step) return "service";
  if (step.run !== undefined) return "run";
  return "restore";
}

/** The path of the file a step changes, or null for a step that changes none. */
export function stepPath(step: Step | UndoStep): string | null {
  const restored = "restoreFile" in step ? step.restoreFile : undefined;
  return (step.writeFile ?? step.setKey ?? step.setMode ?? restored)?.path ?? null;
}

/** A step by its kind and what it is about, such as `setKey /etc/login.defs PASS_MAX_DAYS`; never what is written. */
export function describeStep(step: Step | UndoStep): string {
  const unit = ("restoreService" in step ? step.restoreService : step.service)?.unit;
  const about = stepPath(step) ?? step.reload?.service ?? unit ?? step.run?.argv[0];
  return [...Object.keys(step), about, step.setKey?.key].filter((word) => word !== undefined).join(" ");
}

/**
 * What a file must become by a step of kind file or mode; pure, and the same when applied again to its own result.
 * Other kinds are a bug of the caller.
 */
export function applyFileStep(step: Step | UndoStep, before: FileState): FileChange {
  if (step.writeFile !== undefined) {
    return { ok: true, text: step.writeFile.content, mode: parseMode(step.writeFile.mode) };
  }
  if (step.setKey !== undefined) {
    return { ok: true, text: setKey(step.setKey, before.text ?? ""), mode: before.mode ?? newFileMode };
  }
  if (step.setMode !== undefined) {
    const { mode, ifPresent } = step.setMode;
    if (before.mode !== null) return { ok: true, text: null, mode: parseMode(mode) };
    return ifPresent === true ? { ok: true, text: null, mode: null } : { ok: false, reason: "FILE_MISSING" };
  }
  throw new Error("unreachable: only steps of kind file and mode are applied to a file");
}

function parseMode(mode: string): number {
  return Number.parseInt(mode, 8);
}
