import type { AnyDocument } from "@compline/core";
import { posix } from "node:path";

/** An appliance that is run here. */
export interface DeclaredAppliance {
  readonly name: string;
  /** Its file in the repository. */
  readonly path: string;
  /** Practice hosts: the folder shipped beside the site, and the path below the appliance's folder. */
  readonly practice: readonly { readonly shipped: string; readonly root: string }[];
}

/** What of a tree is run on this machine. */
export interface Inventory {
  readonly partnerPath: string;
  /** The partner's sites, and whether one has a practice host. */
  readonly sites: readonly { readonly name: string; readonly hasPractice: boolean }[];
  readonly appliances: readonly DeclaredAppliance[];
}

/**
 * The first partner of a tree, and its appliances that are run here: declared but not enrolled, or enrolled with the id
 * of a box of this machine. Null when there is no partner.
 */
export function readInventory(
  documents: readonly AnyDocument[],
  own: (name: string) => string | null,
): Inventory | null {
  const partner = documents.find((document) => document.kind === "Partner");
  if (partner === undefined) return null;
  const below = `${posix.dirname(partner.path)}/`;
  const ofPartner = documents.filter((document) => document.path.startsWith(below));
  const sites = ofPartner.flatMap((document) =>
    document.kind === "Site"
      ? [
          {
            name: document.name,
            hasPractice: document.spec.hosts.some(({ transport }) => transport.root !== undefined),
          },
        ]
      : [],
  );
  return {
    partnerPath: partner.path,
    sites,
    appliances: ofPartner.flatMap((document) =>
      document.kind === "Appliance" && isRunHere(document.spec.id, own(document.name))
        ? declared(document, documents)
        : [],
    ),
  };
}

function isRunHere(id: string | undefined, own: string | null): boolean {
  return id === undefined || id === own;
}

function declared(document: AnyDocument, documents: readonly AnyDocument[]): DeclaredAppliance[] {
  const site = posix.dirname(posix.dirname(document.path));
  const hosts = hostsOf(documents, site).filter((host) => host.appliance === document.name);
  const practice = hosts.flatMap(({ name, transport }) =>
    transport.root === undefined ? [] : [{ shipped: `${site}/practice/${name}`, root: transport.root }],
  );
  return [{ name: document.name, path: document.path, practice }];
}

function hostsOf(documents: readonly AnyDocument[], site: string) {
  return documents.flatMap((document) =>
    document.kind === "Site" && posix.dirname(document.path) === site ? document.spec.hosts : [],
  );
}
