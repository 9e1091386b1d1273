import type { HashBytes } from "../log/tree.ts";
import type { Bundle } from "./chain.ts";
import type { LogCode } from "./codes.ts";
import {
  type AdmittedCheckpoint,
  admitCheckpoints,
  type CheckpointContext,
  judgeHead,
} from "./checkpoints.ts";
import type { Findings } from "./finding.ts";
import { ENTRIES_PATH, type KitFiles } from "./kit-files.ts";
import { judgeQuorum, readWitnesses, type WitnessView } from "./judge-witnesses.ts";
import { type LogLeaves, readLeaves } from "./leaves.ts";
import { comparePlaces, placeOf, placeText } from "./links.ts";
import type { Digest, Seen } from "./statement.ts";
import { isWithin, type ReadTrust } from "./trust.ts";

/** The log as far as it was checked. */
export interface CheckedLog {
  readonly origin: string;
  /** Leaves that were recomputed. */
  readonly leaves: number;
  /** Bundles that are in it. */
  readonly logged: number;
  /** Good checkpoints, compared with the leaves. */
  readonly checkpoints: number;
  /** The largest of them. */
  readonly newest: { readonly size: number; readonly root: Digest };
  /** How far each witness of the trust file saw it, the furthest first. */
  readonly witnesses: readonly WitnessView[];
  /** As many of the first leaves were seen by as many witnesses as the trust file asks for, or by one. */
  readonly witnessed: number;
}

/** A recomputed log that somebody signed. */
export interface LogView {
  readonly leaves: LogLeaves;
  readonly checked: CheckedLog;
}

/** What a log is judged with. */
export interface LogContext extends CheckpointContext {
  readonly hash: HashBytes;
  /** Sizes whose roots others ask for. */
  readonly sizes: readonly number[];
}

/**
 * Judges the log of a kit: the tree is recomputed from its leaves, every checkpoint and everything that somebody saw
 * of it has to be a prefix, and every bundle has to be a leaf. Null when it could not be judged. FORMAT.md section 5.6.
 */
export async function judgeLog(
  files: Pick<KitFiles, "entries" | "checkpoints">,
  bundles: readonly Bundle[],
  context: LogContext,
): Promise<LogView | null> {
  const unjudged = reasonUnjudged(files, context.trust);
  if (unjudged !== null || files.entries === null) {
    context.findings.add("LOG_NOT_CHECKED", null, unjudged ?? "");
    notePositions(context.trust, context.findings);
    return null;
  }
  const checkpoints = await admitCheckpoints(files.checkpoints, context);
  const leaves = readLeaves(files.entries.bytes, sizesOf(checkpoints, bundles, context), context.hash);
  const good = leaves === null ? [] : goodOnes(checkpoints, leaves, context);
  const newest = good.at(-1);
  if (leaves === null || newest === undefined) return refuseLog(leaves, context);
  judgeKnown(context.trust, leaves, context.findings);
  const { origin, size, root } = newest.checkpoint;
  const logged = judgeBundles(bundles, { leaves, size, origin }, context);
  const witnessed = await readWitnesses(good, context);
  judgeQuorum(newest, { witnessed, leaves: logged }, context);
  const checked = {
    origin,
    leaves: leaves.size,
    logged: logged.length,
    checkpoints: checkpoints.length,
    newest: { size, root },
    witnesses: witnessed.views,
    witnessed: witnessed.size,
  };
  return { leaves, checked };
}

function reasonUnjudged(
  { entries, checkpoints }: Pick<KitFiles, "entries" | "checkpoints">,
  { log }: ReadTrust,
): string | null {
  if (entries === null && checkpoints.length === 0)
    return "there is no log here: a history rewritten by the holder of a key would not show";
  if (log === null) return "the trust file names no log, so nobody says which key signs its checkpoints";
  return entries === null ? `${ENTRIES_PATH} was not given, so the log cannot be recomputed` : null;
}

function refuseLog(leaves: LogLeaves | null, { findings, trust }: LogContext): null {
  if (leaves === null) findings.add("SCHEMA", ENTRIES_PATH, "the length is no multiple of 32 bytes");
  else findings.add("MISSING_FILE", "log/checkpoints/", "no good checkpoint of the log was given");
  notePositions(trust, findings);
  return null;
}

function sizesOf(
  checkpoints: readonly AdmittedCheckpoint[],
  bundles: readonly Bundle[],
  { trust, sizes }: LogContext,
): ReadonlySet<number> {
  return new Set([
    ...sizes,
    ...checkpoints.map(({ checkpoint }) => checkpoint.size),
    ...bundles.flatMap((bundle) => seenBy(bundle)?.size ?? []),
    ...(trust.trust.log?.newest == null ? [] : [trust.trust.log.newest.size]),
  ]);
}

