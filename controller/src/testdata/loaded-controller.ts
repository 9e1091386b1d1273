import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { promisify } from "node:util";
import type { LoadJob, LoadResult } from "../api/testdata/load.ts";
import { type Chain, makeChains } from "./chain.ts";
import { makeWideState } from "./wide-controller.ts";

const main = join(import.meta.dirname, "..", "main.ts");
const generator = join(import.meta.dirname, "..", "api", "testdata", "load.ts");
const clockTicks = 100;
const portalMs = 60_000;

/** A load that is put on a fresh controller each time. */
export interface Load {
  readonly contentType: string;
  /** The bodies of each connection, in order, from the chains; each chain belongs to one enrolled box. */
  readonly connections: (chains: readonly Chain[]) => readonly (readonly Uint8Array[])[];
}

/** What a load came to; CPU is the controller's while it was loaded. */
export interface LoadedRun extends LoadResult {
  readonly cpuS: number;
}

/** Signs the chains beforehand, and answers a way to put the load on a new controller process. */
export async function prepareLoad(
  { contentType, connections }: Load,
  size: { readonly boxes: number; readonly length: number },
): Promise<{ readonly run: () => Promise<LoadedRun>; readonly close: () => Promise<void> }> {
  const folder = await mkdtemp(join(tmpdir(), "compline-load-"));
  let count = 0;
  const put = async (bytes: Uint8Array): Promise<string> => {
    const file = join(folder, String(count++));
    await writeFile(file, bytes);
    return file;
  };
  const planned = connections(await makeChains(size.boxes, size.length));
  const files = await Promise.all(planned.map((bodies) => Promise.all(bodies.map(put))));
  return {
    run: async () => await underLoad(size.boxes, folder, { contentType, connections: files }),
    close: () => rm(folder, { recursive: true }),
  };
}

async function underLoad(boxes: number, folder: string, job: Omit<LoadJob, "port">): Promise<LoadedRun> {
  const wide = await makeWideState({ sites: boxes, copies: 0 });
  const controller = spawn(process.execPath, [main, "--config", join(wide.controller, "config.json")], {
    env: { ...process.env, COMPLINE_LOG_LEVEL: "silent" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = endOf(controller);
  try {
    const [line] = (await once(controller.stdout, "data", { signal: ended })) as [Buffer];
    const port = Number(/:(\d+)\n$/.exec(String(line))?.[1]);
    await portalOf(port);
    const file = join(folder, "job.json");
    await writeFile(file, JSON.stringify({ ...job, port } satisfies LoadJob));
    const before = cpuSecondsOf(controller.pid);
    const { stdout } = await promisify(execFile)(process.execPath, [generator, file]);
    const result = JSON.parse(stdout) as LoadResult; // what our generator prints
    return { ...result, cpuS: cpuSecondsOf(controller.pid) - before };
  } finally {
    if (!ended.aborted) {
      controller.kill("SIGTERM");
      await once(controller, "exit");
    }
    await wide.remove();
  }
}

/** Aborts when a process ends. */
function endOf(child: ChildProcess): AbortSignal {
  const ended = new AbortController();
  child.once("exit", (code) => ended.abort(new Error(`the controller ended by itself (${code})`)));
  return ended.signal;
}

/** Waits until the first portal is served: starting is not part of the load. */
async function portalOf(port: number): Promise<void> {
  const until = performance.now() + portalMs;
  while (performance.now() < until) {
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`);
    const { portal } = (await answer.json()) as { portal: object | null }; // what /healthz answers
    if (portal !== null) return;
    await wait(100);
  }
  throw new Error(`no portal was built in ${portalMs} ms; run \`node controller/bin/setup.mjs\` once before a bench`);
}

/** CPU seconds of one process, without its children. */
function cpuSecondsOf(pid: number | undefined): number {
  const fields = readFileSync(`/proc/${pid}/stat`, "latin1").split(") ").at(-1)?.split(" ") ?? [];
  return (Number(fields[11]) + Number(fields[12])) / clockTicks;
}
