import { etc, getPublicKeyAsync, signAsync } from "@noble/ed25519";
import type { JudgedAssignment } from "../assignment.ts";
import { signAssignment, sliceDigest } from "../assignment.ts";
import { keyidOf, sha256Hex } from "../digest.ts";
import { sealStatement, subjectsOf } from "../envelope.ts";
import { canonicalBytes } from "../jcs.ts";
import { envelopePath } from "../kit-files.ts";
import { createReplay } from "../state.ts";
import type {
  ApplianceEventDetail,
  AuthorityEventDetail,
  ChainPlace,
  HealRecord,
  Observation,
  ObservationResult,
  Predicate,
  Verdict,
} from "../statement.ts";
import { encodeTrust, type TrustFile } from "../trust.ts";

/** A signing key born from a seed, for tests only. */
export interface TestKey {
  readonly publicKey: string;
  readonly keyid: string;
  readonly sign: (message: Uint8Array) => Promise<Uint8Array>;
}

/** A small valid export, and what a test needs to bend it. */
export interface TestKit {
  readonly files: Map<string, Uint8Array>;
  readonly trust: TrustFile;
  readonly ids: TestIds;
  readonly keys: TestKeys;
  /** Digest of the bundle at each place of the appliance's chain. */
  readonly digests: ReadonlyMap<string, string>;
  path(place: string): string;
}

/** How a forger with the appliance's key differs from an honest appliance. */
export interface Forgery {
  /** Changes what is signed at a place (`0-2`); subject is computed again, later bundles link to the result. */
  readonly edit?: Readonly<Record<string, (predicate: Predicate) => Predicate>>;
  /** Signs a place with another key. */
  readonly signer?: Readonly<Record<string, keyof TestKeys>>;
  readonly assignment?: (assignment: JudgedAssignment, index: number) => JudgedAssignment;
  readonly trust?: (trust: TrustFile, kit: { readonly ids: TestIds; readonly keys: TestKeys }) => TrustFile;
  /** Adds bundles after the honest ones. */
  readonly append?: readonly Step[];
  /** Uses only the first bundles. */
  readonly take?: number;
}

export interface TestKeys {
  readonly appliance: TestKey;
  readonly rotated: TestKey;
  readonly authority: TestKey;
  readonly other: TestKey;
  readonly stranger: TestKey;
}

export interface TestIds {
  readonly partner: string;
  readonly site: string;
  readonly appliance: string;
  readonly otherAppliance: string;
  readonly host: string;
}

export type Step = { readonly place: string; readonly make: (draft: Draft) => Predicate };

export interface Draft {
  readonly chain: ChainPlace;
  readonly minute: number;
  readonly kit: {
    readonly ids: TestIds;
    readonly assignments: readonly JudgedAssignment[];
    readonly keys: TestKeys;
  };
  readonly before: ReadonlyMap<string, ObservationResult>;
}

const SOFTWARE = { name: "compline-agent", version: "0.1.0", digest: sha256Hex(canonicalBytes("agent")) };
const REVISIONS = ["1".repeat(40), "2".repeat(40)];

/** The honest chain: every kind of bundle, two assignments, a heal, a snapshot in two parts, a rotation. */
const HONEST_STEPS: readonly Step[] = [
  {
    place: "0-0",
    make: observe("snapshot", 0, [
      ["ca", "pass"],
      ["cb", "fail"],
      ["cc", "unknown"],
    ]),
  },
  { place: "0-1", make: observe("delta", 0, [["cc", "error"]]) },
  { place: "0-2", make: observe("delta", 0, [["cb", "pass"]], { heals: [["cb", "fail", "pass"]] }) },
  { place: "0-3", make: observe("delta", 0, []) },
  { place: "0-4", make: happen({ type: "suspend" }, 0) },
  { place: "0-5", make: happen({ type: "resume" }, 0) },
  {
    place: "0-6",
    make: observe(
      "snapshot",
      1,
      [
        ["ca", "pass"],
        ["cb", "pass"],
      ],
      { part: 1 },
    ),
  },
  {
    place: "0-7",
    make: observe(
      "snapshot",
      1,
      [
        ["cc", "error"],
        ["cd", "fail"],
      ],
      { part: 2 },
    ),
  },
  { place: "0-8", make: observe("delta", 1, [["ca", "fail"]]) },
  {
    place: "0-9",
    make: (draft) =>
      happen({ type: "rotate", publicKey: draft.kit.keys.rotated.publicKey, newEpoch: 1 }, 1)(draft),
  },
  {
    place: "1-0",
    make: observe("snapshot", 1, [
      ["ca", "fail"],
      ["cb", "pass"],
      ["cc", "error"],
      ["cd", "fail"],
    ]),
  },
  { place: "1-1", make: observe("delta", 1, []) },
];

