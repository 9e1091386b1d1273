import { sha256Hex } from "../digest.ts";
import { envelopePath } from "../kit-files.ts";
import { encodeTrust, type TrustFile } from "../trust.ts";
import { DAYS, Days, FORK } from "./days.ts";
import { approvedException } from "./excepted.ts";
import { edit, fork, otherBranch, remove, rules, type Ruling, setRows } from "./forgeries.ts";
import { type Forgery, makeKit, type TestKit } from "./generator.ts";
import { makeIds, makeKeys, type TestKey } from "./identities.ts";
import { logged } from "./logged.ts";
import { timeAt } from "./statements.ts";

/** The evidence of a site as one kit, and each appliance's part of it as a kit of its own that shares the files. */
export interface TestSite {
  readonly whole: TestKit;
  readonly appliances: readonly TestKit[];
}

const APPLIANCES = [0, 1, 2];
/** In minutes. */
const DAY = 24 * 60;
/** The first appliance's bundle that was erased, and the one whose verdict somebody excepted. */
const ERASED = "0-80";
const EXCEPTED = "0-0";
/** A day on which what the last appliance had signed in three days came late. */
const LATE = { appliance: 2, fromDay: 20, toDay: 23 };

/**
 * A site of three appliances over 90 days with which nothing is wrong: a heartbeat every two hours, deltas when something
 * changed, snapshots every week and after a new assignment, some in two files, fails that are healed and heals that fail,
 * an approved exception, an outage, a late upload, two rotations, a fork that is resolved, an envelope erased, and a log
 * with checkpoints that two witnesses cosigned. The same seed gives the same bytes.
 */
export async function makeSite(seed: number): Promise<TestSite> {
  const { authority } = await makeKeys(seed);
  const make = (index: number, resolved: string | null): Promise<TestKit> =>
    makeAppliance({ seed, index, authority, resolved });
  const apart = await Promise.all(APPLIANCES.map((index) => make(index, null)));
  const whole = joinKits(apart, authority);
  const forked = applianceOf(apart, FORK.appliance);
  const head = lastPlace(forked);
  await fork(head)({ ...forked, files: whole.files });
  await rules(...decisions(apart, head))(whole);
  const decided = decisionsOf(whole);
  const resolved = await make(FORK.appliance, decided.at(-1) ?? "");
  const joined = joinKits(apart.with(FORK.appliance, resolved), authority, [
    { name: "other branch", digest: sha256Hex(otherBranch(whole).bytes), at: FORK.day * DAY },
    ...decided.map((digest, seq) => ({
      name: `decision ${seq}`,
      digest,
      at: seq < apart.length ? -1 : FORK.day * DAY,
    })),
  ]);
  const { files } = joined;
  for (const [path, bytes] of whole.files) if (!files.has(path)) files.set(path, bytes);
  await logged({ sizes: [1000, 2000, 3000, joined.digests.size] })(joined);
  const share = (kit: TestKit): TestKit => ({ ...kit, files, trust: joined.trust });
  const appliances = apart.with(FORK.appliance, resolved).map(share);
  await remove(ERASED)(applianceOf(appliances, 0));
  return { whole: joined, appliances };
}

/** The same site with files of its own, to be bent. */
export function copySite({ whole, appliances }: TestSite): TestSite {
  const files = new Map(whole.files);
  return { whole: { ...whole, files }, appliances: appliances.map((kit) => ({ ...kit, files })) };
}

interface Wanted {
  readonly seed: number;
  readonly index: number;
  readonly authority: TestKey;
  /** The digest of the decision that resolved the appliance's fork. */
  readonly resolved: string | null;
}

async function makeAppliance({ seed, index, authority, resolved }: Wanted): Promise<TestKit> {
  const { partner, site } = makeIds(seed);
  const own = seed * APPLIANCES.length + index;
  const steps = new Days(index, own, resolved).steps();
  const excepted = setRows((rows) => rows.map((row) => ({ ...row, exception: "exc-1" })));
  // A fork leaves the key as it is; only a rotation brings another.
  const signers = steps.map(({ place }) => [place, "appliance"] as const);
  const forgery: Forgery = {
    take: 0,
    append: steps,
    ids: { partner, site },
    assignment: (assignment) => ({ ...assignment, healUntil: timeAt(DAYS * DAY) }),
    trust: (trust) => ({ ...trust, authority: { publicKey: authority.publicKey, earlier: [] } }),
    ...(index === 0 ? edit(EXCEPTED, excepted) : {}),
    ...(index === FORK.appliance ? { signer: Object.fromEntries(signers) } : {}),
  };
  return makeKit(own, forgery);
}

