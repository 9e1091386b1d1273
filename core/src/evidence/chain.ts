import type { ReadAssignment } from "./assignment.ts";
import { createContentWalk } from "./content.ts";
import type { Sha256 } from "./digest.ts";
import type { Findings } from "./finding.ts";
import { envelopePath, folderOf, type VerifyMode } from "./kit-files.ts";
import type { ChainPlace, Digest, Instant, Observation, Predicate } from "./statement.ts";
import type { TrustFile } from "./trust.ts";

/** A bundle whose form, signature and key are good. */
export interface Bundle {
  readonly path: string;
  readonly digest: Digest;
  readonly keyid: Digest;
  /** The site that the trust file gives the key to; null for the authority's key. */
  readonly keySite: string | null;
  readonly predicate: Predicate;
}

/** Everything a chain is judged against. */
export interface ChainContext {
  readonly mode: VerifyMode;
  readonly from: Instant | undefined;
  readonly to: Instant | undefined;
  readonly trust: TrustFile;
  /** Position of each accepted revision. */
  readonly revisions: ReadonlyMap<string, number>;
  readonly listedAssignments: ReadonlySet<Digest>;
  /** By digest; null for a file that was given and refused. */
  readonly assignments: ReadonlyMap<Digest, ReadAssignment | null>;
  /** Events that open an epoch, by digest. */
  readonly openers: ReadonlyMap<Digest, { readonly chain: string; readonly newEpoch: number }>;
  readonly sha256: Sha256;
  readonly findings: Findings;
  readonly counts: ChainCounts;
}

/** How many of each comparison were made. */
export interface ChainCounts {
  links: number;
  states: number;
  heals: number;
}

/** A chain as far as it was given. */
export interface CheckedChain {
  readonly chain: string;
  readonly from: { readonly epoch: number; readonly seq: number };
  readonly to: { readonly epoch: number; readonly seq: number };
  /** End of the last observation's window; null when there is no observation. */
  readonly lastWindowEnd: Instant | null;
}

const TWO_HEARTBEATS_MS = 4 * 60 * 60 * 1000;

/** Judges the bundles of one chain, in the order their signed places give. FORMAT.md sections 3 and 5.3. */
export function judgeChain(bundles: readonly Bundle[], context: ChainContext): CheckedChain {
  const places = groupByPlace(bundles);
  const content = createContentWalk(context);
  const order = { lastEnd: null, window: null, rotated: new Set<Digest>() } satisfies TimeOrder as TimeOrder; // widened: the walk changes it
  let previous: readonly Bundle[] = [];
  for (const here of places) {
    const joined = judgeLinks(previous, here, context);
    if (here.length > 1) reportFork(here, context);
    content.arrive(joined && here.length === 1 ? "linked" : startsEpoch(here) ? "epoch" : "broken");
    for (const bundle of here) judgeSigner(bundle, order.rotated, context);
    const [only] = here;
    if (only !== undefined && here.length === 1) {
      judgeTime(only, order, context);
      content.take(only);
    }
    previous = here;
  }
  content.end();
  return summarise(places, order.lastEnd, context);
}

function groupByPlace(bundles: readonly Bundle[]): readonly (readonly Bundle[])[] {
  const sorted = bundles.toSorted((a, b) => comparePlaces(placeOf(a), placeOf(b)));
  const groups = Map.groupBy(sorted, (bundle) => `${placeOf(bundle).epoch}-${placeOf(bundle).seq}`);
  return [...groups.values()];
}

/** True when this place follows the one before without anything missing, so that the state carries over. */
function judgeLinks(previous: readonly Bundle[], here: readonly Bundle[], context: ChainContext): boolean {
  const first = here[0];
  if (first === undefined) throw new Error("unreachable: a place without a bundle");
  const before = previous[0];
  if (before === undefined) return judgeStart(first, context);
  const step = stepBetween(placeOf(before), placeOf(first));
  if (step === "gap") {
    reportGap(before, first, context);
    return false;
  }
  const links = here.map((bundle) => judgeLink(bundle, previous, step, context));
  // A fork's branches go on from an unsettled place: no state carries over it.
  return links.every(Boolean) && previous.length === 1;
}

function stepBetween(before: ChainPlace, after: ChainPlace): "next" | "epoch" | "gap" {
  if (after.epoch === before.epoch) return after.seq === before.seq + 1 ? "next" : "gap";
  return after.seq === 0 ? "epoch" : "gap";
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
  const opener = prev === null ? undefined : context.openers.get(prev);
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
  }
  return false; // a new epoch begins with an empty map
}

function judgeStart(bundle: Bundle, context: ChainContext): false {
  const { epoch, seq, prev } = placeOf(bundle);
  const isBeginning = epoch === 0 && seq === 0;
  if (isBeginning !== (prev === null)) {
    context.findings.add("BAD_PREV", bundle.path, "prev is null at 0-0 and nowhere else");
  }
  if (isBeginning) return false;
  if (context.mode === "bundles" || startsWindow(bundle.predicate, context.from)) {
    context.findings.add("NEIGHBOURS_NOT_GIVEN", null, `nothing before ${placeText(bundle)} was given`);
  } else {
    context.findings.add("CHAIN_STARTS_LATE", bundle.path, `the chain begins at ${epoch}-${seq}`);
  }
  return false;
}

function startsWindow(predicate: Predicate, from: Instant | undefined): boolean {
  return from !== undefined && predicate.kind === "snapshot" && predicate.window.start <= from;
}

