import {
  controlStatuses,
  indexViews,
  type ResultView,
  type SiteState,
  type StatusView,
} from "@compline/core";
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { readCheckout } from "../desired/checkout.ts";
import { type OfflineState, openOffline } from "../reconcile/offline.ts";
import { layoutOf } from "../start/layout.ts";
import { makeLoginLink } from "../start/login-link.ts";
import { readStarted } from "../start/start-file.ts";
import { ExitCode } from "./exit-code.ts";
import { CliError } from "./failure.ts";
import { statusOf, writeObserved } from "./observed.ts";
import { type Known, printText } from "./status-text.ts";

/** The flags of `compline status`. */
export interface StatusOptions {
  readonly repo: string;
  readonly state: string | undefined;
  readonly output: "text" | "json";
  readonly link?: true;
  /** Name of the partner to tell of. */
  readonly partner?: string;
  /** Name or ULID of the only site to tell of. */
  readonly site?: string;
  /** The framework whose controls to list. */
  readonly framework?: string;
  /** Tells also what passes, what does not apply, and every notice. */
  readonly all?: true;
  /** Where to write the observed state instead; `-` is standard output. */
  readonly snapshot?: string;
  /** An instant to answer as of, in the place of now. */
  readonly at?: string;
  /** With `at`: the position up to which evidence counts. */
  readonly known?: string;
}

/** Tells what is known now, from the state folder: the same whether the product runs or not. */
export async function status(options: StatusOptions): Promise<ExitCode> {
  if (options.at !== undefined || options.known !== undefined) return await tellThen(options);
  const repo = resolve(options.repo);
  const layout = layoutOf(repo, options.state);
  const running = readStarted(layout.startFile);
  if (options.link === true) {
    if (running === null) throw new CliError("failed", "nothing is running here; start it with `npm start`");
    process.stdout.write(`${await makeLoginLink(layout.login, running.url)}\n`);
    return ExitCode.clean;
  }
  if (!existsSync(layout.controllerConfig))
    throw new CliError("failed", `there is no state in ${layout.state} yet; start with \`npm start\``);
  // Git looks while the state is read; whether it could is asked below.
  const edits = countEdits(repo);
  edits.catch(() => undefined);
  const offline = await openOffline(layout.controller, Date.now, wantedBy(options));
  try {
    if (options.snapshot !== undefined) {
      await writeObserved(offline, { file: options.snapshot, partner: options.partner });
      return ExitCode.clean;
    }
    const whole = options.partner === undefined ? offline.status : await statusOf(offline, options.partner);
    const known = {
      running: running?.url ?? null,
      edits: await edits,
      conditions: offline.conditions,
      snapshot: whole === null ? null : narrowed(whole, options),
      framework: options.framework ?? null,
      isOneSite: options.site !== undefined,
      all: options.all === true,
      log: whole === null ? null : await offline.logOf(whole.partner.name),
      portal: offline.portal,
      others: othersOf(offline, options.partner),
    };
    process.stdout.write(`${options.output === "json" ? printJson(known) : printText(known)}\n`);
    return ExitCode.clean;
  } finally {
    await offline.close();
  }
}

/** The results that are looked at: a fleet in short needs none that pass. */
function wantedBy({ site, all, framework, snapshot }: StatusOptions): (result: ResultView) => boolean {
  const isShort = all !== true && [site, framework, snapshot].every((flag) => flag === undefined);
  return isShort ? isNoPass : () => true;
}

function isNoPass({ verdict }: Pick<ResultView, "verdict">): boolean {
  return verdict !== "pass";
}

async function tellThen({
  at,
  known,
  partner,
  repo,
  state,
  output,
  ...now
}: StatusOptions): Promise<ExitCode> {
  if (at === undefined)
    throw new CliError("usage", "--known says as of which evidence; name a time, too, by --at");
  const { site, all, ...others } = now;
  if (Object.values(others).some((flag) => flag !== undefined))
    throw new CliError("usage", "--link, --snapshot and --framework are about now; leave out --at");
  const { statusAsOf } = await import("./status-as-of.ts");
  return await statusAsOf({ at, known, partner, site, all: all === true, repo, state, output });
}

/** A site among many: what passes is in its counts, and what was is left out. `--site` tells all. */
export function inShort<S extends Omit<SiteState, "appliances">>({
  history: _past,
  ...site
}: S): Omit<S, "history"> {
  return { ...site, results: site.results.filter(isNoPass) };
}

/** Of the named site only, when one is. Throws `CliError` (usage) for one that is not there or uses no such framework. */
export function narrowed(snapshot: StatusView, { site, framework }: StatusOptions): StatusView {
  const sites = snapshot.sites.filter(({ id, name }) => site === undefined || site === id || site === name);
  if (sites.length === 0 && site !== undefined)
    throw notThere(
      "site",
      site,
      snapshot.sites.map(({ name }) => name),
    );
  const used = new Set(sites.flatMap(({ frameworkStatus }) => Object.keys(frameworkStatus)));
  if (framework !== undefined && !used.has(framework)) throw notThere("framework", framework, [...used]);
  const ids = new Set(sites.map(({ id }) => id));
  const notices = snapshot.notices.filter(({ site: about }) => about === undefined || ids.has(about));
  return { ...snapshot, sites, notices };
}

/** Throws what says that a name is not there, and which are. */
export function notThere(what: string, name: string, known: readonly string[]): CliError {
  const there = known.length === 0 ? "there is none" : `there are ${known.toSorted().join(", ")}`;
  return new CliError("usage", `no ${what} ${JSON.stringify(name)} is in force here; ${there}`);
}

function othersOf({ partners, status: told }: OfflineState, named: string | undefined): readonly string[] {
  if (named !== undefined) return [];
  return partners
    .map(({ name }) => name)
    .filter((name) => name !== told?.partner.name)
    .toSorted();
}

async function countEdits(repo: string): Promise<number> {
  const checkout = await readCheckout(repo);
  return checkout.kind === "repository" ? checkout.edits.length : 0;
}

/** Bundles and assignments are left out: `export` writes them, exactly. */
function printJson(known: Known): string {
  const { running, edits, conditions, snapshot, log, portal, others, framework } = known;
  const index = indexViews(snapshot?.frameworks ?? []);
  const sites = (snapshot?.sites ?? []).map((site) => ({
    ...(known.isOneSite || known.all ? site : inShort(site)),
    ...(framework === null ? {} : { controlStatus: controlStatuses(index, framework, site.results) }),
  }));
  const {
    asOf = null,
    validUntil = null,
    revision = null,
    position = 0,
    notices = [],
    partner = null,
  } = snapshot ?? {};
  const head = {
    schemaVersion: "1",
    running,
    asOf,
    validUntil,
    revision,
    position,
    uncommittedEdits: edits,
    notices,
    conditions,
    log,
    portal,
    partner,
    otherPartners: others,
  };
  return withSites(JSON.stringify(head, null, 2), sites);
}

/** Each site is a line: writing those of a thousand with an indent takes twice as long, and twice the room. */
function withSites(head: string, sites: readonly object[]): string {
  const lines = sites.map((site) => `\n    ${JSON.stringify(site)}`);
  return `${head.slice(0, -"\n}".length)},\n  "sites": [${lines.join()}\n  ]\n}`;
}
