import { createReadStream } from "node:fs";
import type { SitePart, SnapshotHead } from "@compline/core";
import { PortalError } from "../errors.ts";

const DIGEST = /^[0-9a-f]{64}$/;
const NAME = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;
const LINE_END = 0x0a;

/** An open snapshot: its head, and the lines of its sites as they are read. */
export interface SnapshotFile {
  readonly head: SnapshotHead;
  /** One for each site, for {@link readPart}; rejects with SNAPSHOT_UNREADABLE when there are fewer than the head says. */
  readonly parts: AsyncGenerator<Uint8Array>;
}

/**
 * Opens a snapshot file: lines of JSON, as `snapshotLines` of core gives them. The controller made it, so its shape is
 * trusted once its version is known; but names and digests become paths of files, so those are checked.
 * @throws PortalError SNAPSHOT_UNREADABLE, SNAPSHOT_VERSION or SNAPSHOT_NAME.
 */
export async function openSnapshot(path: string): Promise<SnapshotFile> {
  const lines = linesOf(path);
  const first = await lines.next();
  const head = parse(first.done === true ? "" : textOf(first.value), path);
  const version =
    typeof head === "object" && head !== null && "schemaVersion" in head ? head.schemaVersion : null;
  if (version !== "1") {
    await lines.return(undefined);
    const found = version === null ? "none" : JSON.stringify(version);
    throw new PortalError("SNAPSHOT_VERSION", `${path}: expected snapshot schemaVersion "1", found ${found}`);
  }
  const known = head as SnapshotHead; // core makes and versions this shape; version 1 is the one known here
  checkNames([...known.checks.map(({ name }) => name), ...known.frameworks.map(({ id }) => id)], []);
  return { head: known, parts: counted(lines, { path, wanted: known.siteCount }) };
}

/** One site's part of a snapshot. @throws PortalError SNAPSHOT_UNREADABLE or SNAPSHOT_NAME. */
export function readPart(line: Uint8Array): SitePart {
  const part = parse(textOf(line), "the line of a site") as SitePart; // of the head's version
  const { site, assignments } = part;
  const digests = [...site.bundles, ...assignments].map(({ digest }) => digest);
  checkNames([site.name, ...site.hosts.map(({ name }) => name)], digests);
  return part;
}

function checkNames(names: readonly string[], digests: readonly string[]): void {
  const wrong = names.find((name) => !NAME.test(name)) ?? digests.find((digest) => !DIGEST.test(digest));
  if (wrong !== undefined) {
    throw new PortalError("SNAPSHOT_NAME", `${JSON.stringify(wrong)} cannot be part of an address`);
  }
}

async function* counted(
  lines: AsyncGenerator<Uint8Array>,
  { path, wanted }: { readonly path: string; readonly wanted: number },
): AsyncGenerator<Uint8Array> {
  let count = 0;
  for await (const line of lines) {
    count += 1;
    yield line;
  }
  if (count === wanted) return;
  throw new PortalError("SNAPSHOT_UNREADABLE", `${path}: expected ${wanted} sites, found ${count}`);
}

/** The file's lines without their ends. A line is a site, so it is a few megabytes at most. */
async function* linesOf(path: string): AsyncGenerator<Uint8Array> {
  let pieces: Buffer[] = [];
  for await (const chunk of chunksOf(path)) {
    let from = 0;
    for (let end = chunk.indexOf(LINE_END); end !== -1; end = chunk.indexOf(LINE_END, from)) {
      yield Buffer.concat([...pieces, chunk.subarray(from, end)]);
      pieces = [];
      from = end + 1;
    }
    pieces.push(chunk.subarray(from));
  }
  const rest = Buffer.concat(pieces);
  if (rest.length > 0) yield rest;
}

async function* chunksOf(path: string): AsyncGenerator<Buffer> {
  try {
    yield* createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>; // without an encoding
  } catch (error) {
    throw new PortalError("SNAPSHOT_UNREADABLE", `cannot read the snapshot ${path}`, { cause: error });
  }
}

function textOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("utf8");
}

function parse(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new PortalError("SNAPSHOT_UNREADABLE", `${what} is not JSON`, { cause: error });
  }
}
