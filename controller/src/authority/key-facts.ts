import {
  type Decision,
  type KeyEvent,
  type KeyFacts,
  type KeyHolder,
  type KeyMoment,
  type KeyPeriod,
  keyidOf,
  readVerifierKey,
  NOTE_TYPES,
} from "@compline/core";
import type { KeyMark, KeyPeriod as StoredPeriod, Store, StoredBundle } from "../store/contract.ts";
import { storedPredicate } from "../store/kept-predicate.ts";
import { type SizeAt, sizesOf } from "../transparency/log-sizes.ts";
import { keyidOfHex } from "./revoked-keys.ts";
import type { Ruling } from "./ruling.ts";

/** Whose keys are told of. */
export interface KeyQuestion {
  /** ULID of the partner. */
  readonly partner: string;
  /** The origin of its log; null without one. */
  readonly log: string | null;
  /** What its authority decided; null without one. */
  readonly ruling: Ruling | null;
}

/** All that a controller's store knows of the keys of a partner, for `signingKeys`. Throws STORE_IO. */
export async function keyFactsOf(store: Store, question: KeyQuestion): Promise<KeyFacts> {
  const { partner, log, ruling } = question;
  const stored = (await store.keyPeriods()).filter((period) => period.partner === partner);
  const sizeAt = sizesOf(log, store);
  const ofGit = await Promise.all(stored.map((period) => periodOf(period, sizeAt)));
  const appliances = new Set(stored.flatMap(({ owner }) => (owner === partner ? [] : [owner])));
  return {
    periods: [...ofGit, ...(await logPeriods(store, log)), ...(await assignmentPeriods(store))],
    events: [
      ...(await decidedEvents(store, ruling?.decisions ?? [])),
      ...(await Promise.all([...appliances].map((id) => rotationsOf(store, id)))).flat(),
    ],
  };
}

async function periodOf(
  { publicKey, owner, partner, site, name, from, to }: StoredPeriod,
  sizeAt: SizeAt,
): Promise<KeyPeriod> {
  const moment = async (mark: KeyMark): Promise<KeyMoment> => ({
    at: mark.at,
    revision: mark.revision,
    size: await sizeAt(mark.position),
  });
  const holder: KeyHolder =
    owner === partner ? { kind: "authority" } : { kind: "appliance", id: owner, name, site: site ?? "" };
  const keyid = keyidOfHex(publicKey);
  return { holder, keyid, publicKey, from: await moment(from), to: to === null ? null : await moment(to) };
}

/** The controller's own keys are told by what they signed first; one ends where the next begins. */
function following(
  holder: KeyHolder,
  keys: readonly { readonly keyid: string; readonly publicKey: string | null; readonly from: KeyMoment }[],
): readonly KeyPeriod[] {
  return keys.map((key, at) => ({ holder, ...key, to: keys[at + 1]?.from ?? null }));
}

async function logPeriods(store: Store, log: string | null): Promise<readonly KeyPeriod[]> {
  if (log === null) return [];
  const keys = (await store.logKeys(log)).flatMap(({ vkey, at, size }) => {
    const read = readVerifierKey(vkey, NOTE_TYPES.ed25519);
    if (!read.ok) return [];
    const { publicKey } = read.value;
    const from = { at, revision: null, size };
    return [{ keyid: keyidOf(publicKey), publicKey: Buffer.from(publicKey).toString("hex"), from }];
  });
  return following({ kind: "log", origin: log }, keys);
}

/** Of an earlier key only its id is known. */
async function assignmentPeriods(store: Store): Promise<readonly KeyPeriod[]> {
  const keys = (await store.assignmentKeys()).map(({ keyid, at }) => ({
    keyid,
    publicKey: null,
    from: { at, revision: null, size: null },
  }));
  return following({ kind: "assignments" }, keys);
}

async function decidedEvents(store: Store, decisions: readonly Decision[]): Promise<readonly KeyEvent[]> {
  const events: KeyEvent[] = [];
  for (const { digest, event } of decisions) {
    const bundle = await store.bundle(digest);
    if (bundle === null) continue;
    const { keyid } = bundle;
    if (event.type === "revoke") events.push({ event, digest, moment: momentOf(bundle) });
    if (event.type === "rotate")
      events.push({ event: { ...event, keyid }, digest, moment: momentOf(bundle) });
  }
  return events;
}

/** What an appliance said last in an epoch, when that is who signs from then on. */
async function rotationsOf(store: Store, chain: string): Promise<readonly KeyEvent[]> {
  const head = await store.chainHead(chain);
  if (head === null) return [];
  const openers = await Promise.all(
    Array.from({ length: head.epoch }, (_, at) => openerOf(store, { chain, epoch: at + 1 })),
  );
  return (await Promise.all([...openers, head.digest].map((digest) => rotationIn(store, digest)))).flat();
}

async function openerOf(
  store: Store,
  { chain, epoch }: { readonly chain: string; readonly epoch: number },
): Promise<string | null> {
  const [first] = await store.chainRange({ chain, from: { epoch, seq: 0 }, limit: 1 });
  return first === undefined ? null : storedPredicate(first).chain.prev;
}

async function rotationIn(store: Store, digest: string | null): Promise<readonly KeyEvent[]> {
  const bundle = digest === null ? null : await store.bundle(digest);
  if (bundle === null) return [];
  const predicate = storedPredicate(bundle);
  if (predicate.kind !== "event" || predicate.event.type !== "rotate") return [];
  const { keyid } = bundle;
  const { publicKey } = predicate.event;
  return [{ event: { type: "rotate", keyid, publicKey }, digest: bundle.digest, moment: momentOf(bundle) }];
}

function momentOf({ receivedAt, leaf }: StoredBundle): KeyMoment {
  return { at: receivedAt, revision: null, size: leaf };
}
