import {
  type ApplianceEvent,
  type ChainPlace,
  type Digest,
  type Instant,
  isObservation,
  type Observation,
} from "../evidence/statement.ts";

/** A bundle as the store has it. */
export interface StoredBundle {
  readonly digest: Digest;
  readonly predicate: Observation | ApplianceEvent;
  readonly keyid: Digest;
  readonly receivedAt: Instant;
  /** Its place in the log, from 0; null without a log. */
  readonly leaf: number | null;
  /** True for every bundle after the first that was received for one (epoch, seq). */
  readonly fork: boolean;
}

/** What is kept of a bundle: its place, not what it says. Thousands of chains fit into memory so. */
export interface KeptBundle extends Pick<StoredBundle, "digest" | "keyid" | "receivedAt" | "leaf"> {
  readonly chain: ChainPlace;
  /** ULID of the site it is of. */
  readonly site: string;
  readonly assignment: Digest;
  /** When its window ended, by the appliance's clock. */
  readonly endedAt: Instant;
  /** Received over 26 hours after its window ended. */
  readonly late: boolean;
}

/** A bundle, and how it stands in its chain. */
export interface RecordedBundle extends KeptBundle {
  /** At a fork of its epoch or beyond it: it counts for nothing. */
  readonly contested: boolean;
}

/** A heartbeat comes at least once a day; two hours are left for a slow line. */
const lateAfterMs = 26 * 3_600_000;

/** What of a bundle is kept. */
export function keptOf(bundle: StoredBundle): KeptBundle {
  const { digest, keyid, receivedAt, leaf, predicate } = bundle;
  const { chain, site, policy } = predicate;
  const endedAt = endOf(bundle);
  const late = Date.parse(receivedAt) - Date.parse(endedAt) > lateAfterMs;
  return { digest, keyid, receivedAt, leaf, chain, site, assignment: policy.assignment, endedAt, late };
}

/** Of which time a bundle tells: a clock that runs ahead does not make it tell of what was not yet. */
export function toldAt(bundle: StoredBundle): Instant {
  return keptToldAt({ receivedAt: bundle.receivedAt, endedAt: endOf(bundle) });
}

/** The same of a bundle that is kept. */
export function keptToldAt({ receivedAt, endedAt }: Pick<KeptBundle, "receivedAt" | "endedAt">): Instant {
  return endedAt < receivedAt ? endedAt : receivedAt;
}

/** When a bundle's window ended, or its event was, by the appliance's clock. */
function endOf({ predicate }: StoredBundle): Instant {
  return isObservation(predicate) ? predicate.window.end : predicate.at;
}
