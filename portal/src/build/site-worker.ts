import { parentPort, workerData } from "node:worker_threads";
import type { SnapshotHead } from "@compline/core";
import { Folder } from "./folder.ts";
import { loadRender } from "./make-sites.ts";
import { writeSitePages } from "./site-pages.ts";

// A thread of the build: for each line that it is sent it writes the pages of that site, and answers what came of it.
// An error ends it, which the build hears.
const port = parentPort;
if (port === null) throw new Error("unreachable: this file is run as a thread");
const {
  head,
  folder: path,
  isServed,
} = workerData as { readonly head: SnapshotHead; readonly folder: string; readonly isServed: boolean };
const shop = { render: await loadRender(isServed), head, folder: new Folder(path) };

port.on("message", (line: Uint8Array) => {
  void work(line);
});

async function work(line: Uint8Array): Promise<void> {
  port?.postMessage(await writeSitePages(shop, line));
}
