import { existsSync, readdirSync, readFileSync, rmdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { errorCode } from "./programs.ts";

/** What a lab leaves to others to remove: the kernel does the rest. */
export interface LabPlace {
  /** The folder that everything was mounted on. */
  readonly work: string;
  /** The name of its control group. */
  readonly group: string;
}

const PATIENCE_MS = 5_000;
const PAUSE_MS = 50;

/**
 * Removes the folder and the control groups of a lab whose processes have ended or are ending. What was mounted on the
 * folder is not to be seen here any more; what is in it was written by a step that came after.
 */
export async function cleanUp({ work, group }: LabPlace): Promise<void> {
  const until = performance.now() + PATIENCE_MS;
  for (const folder of controlGroupFolders()) await retry(until, () => removeGroup(join(folder, group)));
  await retry(until, () => rmSync(work, { recursive: true, force: true }));
}

/** Version 2 of control groups, wherever it is mounted. */
function controlGroupFolders(): readonly string[] {
  return readFileSync("/proc/self/mounts", "utf8")
    .split("\n")
    .map((line) => line.split(" "))
    .flatMap(([, folder = "", type]) => (type === "cgroup2" ? [folder] : []));
}

/** A group stays until it is removed, the innermost first. Its files are no files. */
function removeGroup(group: string): void {
  if (!existsSync(group)) return;
  for (const entry of readdirSync(group, { withFileTypes: true }))
    if (entry.isDirectory()) removeGroup(join(group, entry.name));
  rmdirSync(group);
}

/** A process that was killed is gone a moment later, and only then is its group or folder free. */
async function retry(until: number, remove: () => void): Promise<void> {
  for (;;) {
    try {
      return remove();
    } catch (error) {
      if (errorCode(error) === "ENOENT") return;
      if (errorCode(error) !== "EBUSY" || performance.now() > until) throw error;
      await new Promise((next) => setTimeout(next, PAUSE_MS));
    }
  }
}
