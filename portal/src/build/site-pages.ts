import type { SnapshotHead } from "@compline/core";
import { type FleetEntry, fleetEntry } from "../view/fleet-entry.ts";
import { copies } from "./copies.ts";
import { type Folder, pageFile } from "./folder.ts";
import { readPart } from "./read.ts";
import { siteRoutes } from "./routes.ts";

/** Renders the page at a path from what is given in `locals`. */
export type Render = (path: string, locals: Omit<App.Locals, "isServed">) => Promise<string | Uint8Array>;

/** What a site's pages are made with. */
export interface SiteShop {
  readonly render: Render;
  readonly head: SnapshotHead;
  readonly folder: Folder;
}

/** What making a site's pages came to. */
export interface SiteDone {
  readonly pages: number;
  /** What the pages about all sites tell of it. */
  readonly entry: FleetEntry;
}

/**
 * Writes the pages and the evidence of the site in a line of the snapshot. Nothing of it is kept afterwards but the
 * entry, so that a thousand sites take the room of one.
 */
export async function writeSitePages(
  { render, head, folder }: SiteShop,
  line: Uint8Array,
): Promise<SiteDone> {
  const part = readPart(line);
  const snapshot = { ...head, sites: [part.site], assignments: part.assignments };
  const paths = siteRoutes(head, part.site);
  try {
    for (const path of paths) folder.write(pageFile(path), await render(path, { snapshot, fleet: [] }));
    for (const { path, text } of copies(part)) folder.write(path, text);
  } finally {
    await folder.flush();
  }
  return { pages: paths.length, entry: fleetEntry(snapshot, part.site) };
}