/** Makes the honest export of a seed, bent by a forgery. The same seed gives the same bytes. */
export async function makeKit(seed: number, forgery: Forgery = {}): Promise<TestKit> {
  const ids = makeIds(seed);
  const keys = await makeKeys(seed);
  const assignments = [0, 1].map((index) => {
    const honest = makeAssignment(ids, index);
    return forgery.assignment?.(honest, index) ?? honest;
  });
  const files = new Map<string, Uint8Array>();
  const digests = await sealChain({ ids, keys, assignments }, forgery, files);
  for (const assignment of assignments) {
    const bytes = canonicalBytes(assignment);
    files.set(`assignments/${sha256Hex(bytes)}.json`, bytes);
    files.set(
      `assignments/${sha256Hex(bytes)}.sig`,
      new TextEncoder().encode(await signAssignment(bytes, keys.stranger.sign)),
    );
  }
  const honestTrust = makeTrust(ids, keys, assignments);
  const trust = forgery.trust?.(honestTrust, { ids, keys }) ?? honestTrust;
  files.set("trust.json", encodeTrust(trust));
  const path = (place: string) => envelopePath(ids.site, { id: ids.appliance, ...parsePlace(place) });
  return { files, trust, ids, keys, digests, path };
}

async function sealChain(
  kit: { readonly ids: TestIds; readonly keys: TestKeys; readonly assignments: readonly JudgedAssignment[] },
  forgery: Forgery,
  files: Map<string, Uint8Array>,
): Promise<ReadonlyMap<string, string>> {
  const digests = new Map<string, string>();
  let before: ReadonlyMap<string, ObservationResult> = new Map();
  let prev: string | null = null;
  let minute = 0;
  for (const { place, make } of [...HONEST_STEPS.slice(0, forgery.take), ...(forgery.append ?? [])]) {
    const { epoch, seq } = parsePlace(place);
    const honest = make({ chain: { id: kit.ids.appliance, epoch, seq, prev }, minute, kit, before });
    const predicate = forgery.edit?.[place]?.(honest) ?? honest;
    const key = kit.keys[forgery.signer?.[place] ?? (epoch === 0 ? "appliance" : "rotated")];
    const sealed = await sealPredicate(predicate, key);
    const site = predicate.kind === "authority" ? predicate.partner : predicate.site;
    files.set(envelopePath(site, predicate.chain), sealed.bytes);
    digests.set(place, sealed.digest);
    prev = sealed.digest;
    minute += 1;
    before = stateAfter(before, honest);
  }
  return digests;
}

/** Signs any predicate with any key: its statement is consistent, whatever it says. */
export async function sealPredicate(
  predicate: Predicate,
  key: TestKey,
): Promise<{ readonly bytes: Uint8Array; readonly digest: string }> {
  return sealStatement(
    {
      _type: "https://in-toto.io/Statement/v1",
      subject: subjectsOf(predicate),
      predicateType: "https://compline.dev/evidence/v1",
      predicate,
    },
    key,
  );
}

interface ObserveExtras {
  readonly heals?: readonly (readonly [check: string, before: Verdict, after: Verdict | null])[];
  readonly part?: number;
  /** Pairs that the state counts as never seen although no row names them. */
  readonly addedPairs?: readonly string[];
}

