import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { readConfig, statePaths } from "../config/config.ts";
import {
  answerAsOf,
  type ApplianceAsOf,
  type AsOf,
  type AsOfQuestion,
  type SiteAsOf,
} from "../reconcile/as-of.ts";
import { layoutOf } from "../start/layout.ts";
import { openSqliteStore } from "../store/sqlite-store.ts";
import { ExitCode } from "./exit-code.ts";
import { CliError } from "./failure.ts";
import { inShort, notThere } from "./status.ts";
import { fleetLines, isFleet } from "./status-fleet.ts";
import { gapsText, siteLines } from "./status-text.ts";

/** The flags of `compline status --at`. */
export interface AsOfOptions extends AsOfQuestion {
  readonly repo: string;
  readonly state: string | undefined;
  /** Name or ULID of the only site to tell of. */
  readonly site: string | undefined;
  /** Tells also what passes and what does not apply. */
  readonly all: boolean;
  readonly output: "text" | "json";
}

/** Tells what was so at a time, from the state folder; nothing in it is written, and nothing of now is told. */
export async function statusAsOf(options: AsOfOptions): Promise<ExitCode> {
  const layout = layoutOf(resolve(options.repo), options.state);
  if (!existsSync(layout.controllerConfig))
    throw new CliError("failed", `there is no state in ${layout.state} yet; start with \`npm start\``);
  const { sources } = await readConfig(join(layout.controller, "config.json"));
  const paths = statePaths(layout.controller);
  const store = openSqliteStore(paths.store, "read");
  try {
    const mirrors = { folder: paths.mirrors, sources };
    const answer = narrowed(await answerAsOf({ store, mirrors, clock: Date.now }, options), options);
    process.stdout.write(
      `${options.output === "json" ? JSON.stringify(answer, null, 2) : printText(answer, options.all)}\n`,
    );
    return ExitCode.clean;
  } finally {
    await store.close();
  }
}

/** Of the named site only, or of each site in short. */
function narrowed(answer: AsOf, { site, all }: Pick<AsOfOptions, "site" | "all">): Told {
  if (site === undefined && all) return answer;
  if (site === undefined) return { ...answer, sites: answer.sites.map(inShort) };
  const sites = answer.sites.filter(({ id, name }) => id === site || name === site);
  if (sites.length > 0) return { ...answer, sites };
  throw notThere(
    "site",
    site,
    answer.sites.map(({ name }) => name),
  );
}

/** An answer of which only those parts are told that its reader asked for. */
type Told = Omit<AsOf, "sites"> & { readonly sites: readonly Omit<SiteAsOf, "history">[] };

/** All of it as text for people. */
export function printText(told: Told, all: boolean): string {
  const { at, known, revision, acceptedAt, partner, otherPartners, sites } = told;
  return [
    `as of ${at}, as far as bundles 1 to ${known} tell (--known ${known} asks for the same again)`,
    `revision ${revision.slice(0, 12)}, accepted ${acceptedAt}`,
    "Only signed evidence counts: what no bundle had confirmed yet is unknown, and what appliances reported of themselves is not kept.",
    ...(otherPartners.length === 0
      ? []
      : [`! this is partner ${partner.name}; name another one by --partner: ${otherPartners.join(", ")}`]),
    ...(!all && isFleet(sites)
      ? ["", ...fleetLines(partner, sites)]
      : sites.flatMap((site) => ["", ...siteLines(site, site.appliances.map(describeAppliance), all)])),
  ].join("\n");
}

function describeAppliance({ name, enrolled, chain, suspension }: ApplianceAsOf): string {
  if (!enrolled) return `appliance ${name}: declared, not enrolled`;
  const stopped = suspension === null ? "" : `, suspended since ${suspension.since}`;
  if (chain === null) return `appliance ${name}: no bundle yet${stopped}`;
  const { to, forks, late } = chain;
  return `appliance ${name}: chain to ${to.epoch}-${to.seq}, ${gapsText(chain)}, ${forks} forks, ${late} late${stopped}`;
}
