import type { Digest, Instant } from "../evidence/statement.ts";
import { type ChainDays, noDays } from "./chain-days.ts";
import type { KeptBundle } from "./recorded-bundles.ts";
import { noRows, type RecordedRows } from "./recorded-rows.ts";
import { loadRows, type SavedRows, saveRows } from "./saved-rows.ts";
import type { ChainView, HealView } from "./snapshot.ts";

/** So many heals, and bundles that nothing refers to, are kept of a chain. */
export const KEPT = 50;

/** An event of the appliance. */
interface EventPlace {
  readonly since: Instant;
  readonly bundle: Digest;
}

/** What a recorder knows of a chain. */
export interface ChainState {
  readonly days: ChainDays;
  rows: RecordedRows;
  readonly bundles: Map<Digest, KeptBundle>;
  newest: readonly Digest[];
  /** How many bundles are kept before those are forgotten that nothing refers to. */
  sweepAt: number;
  heals: readonly HealView[];
  doubt: "GAP" | "FORK" | null;
  /** The first place of an epoch that has two bundles. */
  readonly forkedAt: Map<number, number>;
  /** True once a snapshot of this epoch gave the rows something to stand on. */
  based: boolean;
  confirmedAt: Instant | null;
  head: KeptBundle | null;
  suspended: EventPlace | null;
  overridden: EventPlace | null;
  completeness: ChainView | null;
}

/** Of a chain without a bundle. */
export function newChainState(): ChainState {
  return {
    days: noDays(),
    rows: noRows,
    bundles: new Map(),
    forkedAt: new Map(),
    newest: [],
    sweepAt: 2 * KEPT,
    heals: [],
    doubt: null,
    based: false,
    confirmedAt: null,
    head: null,
    suspended: null,
    overridden: null,
    completeness: null,
  };
}

/** Which form {@link SavedChain} has. It changes with whatever a recorder keeps, and with what it makes of a bundle. */
export const SAVED_CHAIN_FORM = 1;

/** A state as JSON. */
export interface SavedChain extends Omit<ChainState, "rows" | "bundles" | "forkedAt"> {
  readonly rows: SavedRows;
  readonly bundles: readonly KeptBundle[];
  readonly forkedAt: readonly (readonly [epoch: number, seq: number])[];
}

/** {@link loadChainState} gives an equal one. */
export function saveChainState(state: ChainState): SavedChain {
  return {
    ...state,
    days: { ...state.days },
    rows: saveRows(state.rows),
    bundles: [...state.bundles.values()],
    forkedAt: [...state.forkedAt],
  };
}

/** The state that was saved. */
export function loadChainState(saved: SavedChain): ChainState {
  return {
    ...saved,
    days: { ...saved.days },
    rows: loadRows(saved.rows),
    bundles: new Map(saved.bundles.map((bundle) => [bundle.digest, bundle])),
    forkedAt: new Map(saved.forkedAt),
  };
}
