import type { Kind } from "@compline/schemas";

/** What a path says about the document it holds. */
export interface Place {
  readonly kind: Kind;
  /** What metadata.name must be. */
  readonly name: string;
  /** Null for the library. */
  readonly partner: string | null;
  /** Null for what belongs to no site. */
  readonly site: string | null;
}

const part = "([a-z0-9][a-z0-9-]*)";

interface Layout {
  readonly kind: Kind;
  readonly form: string;
  readonly pattern: RegExp;
  /** Which part of the path is the name. */
  readonly name: number;
}

function layout(kind: Kind, form: string, name: number): Layout {
  const expression = form
    .replaceAll(".", "\\.")
    // The folder of presets is no framework.
    .replace("<framework>", `(?!presets/)${part}`)
    .replaceAll(/<[a-z]+>/g, part);
  const pattern = new RegExp(`^${expression}$`);
  return { kind, form, pattern, name };
}

const layouts: readonly Layout[] = [
  layout("Framework", "frameworks/<framework>/framework.yaml", 1),
  layout("ControlFamily", "frameworks/<framework>/controls/<family>.yaml", 2),
  layout("Preset", "frameworks/presets/<name>.yaml", 1),
  layout("Check", "policies/checks/<os>/<name>.yaml", 2),
  layout("Rule", "policies/rules/<name>.yaml", 1),
  layout("Drill", "runbooks/<os>/<name>.drill.yaml", 2),
  layout("Runbook", "runbooks/<os>/<name>.yaml", 2),
  layout("Partner", "sites/<partner>/partner.yaml", 1),
  layout("Site", "sites/<partner>/<site>/site.yaml", 2),
  layout("Appliance", "sites/<partner>/<site>/appliances/<name>.yaml", 3),
];

/** Where the lab's newest reviewed report lies: the one file of the desired state that is no document. */
export const labReportPath = "runbooks/lab-report.json";

/**
 * True for the paths that the loader takes: YAML in its four folders, except below a site's practice folder, and the
 * lab's report.
 */
export function isManifestPath(path: string): boolean {
  if (path === labReportPath) return true;
  return /^(?:frameworks|policies|runbooks|sites)\/.*\.ya?ml$/.test(path) && !isPracticePath(path);
}

function isPracticePath(path: string): boolean {
  return /^sites\/[^/]+\/[^/]+\/practice\//.test(path);
}

/** Where a decision of a partner's authority lies, as the controller looks for it. */
export const decisionForm = "sites/<partner>/decisions/<epoch>-<seq>.dsse.json";

const number = "(0|[1-9]\\d{0,8})";
const decisionPattern = new RegExp(`^sites/${part}/decisions/${number}-${number}\\.dsse\\.json$`);

/** What the name of a decision's file says. */
export interface DecisionPlace {
  /** The partner's name. */
  readonly partner: string;
  readonly epoch: number;
  readonly seq: number;
}

/** What a path says of the decision it holds; null when the controller looks for none there. */
export function decisionPlaceOf(path: string): DecisionPlace | null {
  const parts = decisionPattern.exec(path);
  if (parts === null) return null;
  return { partner: parts[1] ?? "", epoch: Number(parts[2]), seq: Number(parts[3]) };
}

/**
 * True for what lies where decisions belong, or is named like one: envelopes anywhere below sites/, and in a partner's
 * folder of decisions all but notes (`.md`), YAML and hidden files.
 */
export function isDecisionPath(path: string): boolean {
  if (isPracticePath(path)) return false;
  if (/^sites\/.*\.dsse\.json$/s.test(path)) return true;
  return /^sites\/[^/]+\/decisions\/(?:.*\/)?(?!\.)[^/]*(?<!\.(?:md|ya?ml))$/s.test(path);
}

/** What belongs at a path, or null when nothing does. */
export function placeOf(path: string): Place | null {
  for (const { kind, pattern, name } of layouts) {
    const parts = pattern.exec(path);
    if (parts === null) continue;
    const inSites = path.startsWith("sites/");
    const site = kind === "Site" || kind === "Appliance" ? (parts[2] ?? null) : null;
    return { kind, name: parts[name] ?? "", partner: inSites ? (parts[1] ?? null) : null, site };
  }
  return null;
}

/** The form of the paths at which a kind of document lives. */
export function pathForm(kind: Kind): string {
  return layouts.find((one) => one.kind === kind)?.form ?? "";
}

/** The forms of all paths below the same top folder. */
export function formsBeside(path: string): readonly string[] {
  const top = `${path.split("/")[0]}/`;
  return layouts.filter((one) => one.form.startsWith(top)).map((one) => one.form);
}