function reportGap(before: Bundle, after: Bundle, context: ChainContext): void {
  const last = placeOf(before);
  const next = placeOf(after);
  const missing = next.epoch === last.epoch ? { ...next, seq: last.seq + 1 } : { ...next, seq: 0 };
  const until = `${next.epoch}-${next.seq - 1}`;
  const span = `${missing.epoch}-${missing.seq}${until === `${missing.epoch}-${missing.seq}` ? "" : ` to ${until}`}`;
  if (context.mode === "bundles") {
    return context.findings.add("NEIGHBOURS_NOT_GIVEN", null, `${span} of chain ${next.id} was not given`);
  }
  context.findings.add(
    "GAP",
    envelopePath(folderOf(after.predicate), missing),
    `no valid bundle at ${span} of chain ${next.id}`,
  );
}

function reportFork(here: readonly Bundle[], context: ChainContext): void {
  const digests = here.map(({ digest }) => digest).join(" and ");
  context.findings.add("FORK", here[0]?.path ?? null, `${here.length} bundles at this place: ${digests}`);
}

interface TimeOrder {
  lastEnd: Instant | null;
  /** Window of the bundle before when that was a part: the parts of one bundle share theirs. */
  window: Observation["window"] | null;
  readonly rotated: Set<Digest>;
}

function judgeSigner(
  { predicate, path, keyid, keySite }: Bundle,
  rotated: Set<Digest>,
  context: ChainContext,
): void {
  if (rotated.has(keyid))
    context.findings.add("KEY_AFTER_ROTATE", path, `key ${keyid} was rotated out earlier in this chain`);
  if (predicate.kind === "authority") return;
  if (keySite !== predicate.site)
    context.findings.add(
      "WRONG_SITE",
      path,
      `site ${predicate.site}, the appliance's key belongs to ${keySite}`,
    );
  if (predicate.kind === "event" && predicate.event.type === "rotate") rotated.add(keyid);
}

function judgeTime({ predicate, path }: Bundle, order: TimeOrder, context: ChainContext): void {
  if (predicate.kind === "authority" || predicate.kind === "event") order.window = null;
  else judgeWindow(predicate, path, order, context);
}

function judgeWindow(predicate: Observation, path: string, order: TimeOrder, context: ChainContext): void {
  const { start, end } = predicate.window;
  const later = (predicate.parts?.part ?? 1) > 1 && order.window?.start === start && order.window.end === end;
  if (end < start)
    context.findings.add("WINDOW_REVERSED", path, `the window ends at ${end} and starts at ${start}`);
  else if (!later && order.lastEnd !== null && start < order.lastEnd) {
    context.findings.add("WINDOW_OVERLAP", path, `the window starts at ${start}, before ${order.lastEnd}`);
  }
  order.window = predicate.parts === null ? null : predicate.window;
  if (order.lastEnd === null || end > order.lastEnd) order.lastEnd = end;
}

function summarise(
  places: readonly (readonly Bundle[])[],
  lastEnd: Instant | null,
  context: ChainContext,
): CheckedChain {
  const first = places[0]?.[0];
  const last = places.at(-1)?.[0];
  if (first === undefined || last === undefined) throw new Error("unreachable: a chain without a bundle");
  const chain = placeOf(last).id;
  if (context.mode === "kit") judgeEnd(last, lastEnd, context);
  return { chain, from: shortPlace(first), to: shortPlace(last), lastWindowEnd: lastEnd };
}

function judgeEnd(last: Bundle, lastEnd: Instant | null, context: ChainContext): void {
  const { id } = placeOf(last);
  if (
    context.to !== undefined &&
    lastEnd !== null &&
    Date.parse(context.to) - Date.parse(lastEnd) > TWO_HEARTBEATS_MS
  ) {
    context.findings.add(
      "CHAIN_ENDS_EARLY",
      last.path,
      `the last window ends at ${lastEnd}, the period at ${context.to}`,
    );
  }
  if (!context.trust.heads.some(({ chain }) => chain === id)) {
    context.findings.add(
      "NOTHING_KNOWN_AFTER",
      null,
      `nothing is known after ${placeText(last)}${lastEnd === null ? "" : ` (${lastEnd})`}`,
    );
  }
}

function startsEpoch(here: readonly Bundle[]): boolean {
  return here.length === 1 && here.every((bundle) => placeOf(bundle).seq === 0);
}

/** The place a bundle signs. */
export function placeOf(bundle: Bundle): ChainPlace {
  return bundle.predicate.chain;
}

function shortPlace(bundle: Bundle): { readonly epoch: number; readonly seq: number } {
  const { epoch, seq } = placeOf(bundle);
  return { epoch, seq };
}

function placeText(bundle: Bundle): string {
  const { id, epoch, seq } = placeOf(bundle);
  return `${epoch}-${seq} of chain ${id}`;
}

function comparePlaces(a: ChainPlace, b: ChainPlace): number {
  return a.epoch - b.epoch || a.seq - b.seq;
}

/** Events among the bundles that open an epoch of an appliance's chain. */
export function openersOf(bundles: readonly Bundle[]): ChainContext["openers"] {
  const openers = new Map<Digest, { readonly chain: string; readonly newEpoch: number }>();
  for (const { digest, predicate } of bundles) {
    if (predicate.kind === "event" && predicate.event.type === "rotate") {
      openers.set(digest, { chain: predicate.chain.id, newEpoch: predicate.event.newEpoch });
    }
    if (predicate.kind === "authority" && predicate.event.type === "resolve") {
      openers.set(digest, { chain: predicate.event.chain, newEpoch: predicate.event.newEpoch });
    }
  }
  return openers;
}
