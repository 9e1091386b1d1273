import { hexToBytes } from "@noble/hashes/utils.js";
import type { Decision } from "./authority.ts";
import type { Bundle, ChainContext } from "./chain.ts";
import { keyidOf } from "./digest.ts";
import { envelopePath, folderOf } from "./kit-files.ts";
import { isTold } from "./losses.ts";
import type { ChainPlace, Digest, Instant, Predicate } from "./statement.ts";

/**
 * How a place joins the ones before: `linked` to its predecessor, so that the state carries over; `opened` as the first of
 * the chain or of an epoch, with nothing missing; or `apart` from what is missing or contradictory.
 */
export type Joint = "linked" | "opened" | "apart";

/** Judges how a place joins the one before. */
export function judgeLinks(
  previous: readonly Bundle[],
  here: readonly Bundle[],
  context: ChainContext,
): Joint {
  const first = here[0];
  if (first === undefined) throw new Error("unreachable: a place without a bundle");
  const before = previous[0];
  if (before === undefined) return judgeStart(first, context);
  const step = stepBetween(placeOf(before), placeOf(first));
  if (step !== "next" && tellElsewhere(first, context)) return "apart";
  if (step === "gap") {
    if (!followsErased(placeOf(before), placeOf(first), context)) reportGap(before, first, context);
    return "apart";
  }
  const links = here.map((bundle) => judgeLink(bundle, previous, step, context));
  // A fork's branches go on from an unsettled place: no state carries over it.
  if (!links.every(Boolean) || previous.length !== 1) return "apart";
  return step === "next" ? "linked" : "opened";
}

function stepBetween(before: ChainPlace, after: ChainPlace): "next" | "epoch" | "gap" {
  if (after.epoch === before.epoch) return after.seq === before.seq + 1 ? "next" : "gap";
  return after.seq === 0 ? "epoch" : "gap";
}

/** Whether all that is missing between two places is one erased envelope. */
function followsErased(
  before: Pick<ChainPlace, "epoch" | "seq">,
  { epoch, seq, prev }: ChainPlace,
  { decisions }: ChainContext,
): boolean {
  const isOne = epoch === before.epoch && seq === before.seq + 2;
  return isOne && prev !== null && decisions.tombstones.has(prev);
}

function judgeLink(
  bundle: Bundle,
  previous: readonly Bundle[],
  step: "next" | "epoch",
  context: ChainContext,
): boolean {
  context.counts.links += 1;
  const { id, epoch, prev } = placeOf(bundle);
  if (step === "next") {
    if (previous.some(({ digest }) => digest === prev)) return true;
    context.findings.add(
      "BAD_PREV",
      bundle.path,
      `prev is ${prev}, the bundle before is ${previous.map(({ digest }) => digest).join(" or ")}`,
    );
    return false;
  }
  const opener = prev === null ? undefined : context.decisions.openers.get(prev);
  const lastEpoch = previous.reduce((highest, before) => Math.max(highest, placeOf(before).epoch), 0);
  const opened = opener?.chain === id && opener.newEpoch === epoch && epoch === lastEpoch + 1;
  if (!opened && opener === undefined && context.mode === "bundles") {
    context.findings.add(
      "NEIGHBOURS_NOT_GIVEN",
      null,
      `what opened epoch ${epoch} of chain ${id} was not given`,
    );
  } else if (!opened) {
    context.findings.add(
      "EPOCH_NOT_OPENED",
      bundle.path,
      `its prev ${prev} is no event that opens epoch ${epoch}`,
    );
  } else if (typeof opener?.keyid === "string" && opener.keyid !== bundle.keyid) {
    context.findings.add(
      "GIT_DISAGREES",
      bundle.path,
      `signed by ${bundle.keyid}, the key before rotated to ${opener.keyid}`,
    );
  }
  return opened;
}

function judgeStart(bundle: Bundle, context: ChainContext): Joint {
  const { epoch, seq, prev } = placeOf(bundle);
  const isBeginning = epoch === 0 && seq === 0;
  if (isBeginning !== (prev === null)) {
    context.findings.add("BAD_PREV", bundle.path, "prev is null at 0-0 and nowhere else");
  }
  if (isBeginning) return "opened";
  if (followsErased({ epoch: 0, seq: -1 }, placeOf(bundle), context)) return "apart";
  if (context.mode === "bundles" || startsWindow(bundle.predicate, context.from)) {
    context.findings.add("NEIGHBOURS_NOT_GIVEN", null, `nothing before ${placeText(bundle)} was given`);
  } else if (tellElsewhere(bundle, context)) {
    return "apart";
  } else if (epoch === 0 && isDropped({ epoch: 0, seq: 0 }, bundle, context)) {
    reportLost({ epoch: 0, seq: 0 }, bundle, context);
  } else {
    context.findings.add("CHAIN_STARTS_LATE", bundle.path, `the chain begins at ${epoch}-${seq}`);
  }
  return "apart";
}