/** A snapshot or delta with rows `[check, verdict]` of the one host. */
export function observe(
  kind: Observation["kind"],
  assignment: number,
  rows: readonly (readonly [check: string, verdict: Verdict])[],
  extras: ObserveExtras = {},
): Step["make"] {
  return (draft) => {
    const minute = draft.minute - ((extras.part ?? 1) - 1);
    const window = { start: timeAt(minute), end: timeAt(minute + 1) };
    const results = rows.map(([check, verdict]) =>
      makeResult(draft.kit.ids.host, check, verdict, window.end),
    );
    const partial: Observation = {
      ...header(draft, assignment),
      kind,
      window,
      coverage: { expected: 0, fresh: 0, ran: rows.length, oldestAt: null },
      results,
      heals: (extras.heals ?? []).map((heal) => makeHeal(draft, heal)),
      state: { count: 0, digest: "0".repeat(64) },
      parts: extras.part === undefined ? null : { part: extras.part, of: 2 },
      attachments: [],
      scrubber: { version: "1", digest: SOFTWARE.digest },
    };
    const added = (extras.addedPairs ?? []).map((check) =>
      makeResult(draft.kit.ids.host, check, "unknown", window.end),
    );
    return withTotals(
      partial,
      new Map([...stateAfter(draft.before, partial), ...added.map((row) => [row.check, row] as const)]),
    );
  };
}

/** Gives an observation the state and coverage that a map of rows adds up to. */
export function withTotals(
  observation: Observation,
  rows: ReadonlyMap<string, ObservationResult>,
): Observation {
  const replay = createReplay();
  replay.apply([...rows.values()], "snapshot");
  const fresh = replay.fresh();
  const oldestAt = fresh === 0 ? null : observation.window.end;
  return {
    ...observation,
    state: replay.claim(),
    coverage: { ...observation.coverage, expected: rows.size, fresh, oldestAt },
  };
}

/** An appliance event at a place. */
export function happen(event: ApplianceEventDetail, assignment: number): Step["make"] {
  return (draft) => ({ ...header(draft, assignment), kind: "event", at: timeAt(draft.minute), event });
}

/** A decision of the authority. */
export function decide(ids: TestIds, chain: Omit<ChainPlace, "id">, event: AuthorityEventDetail): Predicate {
  return {
    schema: "1",
    kind: "authority",
    partner: ids.partner,
    chain: { id: ids.partner, ...chain },
    at: timeAt(0),
    file: {
      revision: "1".repeat(40),
      path: "sites/lanternfish/tidewell-clinic/appliances/box.yaml",
      sha256: SOFTWARE.digest,
    },
    event,
  };
}

/** The instant a number of minutes after the beginning. */
export function timeAt(minute: number): string {
  return new Date(Date.UTC(2026, 10, 23, 8, minute)).toISOString();
}

function stateAfter(
  before: ReadonlyMap<string, ObservationResult>,
  predicate: Predicate,
): ReadonlyMap<string, ObservationResult> {
  if (predicate.kind === "event" || predicate.kind === "authority") return before;
  const isNew = predicate.kind === "snapshot" && (predicate.parts?.part ?? 1) === 1;
  return new Map([...(isNew ? [] : before), ...predicate.results.map((row) => [row.check, row] as const)]);
}

function header(
  { chain, kit, minute }: Draft,
  assignment: number,
): Omit<
  Observation,
  "kind" | "window" | "coverage" | "results" | "heals" | "state" | "parts" | "attachments" | "scrubber"
> {
  return {
    schema: "1",
    site: kit.ids.site,
    chain,
    software: SOFTWARE,
    policy: {
      revision: REVISIONS[assignment] ?? "",
      assignment: sha256Hex(canonicalBytes(kit.assignments[assignment])),
    },
    clock: {
      source: "ntp",
      offsetMs: -2,
      uncertaintyMs: 20,
      lastSyncAt: timeAt(0),
      bootId: "b3f0",
      monotonicMs: minute * 60_000,
    },
    seen: { checkpoint: null, block: null },
  };
}

function makeResult(host: string, check: string, verdict: Verdict, since: string): ObservationResult {
  const judged = verdict === "pass" || verdict === "fail";
  const reasons = {
    pass: null,
    fail: null,
    error: "NEEDS_PRIVILEGE",
    not_applicable: "NOT_APPLICABLE",
    unknown: "NEVER_SEEN",
  };
  return {
    host,
    check,
    verdict,
    reason: reasons[verdict],
    observed: judged ? { value: verdict === "pass" ? "no" : "yes", count: 3, seen: true, extra: null } : null,
    since: verdict === "unknown" ? null : since,
    exception: null,
  };
}

