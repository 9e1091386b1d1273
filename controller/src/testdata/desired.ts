import type { TestAppliance } from "./appliance.ts";

/** Files of a desired state, by path. */
export type DesiredFiles = Readonly<Record<string, string>>;

function document(kind: string, name: string, spec: string): string {
  return `apiVersion: compline.dev/v1\nkind: ${kind}\nmetadata:\n  name: ${name}\nspec:\n${spec.replaceAll(/^/gm, "  ").trimEnd()}\n`;
}

/** A small library: one framework that looks at one thing. */
export function libraryFiles(interval = "5m"): DesiredFiles {
  return {
    "frameworks/manners/framework.yaml": document(
      "Framework",
      "manners",
      "title: Manners\nversion: '1'\nsource: https://manners.example/\nlicence: none\nrestricted: false\nstatus: mapped\nreview: none",
    ),
    "frameworks/manners/controls/speech.yaml": document(
      "ControlFamily",
      "speech",
      "title: Speech\ncontrols:\n  - id: M.1\n    title: Greet\n    nature: host\n    requirement: required\n    checks: [greeting]",
    ),
    "policies/checks/linux/greeting.yaml": document(
      "Check",
      "greeting",
      `title: Greets
rationale: It is polite.
platforms: [linux]
interval: ${interval}
severity: low
collect:
  file:
    path: /etc/greeting
parse: key-value
assert: facts.found
expected: a greeting
record:
  polite:
    type: boolean
    value: facts.found`,
    ),
  };
}

/** A partner's tree with one site, one host and one enrolled appliance. `more` is added to the site's spec. */
export function partnerFiles(name: string, appliance: TestAppliance, more = ""): DesiredFiles {
  const tail = appliance.id.slice(-4);
  return {
    [`sites/${name}/partner.yaml`]: document(
      "Partner",
      name,
      `id: 01J000000000000000000P${tail}\ndisplayName: Partner ${name}`,
    ),
    [`sites/${name}/shop/site.yaml`]: document(
      "Site",
      "shop",
      `id: ${appliance.site}
displayName: Shop
timeZone: Europe/Lisbon
frameworks: [manners]
healing:
  mode: full
  riskCeiling: low
hosts:
  - id: 01J000000000000000000H${tail}
    name: till
    platform: linux
    appliance: box
    transport:
      type: local
${more}`,
    ),
    [`sites/${name}/shop/appliances/box.yaml`]: document(
      "Appliance",
      "box",
      `id: ${appliance.id}\npublicKey: ${Buffer.from(appliance.publicKey).toString("hex")}`,
    ),
  };
}

/** The site of {@link movedFiles}. */
export const depotId = "01J000000000000000000DEP0T";

/** What changes when the box of a partner goes, with its host, to another site: another host at the shop waits for another box. */
export function movedFiles(name: string, files: DesiredFiles): DesiredFiles {
  const at = (path: string): string => `sites/${name}/${path}`;
  const [shop = "", box = ""] = ["shop/site.yaml", "shop/appliances/box.yaml"].map((path) => files[at(path)]);
  const host = /01J000000000000000000H\w{4}/;
  return {
    [at("shop/site.yaml")]: shop.replace(host, "01J000000000000000000HDESK").replace("name: till", "name: desk"),
    [at("shop/appliances/box.yaml")]: box.replace(/spec:[^]*/, "spec:\n  description: ordered\n"),
    [at("depot/site.yaml")]: shop.replace("name: shop", "name: depot").replace(/id: 01J000000000000000000S\w{4}/, `id: ${depotId}`),
    [at("depot/appliances/box.yaml")]: box,
  };
}

/** The origin of the log of a partner of {@link loggedPartnerFiles}. */
export function logOf(partner: string): string {
  return `log.${partner}.example/evidence`;
}

/** {@link partnerFiles} of a partner that has a log. */
export function loggedPartnerFiles(name: string, appliance: TestAppliance): DesiredFiles {
  const files = partnerFiles(name, appliance);
  const path = `sites/${name}/partner.yaml`;
  return { ...files, [path]: `${files[path]}  log:\n    origin: ${logOf(name)}\n` };
}
