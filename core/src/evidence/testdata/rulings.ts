import { sha256Hex } from "../digest.ts";
import type { AuthorityEventDetail } from "../statement.ts";
import { NOWHERE, otherBranch, rules, type Ruling, type Tamper } from "./forgeries.ts";
import type { Forgery, TestKit } from "./generator.ts";

/** The digest of the bundle at a place; of nothing where there is none. */
export const at = (kit: TestKit, place: string): string => kit.digests.get(place) ?? NOWHERE;

/** The key of the appliance is revoked, trusted as far as a place. */
export function revoke(
  lastTrusted: string | null,
  more: Partial<Ruling> & { compromisedAt?: string; of?: keyof TestKit["keys"] } = {},
) {
  const { compromisedAt = null, of = "appliance", ...rest } = more;
  return (kit: TestKit): Ruling => ({
    event: {
      type: "revoke",
      keyid: kit.keys[of].keyid,
      lastTrusted: lastTrusted === null ? null : at(kit, lastTrusted),
      compromisedAt,
      reason: "BOX_STOLEN",
    },
    ...rest,
  });
}

/** The envelope at a place may be erased. */
export const erase =
  (place: string, file?: Ruling["file"]) =>
  (kit: TestKit): Ruling => ({
    event: { type: "tombstone", digest: at(kit, place), basis: "ERASURE_REQUEST" },
    ...(file === undefined ? {} : { file }),
  });

/** These bundles are a fork. */
export const forked =
  (...digests: readonly string[]) =>
  (kit: TestKit): Ruling => ({
    event: { type: "fork", digests: digests.map((one) => (one === NOWHERE ? one : at(kit, one))) },
  });

/** The fork is resolved for the line of a bundle. */
export const resolve =
  (surviving: (kit: TestKit) => string, newEpoch = 1) =>
  (kit: TestKit): Ruling => ({
    event: { type: "resolve", chain: kit.ids.appliance, surviving: surviving(kit), newEpoch },
  });

/** A key is enrolled, the first one of the appliance unless said otherwise. */
export const enrol =
  (
    more: Partial<Extract<AuthorityEventDetail, { type: "enrol" }>> = {},
    key?: Ruling["key"],
    file?: Ruling["file"],
  ) =>
  ({ ids, keys }: TestKit): Ruling => ({
    event: {
      type: "enrol",
      site: ids.site,
      appliance: ids.appliance,
      publicKey: keys.appliance.publicKey,
      ...more,
    },
    ...(key === undefined ? {} : { key }),
    ...(file === undefined ? {} : { file }),
  });

/** The authority goes on with another key. */
export const rotate =
  (to: keyof TestKit["keys"], key: keyof TestKit["keys"] = "authority") =>
  ({ keys }: TestKit): Ruling => ({ event: { type: "rotate", publicKey: keys[to].publicKey }, key });

/** The trust file after the authority's key became `other`, and `stranger` before that when asked. */
export const afterRotation =
  (...between: readonly "stranger"[]): NonNullable<Forgery["trust"]> =>
  (trust, { keys }) => ({
    ...trust,
    authority: {
      publicKey: keys.other.publicKey,
      earlier: [keys.authority.publicKey, ...between.map((name) => keys[name].publicKey)],
    },
  });

/** Resolves for the other branch of the fork. */
export const resolveForOther: Tamper = rules(resolve((kit) => sha256Hex(otherBranch(kit).bytes)));
