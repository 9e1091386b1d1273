import { randomUUID } from "node:crypto";
import { cp, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import type { Snapshot } from "@compline/core";
import { copies } from "./copies.ts";
import { routes } from "./routes.ts";

/** Renders the page at a path from what is given in `locals`. */
export type Render = (path: string, locals: object) => Promise<string>;

/** Pages in work at once: enough to overlap disk writes, few enough to keep memory flat. */
const AT_ONCE = 16;

/** What a site is made with. */
export interface Source {
  readonly render: Render;
  /** The folder with the built style sheet and scripts. */
  readonly assets: string;
  readonly snapshot: Snapshot;
}

/**
 * Writes the whole site into `out`: into a fresh folder beside it, which then takes its place. When it rejects, `out`
 * is as it was. Answers the number of pages.
 */
export async function writeSite(source: Source, out: string): Promise<number> {
  const target = resolve(out);
  const fresh = `${target}.${randomUUID()}`;
  try {
    // Made here, so that its mode is by the umask and not that of the program's folder: the pages are a client's data.
    await mkdir(fresh, { recursive: true });
    await cp(source.assets, fresh, { recursive: true });
    const pages = await writePages(source, fresh);
    await inBatches(copies(source.snapshot), ({ path, text }) => writeInto(fresh, path, text));
    await replaceFolder(fresh, target);
    return pages;
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}

async function writePages(source: Source, folder: string): Promise<number> {
  const paths = routes(source.snapshot);
  await inBatches(paths, async (path) => {
    await writeInto(folder, fileOf(path), await source.render(path, { snapshot: source.snapshot }));
  });
  return paths.length;
}

/** The file of a page's path; the page for addresses that do not exist has the name servers look for. */
function fileOf(path: string): string {
  return path === "/404/" ? "404.html" : `${path}index.html`;
}

async function writeInto(folder: string, path: string, text: string): Promise<void> {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

/** Rejects only when nothing of its batch is at work any more: what is cleaned up then has no one writing behind it. */
async function inBatches<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  for (let at = 0; at < items.length; at += AT_ONCE) {
    const done = await Promise.allSettled(items.slice(at, at + AT_ONCE).map(work));
    const failed = done.find((one) => one.status === "rejected");
    if (failed !== undefined) throw failed.reason;
  }
}

async function replaceFolder(fresh: string, target: string): Promise<void> {
  const old = `${fresh}.old`;
  await rename(target, old).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "ENOENT") throw error;
  });
  await rename(fresh, target);
  await rm(old, { recursive: true, force: true });
}