/** Says so when what lies before a bundle was made at another site. */
function tellElsewhere(bundle: Bundle, { mode, madeElsewhere, findings }: ChainContext): boolean {
  const { id, prev } = placeOf(bundle);
  const isSo = mode === "kit" && madeElsewhere(prev, id);
  if (isSo) findings.add("MADE_ELSEWHERE", null, `what lies before ${placeText(bundle)}`);
  return isSo;
}

function startsWindow(predicate: Predicate, from: Instant | undefined): boolean {
  return from !== undefined && predicate.kind === "snapshot" && predicate.window.start <= from;
}

function reportGap(before: Bundle, after: Bundle, context: ChainContext): void {
  const last = placeOf(before);
  const next = placeOf(after);
  const missing = { epoch: next.epoch, seq: next.epoch === last.epoch ? last.seq + 1 : 0 };
  const span = spanText(missing, next);
  if (context.mode === "bundles") {
    return context.findings.add("NEIGHBOURS_NOT_GIVEN", null, `${span} of chain ${next.id} was not given`);
  }
  const isWithin = next.epoch === last.epoch || (next.epoch === last.epoch + 1 && opensNext(before));
  if (isWithin && isDropped(missing, after, context)) return reportLost(missing, after, context);
  context.findings.add(
    "GAP",
    envelopePath(folderOf(after.predicate), { id: next.id, ...missing }),
    `no valid bundle at ${span} of chain ${next.id}`,
  );
}

type Missing = Pick<ChainPlace, "epoch" | "seq">;

function spanText({ epoch, seq }: Missing, next: ChainPlace): string {
  return `${epoch}-${seq}${seq === next.seq - 1 ? "" : ` to ${epoch}-${next.seq - 1}`}`;
}

/** Nothing of the epoch before is missing. */
function opensNext({ predicate }: Bundle): boolean {
  return predicate.kind === "event" && predicate.event.type === "rotate";
}

/** Whether the appliance itself says that it dropped what is missing before a bundle. */
function isDropped({ epoch, seq }: Missing, after: Bundle, { decisions }: ChainContext): boolean {
  const { id, seq: behind, prev } = placeOf(after);
  return isTold({ chain: id, epoch, from: seq, to: behind - 1, next: prev }, decisions.losses);
}

function reportLost(missing: Missing, after: Bundle, { findings }: ChainContext): void {
  const next = placeOf(after);
  const file = envelopePath(folderOf(after.predicate), { id: next.id, ...missing });
  findings.add(
    "EVIDENCE_DROPPED",
    file,
    `the appliance says that it dropped ${spanText(missing, next)} of chain ${next.id}`,
  );
}

/** The place a bundle signs. */
export function placeOf(bundle: Bundle): ChainPlace {
  return bundle.predicate.chain;
}

/** The order of a chain. */
export function comparePlaces(a: ChainPlace, b: ChainPlace): number {
  return a.epoch - b.epoch || a.seq - b.seq;
}

/** The place in words. */
export function placeText(bundle: Bundle): string {
  const { id, epoch, seq } = placeOf(bundle);
  return `${epoch}-${seq} of chain ${id}`;
}

/** The bundles of one chain in its order, those of one place together. */
export function groupByPlace(bundles: readonly Bundle[]): readonly (readonly Bundle[])[] {
  const sorted = bundles.toSorted((a, b) => comparePlaces(placeOf(a), placeOf(b)));
  const groups = Map.groupBy(sorted, (bundle) => `${placeOf(bundle).epoch}-${placeOf(bundle).seq}`);
  return [...groups.values()];
}

/** What opened an epoch: of which chain, and for which key when it was a rotation. */
export interface Opener {
  readonly chain: string;
  readonly newEpoch: number;
  readonly keyid: Digest | null;
}

/** Rotations among the bundles and decisions that open an epoch of an appliance's chain, by digest. */
export function openersOf(
  bundles: readonly Bundle[],
  decisions: readonly Decision[],
): ReadonlyMap<Digest, Opener> {
  const openers = new Map<Digest, Opener>();
  for (const { digest, predicate } of bundles) {
    if (predicate.kind !== "event" || predicate.event.type !== "rotate") continue;
    const { newEpoch, publicKey } = predicate.event;
    openers.set(digest, { chain: predicate.chain.id, newEpoch, keyid: keyidOf(hexToBytes(publicKey)) });
  }
  for (const { digest, event } of decisions) {
    if (event.type !== "resolve") continue;
    openers.set(digest, { chain: event.chain, newEpoch: event.newEpoch, keyid: null });
  }
  return openers;
}
