import { existsSync, readFileSync, rmSync } from "node:fs";
import { writePrivate } from "../config/private-file.ts";

/** Who started in a state folder: one at a time. */
export interface Started {
  readonly pid: number;
  readonly url: string;
}

/** The start that is running in a state folder, or null. A number that now belongs to another program does not count. */
export function readStarted(path: string): Started | null {
  if (!existsSync(path)) return null;
  try {
    const started = JSON.parse(readFileSync(path, "utf8")) as Started;
    return isCompline(started.pid) ? started : null;
  } catch {
    return null; // half a file cannot be (it is renamed into place); anything else is not ours
  }
}

/** Takes the state folder for this process. */
export async function writeStarted(path: string, url: string): Promise<void> {
  await writePrivate(path, JSON.stringify({ pid: process.pid, url } satisfies Started));
}

/** Gives the state folder back. */
export function removeStarted(path: string): void {
  rmSync(path, { force: true });
}

function isCompline(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").includes("compline");
  } catch {
    return false;
  }
}