function makeHeal(
  { kit, minute }: Draft,
  [check, before, after]: readonly [string, Verdict, Verdict | null],
): HealRecord {
  return {
    host: kit.ids.host,
    check,
    level: "L1",
    rule: `${check}-rule`,
    runbook: "rb",
    runbookDigest: kit.assignments[0]?.runbooks["rb"] ?? null,
    before,
    after,
    outcome: after === "pass" ? "healed" : "failed",
    errorClass: after === "pass" ? null : "STILL_FAILING",
    skipped: ["reload"],
    approval: null,
    startedAt: timeAt(minute),
    endedAt: timeAt(minute + 1),
  };
}

function makeAssignment(ids: TestIds, index: number): JudgedAssignment {
  const checks = ["ca", "cb", "cc", ...(index === 0 ? [] : ["cd"])];
  const files = [["policies/checks/linux/ca.yaml", sha256Hex(canonicalBytes("ca"))]] as const;
  return {
    schemaVersion: "1",
    site: ids.site,
    appliance: ids.appliance,
    generation: 1_048_576 + index,
    revision: REVISIONS[index] ?? "",
    issuedAt: timeAt(0),
    healUntil: timeAt(60 * 24 * 7),
    slice: sliceDigest(files),
    files,
    pairs: checks.map((check) => [ids.host, check] as const),
    checks: Object.fromEntries(checks.map((check) => [check, sha256Hex(canonicalBytes(check))])),
    runbooks: { rb: sha256Hex(canonicalBytes("rb")) },
    healing: { mode: "full", windows: null },
  };
}

function makeTrust(ids: TestIds, keys: TestKeys, assignments: readonly JudgedAssignment[]): TrustFile {
  const enrolled = (key: TestKey, appliance: string) => ({
    publicKey: key.publicKey,
    site: ids.site,
    appliance,
    from: 0,
    to: null,
  });
  return {
    schemaVersion: "1",
    partner: ids.partner,
    sites: [ids.site],
    authority: { publicKey: keys.authority.publicKey },
    log: null,
    witnesses: [],
    quorum: 0,
    bitcoin: null,
    heads: [],
    keys: [enrolled(keys.appliance, ids.appliance), enrolled(keys.rotated, ids.appliance)],
    revisions: REVISIONS.map((id) => ({ id, from: 0 })),
    assignments: assignments.map((assignment) => ({
      digest: sha256Hex(canonicalBytes(assignment)),
      site: ids.site,
      appliance: ids.appliance,
      generation: assignment.generation,
      from: 0,
    })),
    exceptions: [],
  };
}

async function makeKeys(seed: number): Promise<TestKeys> {
  const [appliance, rotated, authority, other, stranger] = await Promise.all(
    (["appliance", "rotated", "authority", "other", "stranger"] as const).map((name) =>
      makeKey(`${seed} ${name}`),
    ),
  );
  if (!appliance || !rotated || !authority || !other || !stranger)
    throw new Error("unreachable: five keys were made");
  return { appliance, rotated, authority, other, stranger };
}

/** A key pair whose secret is the digest of a text. */
export async function makeKey(text: string): Promise<TestKey> {
  const secret = etc.hexToBytes(sha256Hex(canonicalBytes(text)));
  const publicKey = await getPublicKeyAsync(secret);
  return {
    publicKey: etc.bytesToHex(publicKey),
    keyid: keyidOf(publicKey),
    sign: (message) => signAsync(message, secret),
  };
}

function makeIds(seed: number): TestIds {
  const id = (name: string): string =>
    `01${sha256Hex(canonicalBytes(`${seed} ${name}`))
      .slice(0, 24)
      .toUpperCase()}`;
  return {
    partner: id("partner"),
    site: id("site"),
    appliance: id("appliance"),
    otherAppliance: id("other"),
    host: id("host"),
  };
}

function parsePlace(place: string): { readonly epoch: number; readonly seq: number } {
  const [epoch = "", seq = ""] = place.split("-");
  return { epoch: Number(epoch), seq: Number(seq) };
}
