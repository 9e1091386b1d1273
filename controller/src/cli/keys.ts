import { join, resolve } from "node:path";
import { type KeyMoment, type SigningKey, signingKeys } from "@compline/core";
import { AuthorityBook } from "../authority/book.ts";
import { keyFactsOf } from "../authority/key-facts.ts";
import { statePaths } from "../config/config.ts";
import { createLog } from "../log.ts";
import type { LivePartner } from "../reconcile/accept.ts";
import { Loader } from "../reconcile/load.ts";
import { type InForce, openInForce } from "../reconcile/offline.ts";
import { Mirror } from "../source/mirror.ts";
import { layoutOf } from "../start/layout.ts";
import { logOriginOf } from "../transparency/log-view.ts";
import { ExitCode } from "./exit-code.ts";
import { notThere } from "./status.ts";

/** The flags of `compline keys`. */
export interface KeysOptions {
  readonly repo: string;
  readonly state: string | undefined;
  readonly partner?: string;
  readonly output: "text" | "json";
}

/** Prints who may sign what for a partner, since when and until when. */
export async function keys(options: KeysOptions): Promise<ExitCode> {
  const state = layoutOf(resolve(options.repo), options.state).controller;
  const inForce = await openInForce(state);
  try {
    const partner = choose(inForce.partners, options.partner);
    const spec = partner.graph.partners.get(partner.name)?.document.spec;
    const id = spec?.id ?? "";
    const ruling = await readRuling(inForce, state, id);
    const facts = await keyFactsOf(inForce.store, { partner: id, log: logOriginOf(partner), ruling });
    const told = signingKeys(facts);
    const sites = siteNames(partner);
    process.stdout.write(
      options.output === "json"
        ? `${JSON.stringify({ schemaVersion: "1", partner: { id, name: partner.name }, keys: told }, null, 2)}\n`
        : `${[`partner ${partner.name} (${id})`, ...linesOf(told, sites)].join("\n")}\n`,
    );
    return ExitCode.clean;
  } finally {
    await inForce.close();
  }
}

function choose(partners: readonly LivePartner[], name: string | undefined): LivePartner {
  const sorted = partners.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const wanted = name ?? sorted[0]?.name ?? "";
  const found = sorted.find((partner) => partner.name === wanted);
  if (found !== undefined) return found;
  throw notThere(
    "partner",
    wanted,
    sorted.map((partner) => partner.name),
  );
}

/** What the authority decided, by the same rules as the controller's, which this only reads beside. */
async function readRuling({ config, store, partners }: InForce, state: string, partner: string) {
  const { mirrors } = statePaths(state);
  const sources = config.sources.map((address) => {
    const mirror = Mirror.attach(address, join(mirrors, `${address.name}.git`));
    return { mirror, loader: new Loader(mirror) };
  });
  const book = new AuthorityBook({
    store: { ...store, erase: async () => false },
    group: { submit: () => Promise.reject(new Error("unreachable: nothing is taken in here")) },
    sources,
    log: createLog("silent"),
    erased: () => undefined,
  });
  try {
    await book.update(partners, {
      periods: await store.keyPeriods(),
      acceptances: await store.acceptances(),
    });
    return book.ruling(partner);
  } finally {
    for (const { mirror } of sources) mirror.close();
  }
}

function siteNames({ graph, name }: LivePartner): ReadonlyMap<string, string> {
  const sites = [...(graph.partners.get(name)?.sites.values() ?? [])];
  return new Map(sites.map(({ document }) => [document.spec.id, document.name]));
}

function linesOf(told: readonly SigningKey[], sites: ReadonlyMap<string, string>): string[] {
  const groups = Map.groupBy(told, (key) => headingOf(key, sites));
  return [...groups].flatMap(([heading, keysOfIt]) => ["", heading, ...keysOfIt.flatMap(describe)]);
}

function headingOf({ holder }: SigningKey, sites: ReadonlyMap<string, string>): string {
  if (holder.kind === "authority") return "the authority signs decisions";
  if (holder.kind === "log") return `the log ${holder.origin} signs checkpoints`;
  if (holder.kind === "assignments") return "the controller signs assignments";
  const site = sites.get(holder.site) ?? holder.site;
  return `appliance ${holder.name} (${site}) signs its own bundles and requests`;
}

const stateWords = {
  signs: "signs now",
  rotated: "rotated: it named the key that follows it",
  moved: "moved: it signs for another site then",
  replaced: "replaced by another key",
  removed: "removed: git does not have it any more",
  revoked: "revoked",
} as const;

function describe({ keyid, state, since, until, revocation }: SigningKey): string[] {
  const end = until === null ? "" : `\n    until ${describeMoment(until)}`;
  const lines = [`  key ${keyid}: ${stateWords[state]}`, `    since ${describeMoment(since)}${end}`];
  if (revocation === null) return lines;
  const { reason, lastTrusted, compromisedAt } = revocation;
  const far =
    lastTrusted === null ? "nothing that it signed counts" : `it counts up to bundle ${lastTrusted}`;
  const anchored =
    compromisedAt === null ? "" : `, and what an anchor shows to be from before ${compromisedAt}`;
  return [...lines, `    ${reason}: ${far}${anchored}`];
}

function describeMoment({ at, revision, size }: KeyMoment): string {
  const commit = revision === null ? "" : `, revision ${revision.slice(0, 12)}`;
  return `${at}${commit}${size === null ? "" : `, leaf ${size} of the log`}`;
}
