import type { ReadAssignment } from "./assignment.ts";
import { arrive, createContentWalk, endParts, takeContent } from "./content.ts";
import type { Decisions } from "./decisions.ts";
import type { LargeSha256 } from "./digest.ts";
import type { MadeElsewhere } from "./elsewhere.ts";
import type { Findings } from "./finding.ts";
import type { VerifyMode } from "./kit-files.ts";
import { groupByPlace, judgeLinks, placeOf, placeText } from "./links.ts";
import type { Digest, Instant, Observation, Predicate } from "./statement.ts";
import type { TrustFile } from "./trust.ts";

/** A bundle whose form, signature and key are good. */
export interface Bundle {
  readonly path: string;
  readonly digest: Digest;
  readonly keyid: Digest;
  /** The site that the trust file gives the key to, of several the bundle's own; null for the authority's key. */
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
  /** Whether a bundle that is missing is of another site. */
  readonly madeElsewhere: MadeElsewhere;
  /** What the authority decided. */
  readonly decisions: Decisions;
  readonly hashState: LargeSha256;
  readonly findings: Findings;
  readonly counts: ChainCounts;
}

/** How many of each comparison were made. */
export interface ChainCounts {
  links: number;
  states: number;
  heals: number;
  exceptions: number;
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
export async function judgeChain(bundles: readonly Bundle[], context: ChainContext): Promise<CheckedChain> {
  const places = groupByPlace(bundles);
  const content = createContentWalk(context);
  const order = { lastEnd: null, window: null, rotated: new Set<Digest>() } satisfies TimeOrder as TimeOrder; // widened: the walk changes it
  let previous: readonly Bundle[] = [];
  let isSettled = true;
  for (const given of places) {
    const counting = given.filter(({ digest }) => !context.decisions.revoked.has(digest));
    const here = counting.length > 0 ? counting : given;
    const joint = judgeLinks(previous, here, context);
    const wasSettled = isSettled;
    isSettled = counting.length > 0 && !judgeFork(here, context);
    const isJoined = wasSettled && isSettled;
    if (joint === "apart" || !isJoined) content.approvals.isWhole = false;
    arrive(content, joint === "linked" && isJoined ? "linked" : startsEpoch(here) ? "epoch" : "broken");
    for (const bundle of counting) judgeSigner(bundle, order.rotated, context);
    const [only] = here;
    if (only !== undefined && isSettled) {
      judgeTime(only, order, context);
      await takeContent(content, only);
    }
    previous = here;
  }
  if (context.mode === "kit") endParts(content);
  return summarise(places, order.lastEnd, context);
}

/** Reports a place that more than one bundle claims: of those given, or by what the authority knows. */
function judgeFork(here: readonly Bundle[], { decisions, findings }: ChainContext): boolean {
  const isContested = here.some(({ digest }) => decisions.contested.has(digest));
  if (here.length === 1 && !isContested) return false;
  const digests = here.map(({ digest }) => digest).join(" and ");
  const message =
    here.length === 1
      ? `the authority knows of another bundle at the place of ${digests}`
      : `${here.length} bundles at this place: ${digests}`;
  findings.add("FORK", here[0]?.path ?? null, message);
  return true;
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
  if (predicate.kind === "authority") return; // judged with its decisions
  if (rotated.has(keyid))
    context.findings.add("KEY_AFTER_ROTATE", path, `key ${keyid} was rotated out earlier in this chain`);
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
    isExpected(id, context) &&
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

/** A box that git has no key of any more says nothing more. */
function isExpected(appliance: string, { trust }: ChainContext): boolean {
  return trust.keys.some((key) => key.appliance === appliance && key.to === null);
}

function startsEpoch(here: readonly Bundle[]): boolean {
  return here.length === 1 && here.every((bundle) => placeOf(bundle).seq === 0);
}

function shortPlace(bundle: Bundle): { readonly epoch: number; readonly seq: number } {
  const { epoch, seq } = placeOf(bundle);
  return { epoch, seq };
}
