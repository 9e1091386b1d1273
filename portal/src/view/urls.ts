import type { FrameworkView } from "@compline/core";

/** The address of a site's page. */
export const siteUrl = (site: string): string => `/sites/${site}/`;

/** The address of the list of all results of a site; `group` is one of its sections. */
export const resultsUrl = (site: string, group?: string): string =>
  `/sites/${site}/results/${group === undefined ? "" : `#${group}`}`;

/** The address of a host's page. */
export const hostUrl = (site: string, host: string): string => `/sites/${site}/hosts/${host}/`;

/** The address of a framework's page at one site. */
export const frameworkUrl = (site: string, framework: string): string =>
  `/sites/${site}/frameworks/${framework}/`;

/** The address of a framework's page in the library: what it asks, whatever the site. */
export const libraryUrl = (framework: string): string => `/frameworks/${framework}/`;

/** The address of a control on its framework's page in the library. */
export const libraryControlUrl = (framework: FrameworkView, control: string): string =>
  `${libraryUrl(framework.id)}#${controlAnchor(framework, control)}`;

/** The id of a control on a page of its framework; no other id there begins like it. */
export const controlAnchor = (framework: FrameworkView, control: string): string =>
  `c-${slugOf(framework, control)}`;

/** The id of a family on a page of its framework. */
export const familyAnchor = (family: string): string => `family-${family}`;

/** The address of a check's page. */
export const checkUrl = (check: string): string => `/checks/${check}/`;

/** The address of a bundle's page. */
export const bundleUrl = (digest: string): string => `/bundles/${digest}/`;

/** The address of the exact bytes of a bundle. */
export const envelopeUrl = (digest: string): string => `/evidence/${digest}.dsse.json`;

/** The address of the exact bytes of an assignment. */
export const assignmentUrl = (digest: string): string => `/assignments/${digest}.json`;

/** The address of the page that verifies one bundle in the reader's browser. */
export const verifyUrl = (digest: string): string => `/verify/?bundle=${digest}`;

/**
 * The slugs of a framework's controls: lower case letters, digits and single hyphens. Two controls whose slugs would
 * be the same get a number, in the framework's order, so that an address never means two controls.
 */
export function controlSlugs(framework: FrameworkView): ReadonlyMap<string, string> {
  const known = slugsOf.get(framework);
  if (known !== undefined) return known;
  const made = makeSlugs(framework);
  slugsOf.set(framework, made);
  return made;
}

/** Remembered, for every link to a control needs them. */
const slugsOf = new WeakMap<FrameworkView, ReadonlyMap<string, string>>();

function makeSlugs(framework: FrameworkView): ReadonlyMap<string, string> {
  const slugs = new Map<string, string>();
  const used = new Map<string, number>();
  for (const { id } of framework.families.flatMap((family) => family.controls)) {
    const base = plainSlug(id);
    const count = (used.get(base) ?? 0) + 1;
    used.set(base, count);
    slugs.set(id, count === 1 ? base : `${base}--${count}`);
  }
  return slugs;
}

function slugOf(framework: FrameworkView, control: string): string {
  const slug = controlSlugs(framework).get(control);
  if (slug === undefined) throw new Error(`unreachable: control ${control} is not in ${framework.id}`);
  return slug;
}

function plainSlug(id: string): string {
  const slug = id
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-+|-+$/g, "");
  return slug === "" ? "control" : slug;
}
