import { CliError } from "../cli/failure.ts";

/** What `/healthz` of the controller says. */
export interface Health {
  readonly revision: string | null;
  /** How many bundles are kept. */
  readonly position: number;
  /** The portal that is served now, or null before the first build. */
  readonly portal: { readonly revision: string | null; readonly position: number } | null;
}

const ASK_EVERY_MS = 50;

/** Asks the controller until what it says is as wanted. Throws when the signal ends the wait. */
export async function waitForHealth(
  url: string,
  wanted: (health: Health) => boolean,
  signal: AbortSignal,
): Promise<Health> {
  for (;;) {
    const health = await readHealth(url);
    if (health !== null && wanted(health)) return health;
    if (signal.aborted)
      throw asCliError(
        signal.reason,
        `the controller at ${url} was not ready in time; its log is in the state folder`,
      );
    await new Promise((next) => setTimeout(next, ASK_EVERY_MS));
  }
}

/** Null while nothing listens. */
async function readHealth(url: string): Promise<Health | null> {
  try {
    const response = await fetch(`${url}/healthz`, { signal: AbortSignal.timeout(2_000) });
    // Our own controller's answer, by its schema.
    return response.ok ? ((await response.json()) as Health) : null;
  } catch {
    return null;
  }
}

/** The reason a wait was given up for, when it says itself what is wrong; else what was waited for. */
export function asCliError(reason: unknown, message: string): CliError {
  return reason instanceof CliError ? reason : new CliError("failed", message, { cause: reason });
}
