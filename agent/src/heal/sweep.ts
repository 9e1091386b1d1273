import type { Assignment } from "@compline/schemas";
import { HostError } from "../errors.ts";
import { openHost } from "../transports/open-host.ts";
import { leftBackups, openBackups } from "./backup.ts";

/**
 * After a crash in a heal: removes what an unfinished write left beside the files it was to replace, and the heal's
 * backups. The files themselves are whole, old or new; the next observation says which.
 */
export async function sweepInterrupted(folder: string, assignment: Assignment | null): Promise<void> {
  for (const id of leftBackups(folder)) {
    const backups = openBackups(folder, id);
    for (const { host, path } of backups.all()) await sweepOne(folder, assignment, { host, path });
    backups.discard();
  }
}

async function sweepOne(
  folder: string,
  assignment: Assignment | null,
  { host, path }: { readonly host: string; readonly path: string },
): Promise<void> {
  const transport = assignment?.hosts.find(({ id }) => id === host)?.transport;
  const files = transport === undefined ? null : await openHost(transport, folder);
  try {
    await files?.sweep(path);
  } catch (error) {
    // A host that cannot be reached now keeps a stray file of no effect; it is replaced by the next heal of its path.
    if (!(error instanceof HostError)) throw error;
  }
}
