import { pairKey } from "../evidence/state.ts";
import {
  type ApplianceEvent,
  type ChainPlace,
  type Digest,
  type Instant,
  isObservation,
  type Observation,
} from "../evidence/statement.ts";
import { daysOf, noteFails, noteObservation, turnDay } from "./chain-days.ts";
import {
  type ChainState,
  KEPT,
  loadChainState,
  newChainState,
  saveChainState,
  type SavedChain,
} from "./chain-state.ts";
import type { Continuation } from "./continuation.ts";
import type { ChainDay } from "./history.ts";
import {
  type KeptBundle,
  keptOf,
  type RecordedBundle,
  type StoredBundle,
  keptToldAt,
} from "./recorded-bundles.ts";
import { namedBy, noRows, type RecordedRows, rowOf, rowsAfter } from "./recorded-rows.ts";
import type { ChainView, HealView } from "./snapshot.ts";

/** The newest bundle of a chain. */
export interface ChainHead {
  readonly digest: Digest;
  readonly receivedAt: Instant;
  /** When its window ended, by the appliance's clock. */
  readonly endedAt: Instant;
}

/** What a chain comes to, and the bundles worth a page. */
export interface ChainRecord {
  /** ULID of the appliance. */
  readonly id: string;
  /** Empty while `doubt` is set. */
  readonly rows: RecordedRows;
  /** Why the chain says nothing now: a gap or an unresolved fork, until the next snapshot or epoch. */
  readonly doubt: "GAP" | "FORK" | null;
  /** When the rows were last confirmed by the chain alone. */
  readonly confirmedAt: Instant | null;
  /** What a bundle beyond the record's end confirms of it; null for a record that goes to the chain's end. */
  readonly continued: Continuation | null;
  readonly head: ChainHead | null;
  /** The event by which the appliance was suspended, while no later one resumed it. */
  readonly suspended: { readonly since: Instant; readonly bundle: Digest } | null;
  /** The newest event by which a person overrode something on the box. */
  readonly overridden: { readonly since: Instant; readonly bundle: Digest } | null;
  readonly completeness: ChainView | null;
  /** The last word of each day with an observation, oldest first, at most 90. */
  readonly days: readonly ChainDay[];
  /** Newest first, at most 50. */
  readonly heals: readonly HealView[];
  /** Those that a row, a heal, a suspension or an override refers to, and the newest 50; newest first. */
  readonly bundles: readonly RecordedBundle[];
}

/** Follows one chain as its bundles are accepted. */
export interface ChainRecorder {
  /**
   * Takes the next bundle in the order of (epoch, seq); a fork may come at any time. Answers `rebuild`, and changes
   * nothing, for one that fills a gap behind the head: then the whole chain is fed to a new recorder.
   */
  add(bundle: StoredBundle): "taken" | "rebuild";
  record(): ChainRecord;
  /** Itself as JSON: one that begins from it goes on as this one does. */
  save(): SavedChain;
}

/** A recorder for the chain of one appliance: from its first bundle, or from where one was saved. */
export function createChainRecorder(id: string, saved?: SavedChain): ChainRecorder {
  const state = saved === undefined ? newChainState() : loadChainState(saved);
  return {
    add(bundle) {
      const own = keptOf(bundle);
      if (bundle.fork) takeFork(state, own);
      else if (comesAfter(own, state.head)) takeNext(state, own, bundle.predicate);
      else return "rebuild";
      keep(state, own);
      return "taken";
    },
    record: () => recordOf(id, state),
    save: () => saveChainState(state),
  };
}

function comesAfter({ chain }: KeptBundle, head: KeptBundle | null): boolean {
  if (head === null) return true;
  return chain.epoch > head.chain.epoch || (chain.epoch === head.chain.epoch && chain.seq > head.chain.seq);
}

/** Between a fork and its resolution, which opens an epoch, neither branch counts. */
function takeFork(state: ChainState, { chain: { epoch, seq } }: KeptBundle): void {
  const { completeness, head, forkedAt } = state;
  forkedAt.set(epoch, Math.min(seq, forkedAt.get(epoch) ?? seq));
  if (completeness !== null) state.completeness = { ...completeness, forks: completeness.forks + 1 };
  if (epoch === head?.chain.epoch) doubt(state, "FORK");
}

function doubt(state: ChainState, reason: "GAP" | "FORK"): void {
  state.doubt = reason;
  state.based = false;
  state.rows = noRows;
}

function takeNext(state: ChainState, bundle: KeptBundle, predicate: StoredBundle["predicate"]): void {
  turnDay(state.days, keptToldAt(bundle), state.rows);
  const missing = missingBefore(bundle, state.head);
  state.completeness = extended(state.completeness, bundle, missing);
  if (bundle.chain.epoch !== state.head?.chain.epoch) startEpoch(state);
  if (missing > 0 && state.doubt === null) doubt(state, "GAP");
  state.head = bundle;
  if (isObservation(predicate)) takeObservation(state, bundle, predicate);
  else takeEvent(state, bundle.digest, predicate);
}

/** An event changes no verdict, and neither a gap nor a fork makes it unsaid. */
function takeEvent(state: ChainState, bundle: Digest, { at, event }: ApplianceEvent): void {
  if (event.type === "suspend") state.suspended ??= { since: at, bundle };
  if (event.type === "resume") state.suspended = null;
  if (event.type === "override") state.overridden = { since: at, bundle };
  const { completeness } = state;
  if (event.type !== "loss" || completeness === null) return;
  const dropped = event.runs.reduce((sum, { from, to }) => sum + to - from + 1, completeness.dropped);
  state.completeness = { ...completeness, dropped };
}

