import {
  type ControlCounts,
  type ControlStatus,
  controlStatuses,
  type FrameworkView,
  indexViews,
  type Score,
  type SiteView,
} from "@compline/core";

/** A score in words, with everything it counts. */
export function describeScore({ pass, fail, error, unknown, notApplicable, total }: Score): string {
  if (total === 0) return `no data${notApplicable > 0 ? ` (${notApplicable} not applicable)` : ""}`;
  return `${pass} of ${total} pass, ${fail} fail, ${error} error, ${unknown} unknown (${notApplicable} not applicable)`;
}

/** Each framework of a site or partner: its score, and how many of its controls are in which state. */
export function frameworkLines({ frameworkStatus }: Pick<SiteView, "frameworkStatus">): readonly string[] {
  return Object.entries(frameworkStatus).map(
    ([id, { score, controls }]) =>
      `  ${id}: ${describeScore(score)}; controls: ${describeControls(controls)}`,
  );
}

function describeControls(controls: ControlCounts): string {
  const { pass, fail, error, unknown, notApplicable, attested, notAssessed, total } = controls;
  const looked = `${pass} pass, ${fail} fail, ${error} error, ${unknown} unknown, ${notApplicable} not applicable`;
  return `${looked}, ${attested} for a person to state, ${notAssessed} not assessed of ${total}`;
}

/** Every control of a framework at a site: its state, and which checks fail on which hosts. */
export function controlLines(
  frameworks: readonly FrameworkView[],
  site: Pick<SiteView, "results" | "hosts">,
  framework: string,
): readonly string[] {
  const views = frameworks.filter(({ id }) => id === framework);
  const titles = new Map(
    views.flatMap(({ families }) =>
      families.flatMap(({ controls }) => controls.map(({ id, title }) => [id, title])),
    ),
  );
  return controlStatuses(indexViews(views), framework, site.results).map(
    (status) =>
      `  ${status.state.padEnd(14)} ${status.id} ${titles.get(status.id)}: ${describe(site, status)}`,
  );
}

function describe(
  site: Pick<SiteView, "hosts">,
  { state, reason, score, hosts, failing }: ControlStatus,
): string {
  if (state === "attested") return "for a person to state; no check looks at it";
  if (reason === "DECLARED") return "no check of this product shows anything of it";
  if (reason === "NO_HOST") return "its checks are for no host of this site";
  const looks = `${describeScore(score)} on ${hosts} ${hosts === 1 ? "host" : "hosts"}`;
  const byHost = Map.groupBy(failing, ({ host }) => host);
  const fails = [...byHost].map(
    ([host, own]) => `${hostName(site, host)} fails ${own.map(({ check }) => check).join(", ")}`,
  );
  return [looks, ...fails].join("; ");
}

/** Hosts that left the site, whose results are kept out of every count. */
export function formerHostLines({ formerHosts }: Pick<SiteView, "formerHosts">): readonly string[] {
  return formerHosts.map(
    ({ id, results, bundle }) =>
      `  ! ${results} results of host ${id} are not counted: it is no longer declared here (bundle ${bundle.slice(0, 12)})`,
  );
}

/** The name of a host, or its ULID when it has left the site. */
export function hostName({ hosts }: Pick<SiteView, "hosts">, id: string): string {
  return hosts.find((host) => host.id === id)?.name ?? id;
}