function goodOnes(
  checkpoints: readonly AdmittedCheckpoint[],
  leaves: LogLeaves,
  { findings }: LogContext,
): readonly AdmittedCheckpoint[] {
  return checkpoints.filter(({ path, checkpoint }) =>
    judgeHead(checkpoint, leaves, (code, message) => findings.add(code, path, message)),
  );
}

/** The head that the trust file knows from elsewhere. */
function judgeKnown({ trust }: ReadTrust, leaves: LogLeaves, findings: Findings): void {
  const newest = trust.log?.newest;
  if (newest == null) return;
  judgeHead(newest, leaves, (code, message) =>
    findings.add(code, ENTRIES_PATH, `the trust file knows a newer or another history: ${message}`),
  );
}

interface SignedLeaves {
  readonly leaves: LogLeaves;
  /** Leaves that the newest checkpoint covers. */
  readonly size: number;
  readonly origin: string;
}

/** Answers the leaves that bundles are. */
function judgeBundles(bundles: readonly Bundle[], log: SignedLeaves, context: LogContext): readonly number[] {
  const logged = bundles.flatMap((bundle) => {
    const index = log.leaves.indexOf.get(bundle.digest);
    if (index !== undefined && index < log.size) return [{ bundle, index }];
    context.findings.add(
      "NOT_LOGGED",
      bundle.path,
      index === undefined ? "its digest is no leaf of the log" : `no checkpoint covers its leaf ${index}`,
    );
    return [];
  });
  for (const { bundle, index } of logged) {
    judgePosition(bundle, index, context);
    judgeSeen(bundle, index, log, context.findings);
  }
  for (const chain of Map.groupBy(logged, ({ bundle }) => placeOf(bundle).id).values())
    noteOrder(chain, context.findings);
  return logged.map(({ index }) => index);
}

/** A key is good for leaves from `from` to `to`, not included, and each time at one site. */
function judgePosition(
  { keyid, keySite, path }: Bundle,
  index: number,
  { trust, findings }: LogContext,
): void {
  const key = trust.keys.get(keyid);
  if (key === undefined) return; // the authority's
  const periods = key.periods.filter(({ site }) => site === keySite);
  if (periods.some((period) => isWithin(period, index))) return;
  findings.add("NOT_ENROLLED", path, `leaf ${index}; key ${keyid} is trusted ${describePeriods(periods)}`);
}

function describePeriods(periods: readonly { readonly from: number; readonly to: number | null }[]): string {
  return periods.map(({ from, to }) => `from ${from}${to === null ? " on" : ` to ${to}`}`).join(", ");
}

function judgeSeen(
  bundle: Bundle,
  index: number,
  { leaves, origin }: SignedLeaves,
  findings: Findings,
): void {
  const seen = seenBy(bundle);
  if (seen === null) return;
  const tell: Tell = (code, message) => findings.add(code, bundle.path, message);
  if (seen.origin !== origin)
    tell("WRONG_ORIGIN", `it saw a checkpoint of ${seen.origin}, its log is ${origin}`);
  else if (index < seen.size && seen.size <= leaves.size)
    tell("SEEN_IMPOSSIBLE", `it is leaf ${index} and says it saw ${seen.size} leaves`);
  else judgeHead(seen, leaves, tell);
}

type Tell = (code: LogCode, message: string) => void;

function seenBy({ predicate }: Bundle): Seen["checkpoint"] {
  return predicate.kind === "authority" ? null : predicate.seen.checkpoint;
}

interface LoggedBundle {
  readonly bundle: Bundle;
  readonly index: number;
}

function noteOrder(chain: readonly LoggedBundle[], findings: Findings): void {
  const inOrder = chain.toSorted((a, b) => comparePlaces(placeOf(a.bundle), placeOf(b.bundle)));
  const late = inOrder.find(({ index }, at) => index < (inOrder[at - 1]?.index ?? -1));
  if (late !== undefined)
    findings.add(
      "LOG_ORDER",
      null,
      `${placeText(late.bundle)} is leaf ${late.index}, before its predecessor`,
    );
}

/** Without a log nobody can say on which side of a key's end a bundle is. */
function notePositions({ keys }: ReadTrust, findings: Findings): void {
  for (const { keyid, periods } of keys.values())
    if (periods.some(({ to }) => to !== null))
      findings.add("KEY_POSITION_NOT_CHECKED", null, `key ${keyid} is trusted for a part of the log only`);
}