/** A bundle, and when it came, in minutes since the beginning. */
interface Arrival {
  readonly name: string;
  readonly digest: string;
  readonly at: number;
}

/** The kits of appliances as one, whose bundles are in the order in which they came. */
function joinKits(
  kits: readonly TestKit[],
  authority: TestKey,
  others: readonly Arrival[] = [],
): TestKit {
  const first = applianceOf(kits, 0);
  const trust = mergeTrust(kits, first.ids.site);
  const files = new Map(kits.flatMap((kit) => [...kit.files]));
  files.set("trust.json", encodeTrust(trust));
  const arrivals = kits.flatMap(({ digests, minutes }, index) =>
    [...digests].map(([place, digest]) => ({
      name: `${index} ${place}`,
      digest,
      at: arrivalOf(index, minutes.get(place) ?? 0),
    })),
  );
  const digests = new Map(
    [...others, ...arrivals].toSorted((a, b) => a.at - b.at).map(({ name, digest }) => [name, digest] as const),
  );
  return { ...first, files, trust, digests, keys: { ...first.keys, authority } };
}

/** When a bundle came, in minutes. */
function arrivalOf(index: number, minute: number): number {
  const [from, to] = [LATE.fromDay * DAY, LATE.toDay * DAY];
  return index === LATE.appliance && minute >= from && minute < to ? to : minute;
}

function mergeTrust(kits: readonly TestKit[], site: string): TrustFile {
  return {
    ...applianceOf(kits, 0).trust,
    keys: kits.flatMap(({ trust }) => trust.keys),
    assignments: kits.flatMap(({ trust }) => trust.assignments),
    heads: kits.map((kit) => {
      const place = lastPlace(kit);
      const [epoch = 0, seq = 0] = place.split("-").map(Number);
      return { chain: kit.ids.appliance, epoch, seq, digest: kit.digests.get(place) ?? "" };
    }),
    exceptions: [{ ...approvedException(site), expires: timeAt(DAY) }],
  };
}

/** What the authority decided: who is enrolled, what may be erased, and which branch of the fork goes on. */
function decisions(kits: readonly TestKit[], head: string): readonly ((kit: TestKit) => Ruling)[] {
  const forked = applianceOf(kits, FORK.appliance);
  const surviving = forked.digests.get(head) ?? "";
  const erased = applianceOf(kits, 0).digests.get(ERASED) ?? "";
  const events: readonly ((kit: TestKit) => Ruling["event"])[] = [
    ...kits.map(({ ids: { site, appliance }, keys }) => () => ({
      type: "enrol" as const,
      site,
      appliance,
      publicKey: keys.appliance.publicKey,
    })),
    () => ({ type: "tombstone", digest: erased, basis: "ERASURE_REQUEST" }),
    (whole) => ({ type: "fork", digests: [surviving, sha256Hex(otherBranch(whole).bytes)] }),
    () => ({ type: "resolve", chain: forked.ids.appliance, surviving, newEpoch: 1 }),
  ];
  return events.map((make) => (kit) => ({ event: make(kit) }));
}

/** The digests of the authority's bundles, in their order. */
function decisionsOf({ files, ids: { partner } }: TestKit): readonly string[] {
  const count = [...files.keys()].filter((path) => path.startsWith(`envelopes/${partner}/`)).length;
  return Array.from({ length: count }, (_, seq) =>
    sha256Hex(files.get(envelopePath(partner, { id: partner, epoch: 0, seq })) ?? new Uint8Array()),
  );
}

function lastPlace({ digests }: TestKit): string {
  return [...digests.keys()].at(-1) ?? "";
}

function applianceOf(kits: readonly TestKit[], index: number): TestKit {
  const kit = kits[index];
  if (kit === undefined) throw new Error(`no appliance ${index}`);
  return kit;
}
