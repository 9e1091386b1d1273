import { frameworksOfSite } from "@compline/core";
import { ControllerError } from "../errors.ts";
import type { LivePartner } from "../reconcile/accept.ts";

/** A site that is in force. */
export interface FoundSite {
  readonly partner: LivePartner;
  readonly id: string;
  readonly name: string;
  readonly displayName: string;
  /** What people call its partner. */
  readonly partnerName: string;
  /** Names of the frameworks that it follows. */
  readonly frameworks: readonly string[];
}

/** The site of that name or ULID, of the first partner that has one. Throws SITE_UNKNOWN, which tells which there are. */
export function findSite(partners: readonly LivePartner[], wanted: string): FoundSite {
  const sites = partners.flatMap(sitesOf);
  const found = sites.find(({ id, name }) => id === wanted || name === wanted);
  if (found !== undefined) return found;
  const known =
    sites.length === 0
      ? "nothing was accepted yet; run `npm start` first"
      : `there are ${sites.map(({ name }) => name).join(", ")}`;
  throw new ControllerError("SITE_UNKNOWN", `no site is called ${JSON.stringify(wanted)}: ${known}`);
}

function sitesOf(partner: LivePartner): readonly FoundSite[] {
  const node = partner.graph.partners.get(partner.name);
  const partnerName = node?.document.spec.displayName ?? partner.name;
  return [...(node?.sites.values() ?? [])].map((site) => {
    const { id, displayName } = site.document.spec;
    const frameworks = frameworksOfSite(partner.graph, site).map(({ document: { name } }) => name);
    return { partner, id, name: site.document.name, displayName, partnerName, frameworks };
  });
}
