import type { Finding } from "../evidence/finding.ts";
import { ENTRIES_PATH, type EvidenceFile } from "../evidence/kit-files.ts";
import { sameBytes } from "../evidence/signature.ts";
import type { Verification } from "../evidence/verify.ts";
import { HASH_BYTES } from "../log/tree.ts";
import { bytesToHex } from "@noble/hashes/utils.js";

/** A kit, and what it came to by itself. */
export interface GivenKit {
  readonly files: readonly EvidenceFile[];
  readonly verification: Verification;
}

/**
 * What kits that were given together come to: each as by itself, and with what it contradicts in those before it, which
 * no kit alone shows. FORMAT.md section 5.9.
 */
export function compareKits(kits: readonly GivenKit[]): readonly Verification[] {
  return kits.map((kit, at) => {
    const found = kits.slice(0, at).flatMap((before, number) => contradictions(before, kit, number + 1));
    if (found.length === 0) return kit.verification;
    return { ...kit.verification, outcome: "failed", failures: [...kit.verification.failures, ...found] };
  });
}

function contradictions(before: GivenKit, kit: GivenKit, number: number): readonly Finding[] {
  const found = [...compareLogs(before, kit), ...compareBundles(before, kit)];
  return found.map((finding) => ({
    ...finding,
    message: `against kit ${number} of those given: ${finding.message}`,
  }));
}

/** Logs of one origin are one history; logs of two have no leaf in common. */
function compareLogs(before: GivenKit, kit: GivenKit): readonly Finding[] {
  const [theirs, ours] = [logOf(before), logOf(kit)];
  if (theirs === null || ours === null) return [];
  const found = theirs.origin === ours.origin ? divergence(theirs, ours) : commonLeaves(theirs, ours);
  return found === null ? [] : [{ ...found, file: ENTRIES_PATH }];
}

interface Log {
  readonly origin: string;
  readonly entries: Uint8Array;
}

/** The log of a kit as far as it was judged. */
function logOf({ files, verification }: GivenKit): Log | null {
  const { log } = verification.checked;
  const entries = files.find(({ path }) => path === ENTRIES_PATH);
  return log === null || entries === undefined ? null : { origin: log.origin, entries: entries.bytes };
}

type Told = Omit<Finding, "file">;

function divergence(theirs: Log, ours: Log): Told | null {
  const length = Math.min(theirs.entries.length, ours.entries.length);
  if (sameBytes(theirs.entries.subarray(0, length), ours.entries.subarray(0, length))) return null;
  const at = ours.entries.findIndex((byte, index) => byte !== theirs.entries[index]);
  const leaf = Math.floor(at / HASH_BYTES);
  return { code: "SPLIT_VIEW", message: `leaf ${leaf} is another one there` };
}

function commonLeaves(theirs: Log, ours: Log): Told | null {
  const known = new Set(leavesOf(theirs));
  const common = leavesOf(ours).filter((leaf) => known.has(leaf));
  if (common.length === 0) return null;
  const message = `${common.length} of the leaves are in its log ${theirs.origin}, too, the first is ${common[0]}`;
  return { code: "IN_TWO_LOGS", message };
}

function leavesOf({ entries }: Log): readonly string[] {
  return bytesToHex(entries).match(/.{64}/g) ?? [];
}

/** Two good bundles of one place, one in each kit. */
function compareBundles(before: GivenKit, kit: GivenKit): readonly Finding[] {
  const theirs = goodEnvelopes(before);
  return [...goodEnvelopes(kit)].flatMap(([path, bytes]) => {
    const other = theirs.get(path);
    if (other === undefined || sameBytes(other, bytes)) return [];
    return [{ code: "FORK", file: path, message: "it has another bundle at this place" }];
  });
}

/** Envelopes by name, without those that anything is wrong with: then the name tells the place. */
function goodEnvelopes({ files, verification }: GivenKit): ReadonlyMap<string, Uint8Array> {
  const bad = new Set(verification.failures.map(({ file }) => file));
  const good = files.filter(({ path }) => path.startsWith("envelopes/") && !bad.has(path));
  return new Map(good.map(({ path, bytes }) => [path, bytes]));
}
