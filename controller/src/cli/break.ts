import { type FileState, applyFileStep, stepKind, stepPath } from "@compline/core";
import type { Step } from "@compline/schemas";
import { lstatSync, mkdirSync } from "node:fs";
import { chmod, lstat, readFile, rename, writeFile } from "node:fs/promises";
import { dirname, join, posix } from "node:path";
import { CliError } from "./failure.ts";

/**
 * Carries out a drill's breaking steps on a practice host's copy, for real: only files and modes below `root`, never
 * through a symbolic link. A reload has nothing to reload here and is left out. Answers the paths that were changed.
 */
export async function breakPractice(root: string, steps: readonly Step[]): Promise<readonly string[]> {
  const changed: string[] = [];
  for (const step of steps) {
    const kind = stepKind(step);
    if (kind === "reload") continue;
    const path = stepPath(step);
    if (path === null || (kind !== "file" && kind !== "mode"))
      throw new CliError("failed", `a practice host cannot run the step ${kind}`);
    await changeFile(locate(root, path), step);
    changed.push(path);
  }
  return changed;
}

/** Where a host's path lies below the root. Every folder on the way must be a real one; those that are missing are made. */
function locate(root: string, hostPath: string): string {
  const parts = posix
    .normalize(hostPath)
    .split("/")
    .filter((part) => part !== "");
  let folder = root;
  for (const part of parts.slice(0, -1)) {
    folder = join(folder, part);
    if (lstatSync(folder, { throwIfNoEntry: false }) === undefined) mkdirSync(folder);
    if (!lstatSync(folder).isDirectory())
      throw new CliError("failed", `${folder} is no folder; the practice host may not lead out of its tree`);
  }
  return join(folder, parts.at(-1) ?? "");
}

async function changeFile(file: string, step: Step): Promise<void> {
  const applied = applyFileStep(step, await readState(file, step.setMode !== undefined));
  if (!applied.ok) throw new CliError("failed", `${file} is not there; run \`compline demo reset\``);
  if (applied.text === null) {
    if (applied.mode !== null) await chmod(file, applied.mode);
    return;
  }
  const half = join(dirname(file), `.${process.pid}.new`);
  await writeFile(half, applied.text);
  await chmod(half, applied.mode);
  await rename(half, file);
}

async function readState(file: string, folders: boolean): Promise<FileState> {
  const found = await lstat(file).catch(() => null);
  if (found === null) return { text: null, mode: null };
  if (folders && found.isDirectory()) return { text: null, mode: found.mode & 0o7777 };
  if (!found.isFile())
    throw new CliError("failed", `${file} is no plain file; the practice host may not lead out of its tree`);
  return { text: await readFile(file, "utf8"), mode: found.mode & 0o7777 };
}
