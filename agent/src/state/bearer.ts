import { readFileSync, watch } from "node:fs";
import { join } from "node:path";

const TOKEN = /^[A-Za-z0-9._~+/=-]{16,512}$/;

/** The token in the folder's `bearer` file, or null when there is none yet (or it is not whole yet). */
export function readBearer(folder: string): string | null {
  try {
    const token = readFileSync(join(folder, "bearer"), "utf8").trim();
    return TOKEN.test(token) ? token : null;
  } catch {
    return null; // not enrolled yet, which is the state this function reports
  }
}

/** Waits until the folder has a bearer; null when `signal` fired first. */
export function awaitBearer(folder: string, signal: AbortSignal): Promise<string | null> {
  return new Promise((resolve) => {
    const watcher = watch(folder);
    const finish = (token: string | null): void => {
      watcher.close();
      signal.removeEventListener("abort", stop);
      resolve(token);
    };
    const look = (): void => {
      const token = readBearer(folder);
      if (token !== null) finish(token);
    };
    const stop = (): void => finish(null);
    signal.addEventListener("abort", stop, { once: true });
    watcher.on("change", look);
    if (signal.aborted) stop();
    else look(); // after watching began, so that a file written in between is seen
  });
}
