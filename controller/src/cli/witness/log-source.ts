import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { MAX_NOTE_BYTES, type ReadTile } from "@compline/core";
import { messageOf } from "../../errors.ts";
import { CliError } from "../failure.ts";

/** A log as C2SP tlog-tiles lays it out. Nothing it answers is believed before it is verified. */
export interface LogSource {
  /** The newest checkpoint, as served. */
  readonly checkpoint: () => Promise<Uint8Array>;
  readonly readTile: ReadTile;
}

const limitMs = 30_000;

/** A log at an address, or in a folder. Reading throws a {@link CliError} that says what could not be read. */
export function openLogSource(place: string): LogSource {
  const read = /^https?:\/\//.test(place) ? readerOfAddress(place) : readerOfFolder(place);
  return {
    checkpoint: () => read("checkpoint"),
    readTile: (path) => read(`tile/${path}`),
  };
}

type Read = (path: string) => Promise<Uint8Array>;

function readerOfFolder(folder: string): Read {
  return async (path) => await orSay(join(folder, path), async () => await readFile(join(folder, path)));
}

function readerOfAddress(address: string): Read {
  return async (path) => {
    const url = `${address.replace(/\/+$/, "")}/${path}`;
    return await orSay(url, async () => {
      const response = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(limitMs) });
      if (!response.ok) throw new Error(`the answer is ${response.status}`);
      return await bounded(response);
    });
  };
}

/** No tile is larger than a note may be. */
async function bounded(response: Response): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body ?? []) {
    length += part.length;
    if (length > MAX_NOTE_BYTES) throw new Error(`the answer is longer than ${MAX_NOTE_BYTES} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

async function orSay(place: string, read: () => Promise<Uint8Array>): Promise<Uint8Array> {
  return await read().catch((cause: unknown) => {
    throw new CliError("failed", `the log could not be read at ${place}: ${reasonOf(cause)}`, { cause });
  });
}

/** Node's fetch says "fetch failed", and why below it. */
function reasonOf(error: unknown): string {
  return error instanceof Error && error.cause instanceof Error ? error.cause.message : messageOf(error);
}
