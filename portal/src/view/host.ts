import type { HostView, SiteView, Snapshot } from "@compline/core";
import { type HealRow, healRows } from "./heals.ts";
import { hostNamed, siteNamed } from "./lookup.ts";
import { type ResultRow, resultRows } from "./results.ts";

/** The page of one host. */
export interface HostPage {
  readonly site: SiteView;
  readonly host: HostView;
  readonly rows: readonly ResultRow[];
  readonly heals: readonly HealRow[];
}

/** The page of a host, found by the names in its address. */
export function hostPage(snapshot: Snapshot, names: Readonly<Record<string, string | undefined>>): HostPage {
  const site = siteNamed(snapshot, names["site"]);
  const host = hostNamed(site, names["host"]);
  const isHere = (row: { readonly host: string }): boolean => row.host === host.id;
  return { site, host, rows: resultRows(snapshot, site, isHere), heals: healRows(snapshot, site, isHere) };
}
