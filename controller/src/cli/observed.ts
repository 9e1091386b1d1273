import { createReadStream } from "node:fs";
import { writeFile } from "node:fs/promises";
import { MAX_OBSERVED_LENGTH, observedState, readObserved, type StatusView } from "@compline/core";
import type { ObservedState } from "@compline/schemas";
import type { OfflineState } from "../reconcile/offline.ts";
import { CliError } from "./failure.ts";

/** The status of a partner by name. Throws `CliError` (usage) when it is not in force. */
export async function statusOf(offline: OfflineState, partner: string): Promise<StatusView> {
  const snapshot = await offline.statusOf(partner);
  if (snapshot !== null) return snapshot;
  const names = offline.partners.map(({ name }) => name).toSorted();
  const known = names.length === 0 ? "none is" : `there are ${names.join(", ")}`;
  throw new CliError("usage", `no partner ${JSON.stringify(partner)} is in force; ${known}`);
}

/** Where to write an observed state, and of whom; without a partner it is of all that are in force. */
export interface ObservedTarget {
  /** `-` is standard output. */
  readonly file: string;
  readonly partner: string | undefined;
}

/** Writes what `plan --observed` reads. Throws `CliError`, STORE_IO and what writing throws. */
export async function writeObserved(offline: OfflineState, { file, partner }: ObservedTarget): Promise<void> {
  const names = partner === undefined ? offline.partners.map(({ name }) => name).toSorted() : [partner];
  const snapshots: StatusView[] = [];
  for (const name of names) snapshots.push(await statusOf(offline, name));
  const [first] = snapshots;
  if (first === undefined)
    throw new CliError("failed", "no revision was accepted yet; there is nothing to tell of");
  const text = `${JSON.stringify(observedState(snapshots, first))}\n`;
  if (text.length > MAX_OBSERVED_LENGTH) {
    throw new CliError("failed", "this is more than a plan reads; write one partner at a time, by --partner");
  }
  if (file === "-") process.stdout.write(text);
  else await writeFile(file, text);
}

/** Reads what `status --snapshot` wrote, from anywhere. Throws `CliError` (usage) and what reading throws. */
export async function readObservedFile(file: string): Promise<ObservedState> {
  const name = file === "-" ? "standard input" : file;
  const reading = readObserved(await readBounded(file, name));
  if (reading.ok) return reading.observed;
  throw new CliError("usage", [`${name} is no observed state:`, ...reading.faults].join("\n  "));
}

async function readBounded(file: string, name: string): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  const stream: AsyncIterable<Buffer> = file === "-" ? process.stdin : createReadStream(file);
  for await (const chunk of stream) {
    length += chunk.length;
    if (length > MAX_OBSERVED_LENGTH)
      throw new CliError("usage", `${name} is longer than ${MAX_OBSERVED_LENGTH} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
