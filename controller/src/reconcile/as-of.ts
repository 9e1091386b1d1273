import type { ApplianceView, PartnerView, SiteState } from "@compline/core";
import type { Clock } from "../clock.ts";
import { ControllerError } from "../errors.ts";
import type { Store, StoredAcceptance } from "../store/contract.ts";
import { inHistory, type LivePartner } from "./accept.ts";
import { ChainBook, type Horizon } from "./chain-book.ts";
import { type HorizonText, readHorizon } from "./read-horizon.ts";
import { SnapshotMaker } from "./snapshot-maker.ts";
import { type Mirrors, partnersOf, recordAt } from "./world-as-of.ts";

/** A box as evidence tells of it; what it reported of itself is not kept. */
export type ApplianceAsOf = Pick<ApplianceView, "name" | "id" | "enrolled" | "chain" | "suspension">;

/** A site as of then: what was declared, and what the evidence comes to. */
export interface SiteAsOf extends Omit<SiteState, "appliances"> {
  readonly appliances: readonly ApplianceAsOf[];
}

/** What was so at `at`, as far as the first `known` bundles tell. The same two give the same, byte for byte. */
export interface AsOf {
  readonly schemaVersion: "1";
  readonly at: string;
  readonly known: number;
  /** In force for the partner at `at`, by the record of what the controller accepted when. */
  readonly revision: string;
  readonly acceptedAt: string;
  readonly partner: PartnerView;
  /** Names of the others that were in force. */
  readonly otherPartners: readonly string[];
  readonly sites: readonly SiteAsOf[];
}

/** What is asked. */
export interface AsOfQuestion extends HorizonText {
  /** The first one by name when absent. */
  readonly partner: string | undefined;
}

/** What an answer is made from: only what is kept for good, the newest report of an appliance is not. */
export interface AsOfPorts {
  readonly store: Store;
  readonly mirrors: Mirrors;
  readonly clock: Clock;
}

/**
 * Answers as of then. Throws AS_OF_INVALID, NOT_IN_FORCE, REVISION_MISSING, REVISION_UNREADABLE, STORE_IO, GIT_FAILED,
 * TREE_TOO_LARGE.
 */
export async function answerAsOf(ports: AsOfPorts, question: AsOfQuestion): Promise<AsOf> {
  const { store, mirrors, clock } = ports;
  const horizon = readHorizon(question, { nowMs: clock(), newest: await store.position() });
  const acceptances = await store.acceptances();
  const record = recordAt(acceptances, horizon.at);
  const partners = await partnersOf(record, mirrors);
  const partner = chosen(partners, question.partner, { horizon, acceptances });
  const maker = new SnapshotMaker({
    store,
    book: new ChainBook(store, { horizon }),
    notices: { read: async () => [] },
    clock: () => Date.parse(horizon.at),
    world: () => ({ partners, conditions: [] }),
    horizon,
  });
  const status = await maker.status(partner.name);
  if (status === null) throw new Error(`unreachable: ${partner.name} is in this very world`);
  const accepted = inHistory(record, partner.source).findLast((one) => one.partner === partner.name);
  return {
    schemaVersion: "1",
    ...horizon,
    revision: partner.revision,
    acceptedAt: accepted?.acceptedAt ?? "",
    partner: status.partner,
    otherPartners: partners.flatMap(({ name }) => (name === partner.name ? [] : [name])).toSorted(),
    sites: status.sites.map(siteAsOf),
  };
}

interface Then {
  readonly horizon: Horizon;
  readonly acceptances: readonly StoredAcceptance[];
}

function chosen(partners: readonly LivePartner[], name: string | undefined, then: Then): LivePartner {
  const names = partners.map((partner) => partner.name).toSorted();
  const wanted = name ?? names[0];
  const found = partners.find((partner) => partner.name === wanted);
  if (found !== undefined) return found;
  throw new ControllerError("NOT_IN_FORCE", refusal(names, wanted, then));
}

function refusal(
  names: readonly string[],
  wanted: string | undefined,
  { horizon, acceptances }: Then,
): string {
  if (names.length > 0) {
    return `no partner ${JSON.stringify(wanted)} was in force at ${horizon.at}; there were ${names.join(", ")}`;
  }
  const first = acceptances.find(({ partner }) => partner !== null);
  if (first === undefined) return "no revision was accepted yet";
  return `no revision was in force at ${horizon.at}; the first one was accepted at ${first.acceptedAt}`;
}

function siteAsOf({ appliances, ...site }: SiteState): SiteAsOf {
  return {
    ...site,
    appliances: appliances.map(({ name, id, enrolled, chain, suspension }) => ({
      name,
      id,
      enrolled,
      chain,
      suspension,
    })),
  };
}
