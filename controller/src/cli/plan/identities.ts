import { type AnyDocument, enrolAppliance, enrolPartner } from "@compline/core";
import type { LivePartner } from "../../reconcile/accept.ts";
import type { SourceFile } from "../../source/entry.ts";

/**
 * The files with the identities that `compline start` wrote beside them when it published them: the repository itself
 * names none ("declared, not enrolled"). They are taken from the files of the same path that are in force.
 */
export function withIdentities(
  files: readonly SourceFile[],
  inForce: readonly LivePartner[],
): readonly SourceFile[] {
  const known = new Map(inForce.flatMap(documentsOf).map((document) => [document.path, document]));
  return files.map((file) => ({ ...file, text: enrolText(file.text, known.get(file.path)) }));
}

function documentsOf({ name, graph }: LivePartner): readonly AnyDocument[] {
  const partner = graph.partners.get(name);
  if (partner === undefined) return [];
  return [
    partner.document,
    ...[...partner.sites.values()].flatMap(({ appliances }) => [...appliances.values()]),
  ];
}

function enrolText(text: string, before: AnyDocument | undefined): string {
  if (before?.kind === "Appliance" && before.spec.id !== undefined && before.spec.publicKey !== undefined) {
    return enrolAppliance(text, { id: before.spec.id, publicKey: before.spec.publicKey });
  }
  if (before?.kind === "Partner" && before.spec.authority !== undefined && before.spec.log !== undefined) {
    return enrolPartner(text, {
      authorityPublicKey: before.spec.authority.publicKey,
      logOrigin: before.spec.log.origin,
    });
  }
  return text;
}
