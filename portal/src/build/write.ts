import { randomUUID } from "node:crypto";
import { cp, mkdir, rename, rm } from "node:fs/promises";
import { resolve } from "node:path";
import type { FleetEntry } from "../view/fleet-entry.ts";
import { Folder, pageFile } from "./folder.ts";
import type { SnapshotFile } from "./read.ts";
import { fleetRoutes } from "./routes.ts";
import type { MakeSites } from "./make-sites.ts";
import type { Render } from "./site-pages.ts";

/** What a site is made with. */
export interface Source {
  readonly render: Render;
  /** The folder with the built style sheet and scripts. */
  readonly assets: string;
  readonly snapshot: SnapshotFile;
  readonly makeSites: MakeSites;
}

/**
 * Writes the whole portal into `out`: into a fresh folder beside it, which then takes its place. When it rejects, `out`
 * is as it was. Answers the number of pages.
 */
export async function writePortal(source: Source, out: string): Promise<number> {
  const target = resolve(out);
  const fresh = `${target}.${randomUUID()}`;
  try {
    // Made here, so that its mode is by the umask and not that of the program's folder: the pages are a client's data.
    await mkdir(fresh, { recursive: true });
    await cp(source.assets, fresh, { recursive: true });
    const done = await source.makeSites(source.snapshot, fresh);
    const fleet = done.map(({ entry }) => entry).toSorted((a, b) => (a.name < b.name ? -1 : 1));
    const pages = await writeFleetPages(source, { fleet, folder: new Folder(fresh) });
    await replaceFolder(fresh, target);
    return done.reduce((sum, one) => sum + one.pages, pages);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

async function writeFleetPages(
  { render, snapshot: { head } }: Source,
  { fleet, folder }: { readonly fleet: readonly FleetEntry[]; readonly folder: Folder },
): Promise<number> {
  const paths = fleetRoutes(head);
  const snapshot = { ...head, sites: [], assignments: [] };
  try {
    for (const path of paths) folder.write(pageFile(path), await render(path, { snapshot, fleet }));
    folder.write("/trust.json", head.trust);
  } finally {
    await folder.flush();
  }
  return paths.length;
}

async function replaceFolder(fresh: string, target: string): Promise<void> {
  const old = `${fresh}.old`;
  await rename(target, old).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
  await rename(fresh, target);
  await rm(old, { recursive: true, force: true });
}
