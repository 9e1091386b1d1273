/** A file that is written: a path in the new repository, and its text. */
export interface NewFile {
  readonly path: string;
  readonly text: string;
}

/** What a partner repository starts with. */
export interface PartnerPlan {
  /** Name of the partner, as in its path. */
  readonly partner: string;
  readonly site: string;
  /** The preset that the site follows. Without one it follows a single framework. */
  readonly preset?: string | undefined;
  readonly platform: "linux" | "windows" | "macos";
  /** Makes a new ULID. */
  readonly newId: () => string;
}

/** A partner with one site, whose only host is the machine that Compline runs on, which is looked at and not changed. */
export function siteFiles({ partner, site, preset, platform, newId }: PartnerPlan): NewFile[] {
  const folder = `sites/${partner}`;
  return [
    {
      path: `${folder}/partner.yaml`,
      text: `${head("../..", "Partner", partner)}spec:
  # Made for you. An identity never changes and is never used again.
  id: ${newId()}
  displayName: ${titleOf(partner)}
`,
    },
    {
      path: `${folder}/${site}/site.yaml`,
      text: `${head("../../..", "Site", site)}spec:
  id: ${newId()}
  displayName: ${titleOf(site)}
  timeZone: Etc/UTC
  # What the site follows: frameworks by name, a preset of frameworks/presets by name, or both.
  ${preset === undefined ? "frameworks: [hipaa]" : `preset: ${preset}`}
  # Nothing is changed until a reviewed commit says otherwise: off, dry-run, standard or full.
  healing:
    mode: "off"
    riskCeiling: low
  hosts:
    # The machine that Compline runs on.
    - id: ${newId()}
      name: this-machine
      platform: ${platform}
      appliance: ${site}-box
      transport:
        type: local
`,
    },
    {
      path: `${folder}/${site}/appliances/${site}-box.yaml`,
      text: `${head("../../../..", "Appliance", `${site}-box`)}spec:
  description: Looks at the machine it runs on.
`,
    },
  ];
}

function head(way: string, kind: string, name: string): string {
  return `# yaml-language-server: $schema=${way}/schemas/${kind.toLowerCase()}/v1.schema.json
apiVersion: compline.dev/v1
kind: ${kind}
metadata:
  name: ${name}
`;
}

/** A name as a title, quoted: one that is a number or a word of YAML stays a text. */
function titleOf(name: string): string {
  const words = name.split("-").map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`);
  return JSON.stringify(words.join(" "));
}
