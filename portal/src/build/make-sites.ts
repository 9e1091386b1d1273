import { stat } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { pathToFileURL } from "node:url";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { Folder } from "./folder.ts";
import { DIST } from "./folders.ts";
import type { SnapshotFile } from "./read.ts";
import { type Render, type SiteDone, writeSitePages } from "./site-pages.ts";

/** A snapshot below this many bytes is built sooner by one thread than it takes to start others. */
const SMALL = 16 << 20;
/** More threads than this wait for the disk. */
const MOST_THREADS = 4;

/** Makes the pages of every site of a snapshot. */
export type MakeSites = (snapshot: SnapshotFile, folder: string) => Promise<readonly SiteDone[]>;

/** How the sites of this snapshot file are best made: in this thread, or by one for each core. */
export async function makerFor(
  file: string,
  { render, isServed }: { readonly render: Render; readonly isServed: boolean },
): Promise<MakeSites> {
  const { size } = await stat(file);
  if (size < SMALL) return makeHere(render);
  return makeApart({ threads: Math.min(availableParallelism(), MOST_THREADS), isServed });
}

interface Entry {
  readonly render: (path: string, locals: App.Locals) => ReturnType<Render>;
}

/** The rendering function of the built app, for pages that a controller serves or not. */
export async function loadRender(isServed: boolean): Promise<Render> {
  const entry: Entry = await import(pathToFileURL(join(DIST, "server/entry.mjs")).href);
  return async (path, locals) => await entry.render(path, { ...locals, isServed });
}

/** One site after the other, in this thread. */
export function makeHere(render: Render): MakeSites {
  return async ({ head, parts }, path) => {
    const folder = new Folder(path);
    const done: SiteDone[] = [];
    for await (const line of parts) done.push(await writeSitePages({ render, head, folder }, line));
    return done;
  };
}

/** Each thread takes the next site as soon as it has made one. */
export function makeApart({
  threads,
  isServed,
}: {
  readonly threads: number;
  readonly isServed: boolean;
}): MakeSites {
  return async ({ head, parts }, folder) => {
    const all = Array.from({ length: threads }, () => startThread({ head, folder, isServed }));
    try {
      const done = await Promise.all(all.map((thread) => drain(thread, parts)));
      return done.flat();
    } finally {
      await Promise.all(all.map(({ worker }) => worker.terminate()));
      await parts.return(undefined);
    }
  };
}

/** A thread, and the error that ends it whenever that comes. */
interface Thread {
  readonly worker: Worker;
  readonly failure: Promise<never>;
}

function startThread(workerData: object): Thread {
  const worker = new Worker(new URL("site-worker.ts", import.meta.url), { workerData });
  const failure = new Promise<never>((_, reject) => worker.once("error", reject));
  failure.catch(() => undefined); // whoever waits for the thread hears of it
  return { worker, failure };
}

/** Gives a thread one site after the other while there are any. A generator that several ask answers them in turn. */
async function drain(thread: Thread, parts: AsyncGenerator<Uint8Array>): Promise<readonly SiteDone[]> {
  const done: SiteDone[] = [];
  for (let next = await parts.next(); next.done !== true; next = await parts.next()) {
    done.push(await ask(thread, next.value));
  }
  return done;
}

function ask({ worker, failure }: Thread, line: Uint8Array): Promise<SiteDone> {
  const answer = new Promise<SiteDone>((resolve) => worker.once("message", resolve));
  worker.postMessage(line, []); // copied: a short line shares its memory with others
  return Promise.race([answer, failure]);
}
