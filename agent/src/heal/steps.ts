import { applyFileStep, stepKind, stepPath } from "@compline/core/appliance";
import type { Step, UndoStep } from "@compline/schemas";
import type { CrashPoint } from "../crash-point.ts";
import { HostError } from "../errors.ts";
import type { Host } from "../transports/host.ts";
import type { HostFile } from "../transports/host-files.ts";
import type { Backups } from "./backup.ts";
import { reloadCommand, runCommand } from "./command.ts";
import { HealError } from "./heal-error.ts";
import type { Recorder } from "./recorder.ts";
import { changeUnit, noteUnits, type UnitBefore } from "./units.ts";

/** Where the steps of one heal run. */
export interface StepPorts {
  /** The host's id. */
  readonly host: string;
  readonly opened: Host;
  readonly backups: Backups;
  /** The state of each unit before anything was changed. Only the process that began a heal undoes it. */
  readonly units: Map<string, UnitBefore>;
  readonly crashPoint: CrashPoint;
  /** Takes down what is done. */
  readonly recorder: Recorder;
  /** Whether these steps take something back. */
  readonly undo: boolean;
}

/** Runs steps in order. @throws HealError or HostError at the first that fails, or when `signal` fires between two. */
export async function runSteps(
  ports: StepPorts,
  steps: readonly (Step | UndoStep)[],
  signal: AbortSignal,
): Promise<void> {
  await noteUnits(ports, steps);
  for (const step of steps) {
    if (signal.aborted) throw new HealError("TIMEOUT");
    await ports.recorder.step(step, ports.undo, () => runStep(ports, step));
  }
}

async function runStep(ports: StepPorts, step: Step | UndoStep): Promise<void> {
  switch (stepKind(step)) {
    case "file":
      return changeFile(ports, step);
    case "mode":
      return changeMode(ports, step);
    case "restore":
      return restoreFile(ports, pathOf(step));
    case "reload":
      return reload(ports, step.reload?.service ?? "");
    case "service":
      return changeUnit(ports, step);
    case "run":
      return runCommand(ports, step.run?.argv ?? []);
  }
}

async function changeFile(
  { opened: { files }, backups, crashPoint, host }: StepPorts,
  step: Step | UndoStep,
): Promise<void> {
  const path = pathOf(step);
  const before = readable(await files.read(path));
  const mode = permissionsOf(before);
  const after = applyFileStep(step, { text: textOf(before), mode });
  if (!after.ok) throw new HealError(after.reason);
  if (after.text === null) throw new Error("unreachable: a file step that leaves the content alone");
  backups.keep({
    host,
    path,
    existed: before.found,
    mode,
    content: (before.bytes ?? Buffer.alloc(0)).toString("base64"),
  });
  crashPoint("after-backup");
  await files.write(path, { bytes: Buffer.from(after.text, "utf8"), mode: after.mode });
}

/** Keeps only the mode: what is in a file such as shadow is copied nowhere. */
async function changeMode(
  { opened: { files }, backups, crashPoint, host }: StepPorts,
  step: Step | UndoStep,
): Promise<void> {
  const path = pathOf(step);
  const before = readable(await files.stat(path));
  const mode = permissionsOf(before);
  const after = applyFileStep(step, { text: before.found ? "" : null, mode });
  if (!after.ok) throw new HealError(after.reason);
  if (after.mode === null) return;
  backups.keep({ host, path, existed: before.found, mode, content: null });
  crashPoint("after-backup");
  await files.setMode(path, after.mode);
}

async function restoreFile({ opened: { files }, backups }: StepPorts, path: string): Promise<void> {
  const backup = backups.of(path);
  if (backup === null) return; // this heal had not come to it
  if (!backup.existed) return files.remove(path);
  const mode = backup.mode ?? 0o600;
  if (backup.content === null) return files.setMode(path, mode);
  await files.write(path, { bytes: Buffer.from(backup.content, "base64"), mode });
}

async function reload(ports: StepPorts, service: string): Promise<void> {
  if (ports.opened.practice) ports.recorder.skip(`reload:${service}`);
  else await runCommand(ports, reloadCommand(service));
}

function pathOf(step: Step | UndoStep): string {
  const path = stepPath(step);
  if (path === null) throw new Error("unreachable: a file step without a path");
  return path;
}

function readable(file: HostFile): HostFile {
  if (file.error !== null) throw new HostError(file.error);
  return file;
}

/** Here the bytes are written back, so a file that is no UTF-8 is left alone. */
function textOf({ bytes }: HostFile): string | null {
  if (bytes === null) return null;
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new HostError("NOT_TEXT", { cause: error });
  }
}

function permissionsOf({ mode }: HostFile): number | null {
  return mode === null ? null : mode & 0o7777;
}
