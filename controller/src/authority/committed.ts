import { decisionPlaceOf, type ReadEnvelope, readEnvelope } from "@compline/core";
import { nodeSha256 } from "../crypto.ts";
import type { Mirror } from "../source/mirror.ts";
import { folderAt, readFileAt } from "../source/tree.ts";

/** Where a partner keeps what its authority signed, from the repository's root. */
function folderOf(partnerName: string): string {
  return `sites/${partnerName}/decisions`;
}

/** The file of a decision, from the repository's root. */
export function decisionPath(
  partnerName: string,
  { epoch, seq }: { readonly epoch: number; readonly seq: number },
): string {
  return `${folderOf(partnerName)}/${epoch}-${seq}.dsse.json`;
}

/** A signed decision in a partner's tree: whoever reviewed the tree saw it. */
export interface CommittedDecision {
  readonly path: string;
  /** Empty when git has no file of a bearable size there. */
  readonly bytes: Uint8Array;
  readonly digest: string;
  /** The commit whose file it carries out; null when it names none, or is no decision. */
  readonly carriesOut: string | null;
}

/** Whose decisions, and at which commit. */
interface DecisionsPlace {
  /** The partner's name. */
  readonly name: string;
  readonly revision: string;
}

/** Decisions in trees of one source; what a folder holds is read once for as long as it stays as it is. */
export class CommittedDecisions {
  readonly #mirror: Pick<Mirror, "objects">;
  readonly #known = new Map<
    string,
    { readonly folder: string; readonly decisions: readonly CommittedDecision[] }
  >();

  constructor(mirror: Pick<Mirror, "objects">) {
    this.#mirror = mirror;
  }

  /** In the order of their chain; the same array for as long as nothing changes. Throws GIT_FAILED, GIT_OBJECT. */
  async at({ name, revision }: DecisionsPlace): Promise<readonly CommittedDecision[]> {
    const { objects } = this.#mirror;
    const folder = await folderAt(objects, { revision, path: folderOf(name) });
    if (folder === null) return [];
    const known = this.#known.get(name);
    if (known?.folder === folder.id) return known.decisions;
    const places = folder.names.flatMap((file) => decisionPlaceOf(`${folderOf(name)}/${file}`) ?? []);
    const decisions = await Promise.all(
      places
        .toSorted((a, b) => a.epoch - b.epoch || a.seq - b.seq)
        .map(async (place) => {
          const path = decisionPath(name, place);
          return decisionOf(path, (await readFileAt(objects, { revision, path })) ?? new Uint8Array());
        }),
    );
    this.#known.set(name, { folder: folder.id, decisions });
    return decisions;
  }
}

function decisionOf(path: string, bytes: Uint8Array): CommittedDecision {
  const read = readEnvelope(bytes, nodeSha256);
  return { path, bytes, digest: nodeSha256(bytes), carriesOut: read.ok ? carriedOutBy(read) : null };
}

function carriedOutBy({ statement: { predicate } }: ReadEnvelope): string | null {
  return predicate.kind === "authority" ? (predicate.file?.revision ?? null) : null;
}
