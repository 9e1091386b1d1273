import type { AuthorityKey } from "@compline/core";
import type { LivePartner } from "../reconcile/accept.ts";
import { trustedKey } from "../reconcile/enrolments.ts";
import type { KeyPeriod } from "../store/contract.ts";
import { logOriginOf } from "../transparency/log-view.ts";

/** The authority of a partner in force. */
export interface Authority {
  /** ULID of the partner: also the id of the authority's chain. */
  readonly partner: string;
  /** The partner's name: its files are below `sites/<name>/`. */
  readonly name: string;
  readonly source: string;
  /** In force for the partner. */
  readonly revision: string;
  /** The origin of the partner's log; null when it has none. */
  readonly log: string | null;
  /** Keys that the partner's file pinned, oldest first: the last one is pinned now. */
  readonly keys: readonly AuthorityKey[];
}

/** The authorities of partners that pin a key which can be trusted. */
export function authoritiesOf(
  partners: readonly LivePartner[],
  periods: readonly KeyPeriod[],
): readonly Authority[] {
  const byOwner = Map.groupBy(periods, ({ owner }) => owner);
  return partners.flatMap((live) => {
    const spec = live.graph.partners.get(live.name)?.document.spec;
    const pinned = spec?.authority?.publicKey;
    if (spec === undefined || pinned === undefined || trustedKey(pinned) === null) return [];
    const { name, source, revision } = live;
    const own = (byOwner.get(spec.id) ?? []).map(({ publicKey }) => publicKey);
    const keys = [...new Set(own)].filter((key) => key !== pinned).concat(pinned);
    return [
      { partner: spec.id, name, source, revision, log: logOriginOf(live), keys: keys.flatMap(readKey) },
    ];
  });
}

function readKey(hex: string): readonly AuthorityKey[] {
  const key = trustedKey(hex);
  return key === null ? [] : [{ keyid: key.keyid, bytes: key.publicKey }];
}
