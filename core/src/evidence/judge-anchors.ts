import { bytesToHex } from "@noble/hashes/utils.js";
import { HEADER_BYTES, type PowLimit } from "../ots/block-header.ts";
import { type BlockJudgement, type BlockStanding, judgeBlocks } from "../ots/judge-blocks.ts";
import { mainnetLimit } from "../ots/mainnet-limit.ts";
import { readOts, type Timestamp } from "../ots/timestamp.ts";
import type { Bundle } from "./chain.ts";
import type { AnchorCode } from "./codes.ts";
import type { Findings } from "./finding.ts";
import { type CheckpointFile, HEADERS_PATH, type KitFiles } from "./kit-files.ts";
import type { LogView } from "./judge-log.ts";
import type { ExistedBy } from "./revocation.ts";
import type { Instant } from "./statement.ts";
import type { TrustFile } from "./trust.ts";

/** A block that shows that the first `size` leaves of the log existed when it was made. */
export interface CheckedAnchor {
  readonly size: number;
  readonly height: number;
  /** The header's time: good to two hours. */
  readonly at: Instant;
  /** Whether a pin of the trust file vouches for the block; otherwise only its work does. */
  readonly pinned: boolean;
}

/** What anchors are judged with. */
export interface AnchorContext {
  readonly trust: TrustFile;
  readonly findings: Findings;
  /** Only tests give another than the main chain's. */
  readonly powLimit: PowLimit | undefined;
}

/** Judges the timestamps of a kit against its block headers. FORMAT.md section 5.7. */
export function judgeAnchors(
  { timestamps, headers }: Pick<KitFiles, "timestamps" | "headers">,
  { log, bundles }: { readonly log: LogView | null; readonly bundles: readonly Bundle[] },
  context: AnchorContext,
): readonly CheckedAnchor[] {
  if (timestamps.length === 0 || log === null) {
    const reason =
      timestamps.length === 0 ? "there are no anchors here" : "the log that they are of was not judged";
    context.findings.add(
      "ANCHORS_NOT_CHECKED",
      null,
      `${reason}: how long the bundles have existed is not known`,
    );
    return [];
  }
  const given = splitHeaders(headers?.bytes ?? null, context.findings);
  const anchors = timestamps.flatMap((file) => {
    const timestamp = readOfRoot(file, log, context.findings);
    return timestamp === null ? [] : judgeTimestamp(file, timestamp, { given, context });
  });
  noteUnanchored(anchors, log, bundles, context.findings);
  return anchors.toSorted((a, b) => a.size - b.size);
}

/** Headers may state a time that is two hours off. */
const HEADER_TOLERANCE_MS = 2 * 60 * 60 * 1000;

/** By when a bundle existed, as the pinned anchors say that cover its leaf. */
export function existenceBy(anchors: readonly CheckedAnchor[], log: LogView | null): ExistedBy {
  const pinned = anchors.filter((anchor) => anchor.pinned);
  return (digest) => {
    const leaf = log?.leaves.indexOf.get(digest);
    if (leaf === undefined) return null;
    const times = pinned.flatMap(({ size, at }) => (leaf < size ? [Date.parse(at)] : []));
    return times.length === 0 ? null : new Date(Math.min(...times) + HEADER_TOLERANCE_MS).toISOString();
  };
}

function splitHeaders(bytes: Uint8Array | null, findings: Findings): readonly Uint8Array[] | null {
  if (bytes === null) {
    findings.add("MISSING_FILE", HEADERS_PATH, "timestamps name blocks, and no block headers were given");
    return null;
  }
  if (bytes.length % HEADER_BYTES !== 0) {
    findings.add("SCHEMA", HEADERS_PATH, `the length is no multiple of ${HEADER_BYTES} bytes`);
    return null;
  }
  return Array.from({ length: bytes.length / HEADER_BYTES }, (_, at) =>
    bytes.subarray(at * HEADER_BYTES, (at + 1) * HEADER_BYTES),
  );
}

/** The timestamp in a file, when it is of the root that its name says. */
function readOfRoot(
  { file: { path, bytes }, size }: CheckpointFile,
  { leaves }: LogView,
  findings: Findings,
): Timestamp | null {
  const read = readOts(bytes);
  if (!read.ok) {
    findings.add(read.code === "TRAILING" ? "OTS_TRAILING" : "SCHEMA", path, read.message);
    return null;
  }
  const found = bytesToHex(read.timestamp.message);
  const root = leaves.roots.get(size);
  if (found === root) return read.timestamp;
  const expected =
    root === undefined ? `the log has ${leaves.size} leaves` : `the root of ${size} leaves is ${root}`;
  findings.add("OTS_WRONG_DIGEST", path, `it is of ${found}, ${expected}`);
  return null;
}

interface Against {
  /** Null when there are none to hold it against. */
  readonly given: readonly Uint8Array[] | null;
  readonly context: AnchorContext;
}

const REFUSALS: Readonly<Record<Exclude<BlockStanding, "matches" | "pinned">, AnchorCode>> = {
  no_header: "OTS_NO_MATCH",
  no_work: "NO_WORK",
  wrong_height: "WRONG_HEADER",
};

function judgeTimestamp(
  { file: { path }, size }: CheckpointFile,
  timestamp: Timestamp,
  { given, context }: Against,
): readonly CheckedAnchor[] {
  if (given === null) return [];
  const { trust, findings } = context;
  const blocks = judgeBlocks(timestamp, {
    headers: given,
    pins: trust.bitcoin?.pins ?? [],
    limit: limitOf(context),
  });
  const anchors = blocks.flatMap((block) => anchorOf(size, block));
  for (const { standing, height } of blocks) {
    if (standing === "matches" || standing === "pinned") continue;
    // Several calendars name several blocks: one whose header is here is enough.
    if (standing !== "no_header" || anchors.length === 0)
      findings.add(REFUSALS[standing], path, `block ${height}, as the timestamp says`);
  }
  for (const { pinned, height } of anchors)
    if (!pinned) findings.add("ANCHOR_NOT_PINNED", null, `block ${height}, for the first ${size} leaves`);
  return anchors;
}

function anchorOf(size: number, { standing, height, header }: BlockJudgement): readonly CheckedAnchor[] {
  if (header === null || (standing !== "matches" && standing !== "pinned")) return [];
  return [{ size, height, at: new Date(header.timeS * 1000).toISOString(), pinned: standing === "pinned" }];
}

/** The trust file's limit can only tighten the one compiled in. */
function limitOf({ trust, powLimit = mainnetLimit }: AnchorContext): PowLimit {
  const own = trust.bitcoin?.powLimit;
  if (own == null) return powLimit;
  const tight = BigInt(`0x${own}`);
  return (timeS) => {
    const limit = powLimit(timeS);
    return tight < limit ? tight : limit;
  };
}

function noteUnanchored(
  anchors: readonly CheckedAnchor[],
  { leaves }: LogView,
  bundles: readonly Bundle[],
  findings: Findings,
): void {
  const covered = Math.max(0, ...anchors.map(({ size }) => size));
  const beyond = bundles.filter(({ digest }) => (leaves.indexOf.get(digest) ?? -1) >= covered);
  if (beyond.length > 0)
    findings.add(
      "NOT_ANCHORED",
      null,
      `${beyond.length} of ${bundles.length} bundles are leaves from ${covered} on, which no anchor covers`,
    );
}
