import { existsSync } from "node:fs";
import { join } from "node:path";
import { ControllerError } from "../errors.ts";
import { type SourceAddress, Mirror } from "../source/mirror.ts";
import type { StoredAcceptance } from "../store/contract.ts";
import { heldPartners, knownRevisions, type LivePartner } from "./accept.ts";
import { Loader } from "./load.ts";

/** Where the revisions are that were once accepted. */
export interface Mirrors {
  readonly folder: string;
  readonly sources: readonly SourceAddress[];
}

/**
 * The record of what was accepted as it stood at an instant: up to the first acceptance after it. Its order counts, not
 * the clock, which may have been set back.
 */
export function recordAt(acceptances: readonly StoredAcceptance[], at: string): readonly StoredAcceptance[] {
  const end = acceptances.findIndex(({ acceptedAt }) => acceptedAt > at);
  return end < 0 ? acceptances : acceptances.slice(0, end);
}

/** The partners that a record puts in force. Throws REVISION_MISSING, REVISION_UNREADABLE, GIT_FAILED, TREE_TOO_LARGE. */
export async function partnersOf(
  record: readonly StoredAcceptance[],
  mirrors: Mirrors,
): Promise<readonly LivePartner[]> {
  const names = [...new Set(record.map(({ source }) => source))];
  return (await Promise.all(names.map((name) => partnersOfSource(name, record, mirrors)))).flat();
}

async function partnersOfSource(
  name: string,
  record: readonly StoredAcceptance[],
  { folder, sources }: Mirrors,
): Promise<readonly LivePartner[]> {
  const known = knownRevisions(record, name);
  const address = sources.find((source) => source.name === name);
  if (address === undefined) throw missing(known.library, `source ${name} is not configured any more`);
  const mirror = Mirror.attach(address, join(folder, `${name}.git`));
  try {
    for (const revision of new Set([known.library, ...known.partners.values()])) {
      if (revision !== null && !(existsSync(mirror.folder) && (await mirror.has(revision))))
        throw missing(revision, `${mirror.folder} does not have it; fetch it there from a clone that does`);
    }
    const loader = new Loader(mirror);
    const partners = await heldPartners({ mirror, loader }, known);
    for (const partner of partners) await checkReadable(partner, loader);
    return partners;
  } finally {
    mirror.close();
  }
}

function missing(revision: string | null, why: string): ControllerError {
  return new ControllerError(
    "REVISION_MISSING",
    `revision ${revision ?? "(none)"} was in force then, but ${why}`,
  );
}

/** What an earlier version took may be a fault now. */
async function checkReadable({ name, revision, graph }: LivePartner, loader: Loader): Promise<void> {
  if (graph.partners.has(name)) return;
  const { diagnostics } = await loader.load(revision);
  const first = diagnostics.find(({ severity }) => severity === "error");
  const where = first === undefined ? "" : `: ${first.file}:${first.line}:${first.column} ${first.code}`;
  throw new ControllerError(
    "REVISION_UNREADABLE",
    `revision ${revision}, in force for ${name} then, is not accepted by this version${where}`,
  );
}
