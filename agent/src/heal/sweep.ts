import type { AssignmentHost } from "@compline/schemas";
import { HostError } from "../errors.ts";
import type { Hosts } from "../transports/hosts.ts";
import { leftBackups, openBackups } from "./backup.ts";

const SWEEP_LIMIT_MS = 10_000;

/**
 * After a crash in a heal: removes what an unfinished write left beside the files it was to replace, and the heal's
 * backups. The files themselves are whole, old or new; the next observation says which.
 */
export async function sweepInterrupted(
  folder: string,
  hosts: Hosts,
  assigned: readonly AssignmentHost[],
): Promise<void> {
  for (const id of leftBackups(folder)) {
    const backups = openBackups(folder, id);
    for (const { host, path } of backups.all()) {
      const left = assigned.find((each) => each.id === host);
      if (left !== undefined) await sweepOne(hosts, left, path);
    }
    backups.discard();
  }
}

async function sweepOne(hosts: Hosts, host: AssignmentHost, path: string): Promise<void> {
  const work = { signal: AbortSignal.timeout(SWEEP_LIMIT_MS), limitMs: SWEEP_LIMIT_MS };
  try {
    await hosts.use(host, work, ({ files }) => files.sweep(path));
  } catch (error) {
    // A host that cannot be reached now keeps a stray file of no effect; it is replaced by the next heal of its path.
    if (!(error instanceof HostError)) throw error;
  }
}