/** An epoch begins with an empty map and ends every doubt of the one before it. */
function startEpoch(state: ChainState): void {
  state.rows = noRows;
  state.based = false;
  state.doubt = null;
  state.suspended = null;
}

/** Places of the bundle's epoch that were not received between the head and the bundle. */
function missingBefore({ chain }: KeptBundle, head: KeptBundle | null): number {
  if (head === null) return 0;
  const { epoch, seq } = chain;
  return epoch === head.chain.epoch ? seq - head.chain.seq - 1 : seq;
}

function extended(view: ChainView | null, { chain, late: isLate }: KeptBundle, missing: number): ChainView {
  const { epoch, seq } = chain;
  const to = { epoch, seq };
  const late = (view?.late ?? 0) + (isLate ? 1 : 0);
  if (view === null) return { epoch, from: to, to, count: 1, gaps: 0, dropped: 0, forks: 0, late };
  return { ...view, epoch, to, count: view.count + 1, gaps: view.gaps + missing, late };
}

function takeObservation(state: ChainState, bundle: KeptBundle, observation: Observation): void {
  const heardBefore = state.confirmedAt;
  const at = keptToldAt(bundle);
  noteObservation(state.days, bundle, { coverage: observation.coverage, at });
  const { kind, parts } = observation;
  const { assignment } = observation.policy;
  const begins = kind === "snapshot" && (parts === null || parts.part === 1);
  if (begins && state.doubt !== "FORK") [state.doubt, state.based] = [null, true];
  // What only continues something that was not received says nothing.
  if (!state.based) state.doubt ??= "GAP";
  if (state.doubt !== null) return;
  const before = state.rows;
  state.rows = rowsAfter(begins ? noRows : before, observation.results, {
    bundle: bundle.digest,
    assignment,
  });
  state.confirmedAt = at;
  noteFails(state.days, observation, heardBefore);
  const heals = healsOf(observation, bundle.digest, { before, after: state.rows });
  state.heals = [...heals, ...state.heals].slice(0, KEPT);
}

interface Around {
  readonly before: RecordedRows;
  readonly after: RecordedRows;
}

/** Newest first. The first heal of a pair starts from the state before the bundle, the last leads to that after it. */
function healsOf({ heals }: Observation, bundle: Digest, { before, after }: Around): readonly HealView[] {
  const keys = heals.map(({ host, check }) => pairKey(host, check));
  const views = heals.map(({ approval: _approval, ...heal }, at): HealView => {
    const key = pairKey(heal.host, heal.check);
    const [first, last] = [keys.indexOf(key) === at, keys.lastIndexOf(key) === at];
    const found = rowOf(before, heal);
    return {
      ...heal,
      bundle,
      failBundle: found?.bundle ?? null,
      observedBefore: first ? (found?.observed ?? null) : null,
      observedAfter: last && heal.after !== null ? (rowOf(after, heal)?.observed ?? null) : null,
    };
  });
  return views.toReversed();
}

/** Forgets what no row, heal or recent place refers to, but not at every bundle. */
function keep(state: ChainState, bundle: KeptBundle): void {
  state.bundles.set(bundle.digest, bundle);
  state.newest = [bundle.digest, ...state.newest].slice(0, KEPT);
  if (state.bundles.size < state.sweepAt) return;
  const wanted = wantedDigests(state);
  state.sweepAt = 2 * wanted.size + KEPT;
  for (const digest of state.bundles.keys()) if (!wanted.has(digest)) state.bundles.delete(digest);
}

function wantedDigests({ newest, rows, heals, suspended, overridden }: ChainState): Set<Digest> {
  const wanted = new Set([...newest, ...namedBy(rows, "bundle")]);
  if (suspended !== null) wanted.add(suspended.bundle);
  if (overridden !== null) wanted.add(overridden.bundle);
  for (const { bundle, failBundle } of heals) {
    wanted.add(bundle);
    if (failBundle !== null) wanted.add(failBundle);
  }
  return wanted;
}

function recordOf(id: string, state: ChainState): ChainRecord {
  const wanted = wantedDigests(state);
  const bundles = [...state.bundles.values()]
    .filter(({ digest }) => wanted.has(digest))
    .map((bundle) => ({ ...bundle, contested: isContested(state, bundle.chain) }));
  const { rows, heals, doubt, confirmedAt, completeness, head, suspended, overridden } = state;
  return {
    id,
    rows,
    doubt,
    confirmedAt,
    continued: null,
    head: head === null ? null : { digest: head.digest, receivedAt: head.receivedAt, endedAt: head.endedAt },
    suspended,
    overridden,
    completeness,
    days: daysOf(state.days, rows, (place) => isContested(state, place)),
    heals,
    bundles: bundles.toSorted(newestFirst),
  };
}

function isContested({ forkedAt }: ChainState, { epoch, seq }: ChainPlace): boolean {
  return seq >= (forkedAt.get(epoch) ?? Number.POSITIVE_INFINITY);
}

function newestFirst({ chain: one }: KeptBundle, { chain: two }: KeptBundle): number {
  return two.epoch - one.epoch || two.seq - one.seq;
}
