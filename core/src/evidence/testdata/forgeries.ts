import type { JudgedAssignment } from "../assignment.ts";
import type { JudgedRule, JudgedRunbook } from "../heal-limits.ts";
import { decodeBase64, encodeBase64 } from "../base64.ts";
import { canonicalBytes } from "../jcs.ts";
import { envelopePath } from "../kit-files.ts";
import type {
  AuthorityEvent,
  AuthorityEventDetail,
  Coverage,
  HealRecord,
  Observation,
  ObservationResult,
  PolicyReference,
  Predicate,
} from "../statement.ts";
import { readEnvelope } from "../envelope.ts";
import type { TrustFile, TrustHead } from "../trust.ts";
import { type Forgery, type TestKit } from "./generator.ts";
import { type TestIds, type TestKeys } from "./identities.ts";
import { decide, sealPredicate, withTotals } from "./statements.ts";

/** A digest of nothing. */
export const NOWHERE: string = "0".repeat(64);

/** What happens to the files after the appliance signed them. */
export type Tamper = (kit: TestKit) => void | Promise<void>;

/** A forger with the appliance's key signs something else at a place. */
export function edit(place: string, change: (predicate: Predicate) => Predicate): Forgery {
  return { edit: { [place]: change } };
}

/** Changes members of any predicate; tests say impossible things, so the result is taken as a predicate. */
export function set(members: Readonly<Record<string, unknown>>): (predicate: Predicate) => Predicate {
  return (predicate) => ({ ...predicate, ...members });
}

/** Changes an observation; every edited place of the tests is one. */
export function observed(
  change: (observation: Observation) => Observation,
): (predicate: Predicate) => Predicate {
  return (predicate) => change(predicate as Observation);
}

export function setPolicy(members: Partial<PolicyReference>): (predicate: Predicate) => Predicate {
  return observed((observation) => ({ ...observation, policy: { ...observation.policy, ...members } }));
}

export function setPrev(prev: string | null): (predicate: Predicate) => Predicate {
  return (predicate) => ({ ...predicate, chain: { ...predicate.chain, prev } });
}

export function setCoverage(members: Partial<Coverage>): (predicate: Predicate) => Predicate {
  return observed((observation) => ({ ...observation, coverage: { ...observation.coverage, ...members } }));
}

/** Changes the first heal. */
export function setHeal(members: Partial<HealRecord>): (predicate: Predicate) => Predicate {
  return observed((observation) => ({
    ...observation,
    heals: observation.heals.map((heal) => ({ ...heal, ...members })),
  }));
}

/** Changes the rows; state and coverage stay as they were. */
export function setRows(
  change: (rows: readonly ObservationResult[]) => readonly ObservationResult[],
): (predicate: Predicate) => Predicate {
  return observed((observation) => ({ ...observation, results: change(observation.results) }));
}

/** Changes the rows of a snapshot; state and coverage follow. */
export function setSnapshot(
  change: (rows: readonly ObservationResult[]) => readonly ObservationResult[],
): (predicate: Predicate) => Predicate {
  return observed((observation) => {
    const results = change(observation.results);
    return withTotals({ ...observation, results }, new Map(results.map((row) => [row.check, row])));
  });
}

/** A row like the first, with another check. */
export function alsoRow(check: string): (rows: readonly ObservationResult[]) => readonly ObservationResult[] {
  return (rows) => rows.concat(rows.slice(0, 1).map((row) => ({ ...row, check })));
}

export function setHealing(
  members: Partial<JudgedAssignment["healing"]>,
): NonNullable<Forgery["assignment"]> {
  return (assignment) => ({ ...assignment, healing: { ...assignment.healing, ...members } });
}

/** Declares the rule of `cb`, by which the honest chain heals, in another way. */
export function setRule(members: Partial<JudgedRule>): NonNullable<Forgery["assignment"]> {
  return setDefinitions(({ rules, runbooks }) => ({
    rules: Object.fromEntries(
      Object.entries(rules).map(([name, rule]) => [name, name === "cb-rule" ? { ...rule, ...members } : rule]),
    ),
    runbooks,
  }));
}

/** Declares the runbook of every rule in another way. */
export function setRunbook(members: Partial<JudgedRunbook>): NonNullable<Forgery["assignment"]> {
  return setDefinitions(({ rules, runbooks }) => ({
    rules,
    runbooks: Object.fromEntries(Object.entries(runbooks).map(([name, one]) => [name, { ...one, ...members }])),
  }));
}

type Definitions = NonNullable<JudgedAssignment["definitions"]>;

function setDefinitions(bend: (honest: Definitions) => Definitions): NonNullable<Forgery["assignment"]> {
  return (assignment) => ({
    ...assignment,
    definitions: bend(assignment.definitions ?? { rules: {}, runbooks: {} }),
  });
}

/** Adds the other appliance's key to the trust file. */
export function trustOther(
  trust: TrustFile,
  { ids, keys }: { readonly ids: TestIds; readonly keys: TestKeys },
): TrustFile {
  const key = {
    publicKey: keys.other.publicKey,
    site: ids.site,
    appliance: ids.otherAppliance,
    from: 0,
    to: null,
  };
  return { ...trust, keys: [...trust.keys, key] };
}

export function headAt(kit: TestKit, epoch: number, seq: number): TrustHead {
  return { chain: kit.ids.appliance, epoch, seq, digest: kit.digests.get(`${epoch}-${seq}`) ?? "" };
}

export function change(place: string, turn: (bytes: Uint8Array) => Uint8Array): Tamper {
  return (kit) => void kit.files.set(kit.path(place), turn(fileAt(kit, kit.path(place))));
}

/** Changes one byte of what was signed, keeping the file well-formed. */
export function flipPayload(place: string): Tamper {
  return changePayload(place, "0.1.0", "0.1.1");
}

/** Puts another text into what was signed; the signature is the old one. */
export function changePayload(place: string, found: string | RegExp, put: string): Tamper {
  return changeEnvelope(place, (envelope) => {
    const payload = new TextDecoder().decode(decodeBase64(envelope.payload));
    return { ...envelope, payload: encodeBase64(new TextEncoder().encode(payload.replace(found, put))) };
  });
}

/** Changes one byte of the signature, keeping the file well-formed. */
export function flipSignature(place: string): Tamper {
  return changeEnvelope(place, (envelope) => ({
    ...envelope,
    signatures: envelope.signatures.map(({ keyid, sig }) => ({
      keyid,
      sig: `${sig.startsWith("A") ? "B" : "A"}${sig.slice(1)}`,
    })),
  }));
}

/** A pass without observed values: the signature is the old one. */
export function dropObserved(place: string): Tamper {
  return changePayload(place, /"observed":\{[^}]*\}/, '"observed":null');
}

const ORDER = 2n ** 252n + 27742317777372353535851937790883648493n;

/** Another signature of the same bytes, which engines take that do not look whether S is small: S + L. */
export function addOrder(place: string): Tamper {
  return changeSignature(place, (signature) => {
    const s = signature.subarray(32).reduceRight((sum, byte) => sum * 256n + BigInt(byte), 0n) + ORDER;
    return signature.map((byte, at) => (at < 32 ? byte : Number((s >> BigInt(8 * (at - 32))) & 255n)));
  });
}

/** A signature whose R is the neutral point: of small order. */
export function smallR(place: string): Tamper {
  return changeSignature(place, (signature) =>
    signature.map((byte, at) => (at >= 32 ? byte : at === 0 ? 1 : 0)),
  );
}

function changeSignature(place: string, turn: (signature: Uint8Array) => Uint8Array): Tamper {
  return changeEnvelope(place, (envelope) => ({
    ...envelope,
    signatures: envelope.signatures.map(({ keyid, sig }) => ({
      keyid,
      sig: encodeBase64(turn(decodeBase64(sig) ?? new Uint8Array())),
    })),
  }));
}

export interface OpenEnvelope {
  readonly payload: string;
  readonly signatures: readonly { readonly keyid: string; readonly sig: string }[];
}

/** Changes the envelope around what was signed. */
export function changeEnvelope(place: string, turn: (envelope: OpenEnvelope) => OpenEnvelope): Tamper {
  return change(place, (bytes) => {
    const envelope: OpenEnvelope = JSON.parse(new TextDecoder().decode(bytes));
    return canonicalBytes(turn(envelope));
  });
}

/** Signs a place again with another key, saying something else. */
export function resign(
  place: string,
  key: keyof TestKeys,
  say: (predicate: Predicate) => Predicate = (same) => same,
): Tamper {
  return async (kit) => {
    const sealed = await sealPredicate(say(predicateAt(kit, place)), kit.keys[key]);
    kit.files.set(kit.path(place), sealed.bytes);
  };
}

/** The appliance drops bundles, and attachments, and says so in the next bundle of its chain: of each run its `last`, unless said, is right. */
export function drop(
  runs: readonly (readonly [epoch: number, from: number, to: number, last?: string])[],
  places: readonly string[] = runs.flatMap(([epoch, from, to]) =>
    Array.from({ length: to - from + 1 }, (_, at) => `${epoch}-${from + at}`),
  ),
  attachments: readonly string[] = [],
): Tamper {
  return async (kit) => {
    const before = predicateAt(kit, "1-1") as Observation; // as the generator wrote it
    const { schema, site, software, policy, clock, seen, window } = before;
    const event = {
      type: "loss" as const,
      runs: runs.map(([epoch, from, to, last]) => {
        return { epoch, from, to, last: last ?? kit.digests.get(`${epoch}-${to}`) ?? NOWHERE };
      }),
      attachments,
    };
    const chain = { ...before.chain, seq: 2, prev: kit.digests.get("1-1") ?? null };
    const header = { schema, site, software, policy, clock, seen, chain };
    const sealed = await sealPredicate({ ...header, kind: "event", at: window.end, event }, kit.keys.rotated);
    kit.files.set(kit.path("1-2"), sealed.bytes);
    await remove(...places)(kit);
  };
}

export function remove(...places: readonly string[]): Tamper {
  return (kit) => {
    for (const place of places) kit.files.delete(kit.path(place));
  };
}

export function swap(one: string, other: string): Tamper {
  return (kit) => {
    const [first, second] = [fileAt(kit, kit.path(one)), fileAt(kit, kit.path(other))];
    kit.files.set(kit.path(one), second);
    kit.files.set(kit.path(other), first);
  };
}

export function copy(place: string, path: (kit: TestKit) => string): Tamper {
  return (kit) => void kit.files.set(path(kit), fileAt(kit, kit.path(place)));
}

/** The appliance signs a second bundle at a place, filed under a suffix. */
export function fork(place: string, suffix?: string): Tamper {
  return async (kit) => {
    const key = place.startsWith("0-") ? kit.keys.appliance : kit.keys.rotated;
    const predicate = predicateAt(kit, place) as Observation; // forks of the tests are of observations
    const other = { ...predicate, software: { ...predicate.software, version: "0.1.1" } };
    const sealed = await sealPredicate(other, key);
    kit.files.set(
      kit.path(place).replace(".dsse", `.${suffix ?? sealed.digest.slice(0, 16)}.dsse`),
      sealed.bytes,
    );
  };
}

/** The file that a fork added: the one with a suffix. */
export function otherBranch({ files }: TestKit): { readonly path: string; readonly bytes: Uint8Array } {
  for (const [path, bytes] of files) if (/\.[0-9a-f]{16}\.dsse/.test(path)) return { path, bytes };
  throw new Error("there is no fork");
}

/** Adds a decision to the authority's chain, signed by any key. */
export function addAuthority(key: keyof TestKeys, idsOf: (ids: TestIds) => TestIds = (ids) => ids): Tamper {
  return async (kit) => {
    const ids = idsOf(kit.ids);
    const event = { type: "fork", digests: [NOWHERE, NOWHERE] } as const;
    const predicate = decide(ids, { epoch: 0, seq: 0, prev: null }, event);
    const sealed = await sealPredicate(predicate, kit.keys[key]);
    kit.files.set(envelopePath(ids.partner, predicate.chain), sealed.bytes);
  };
}

/** A decision, who signs it (the authority unless said), and what is different about it. */
export interface Ruling {
  readonly event: AuthorityEventDetail;
  readonly key?: keyof TestKeys;
  readonly file?: Partial<NonNullable<AuthorityEvent["file"]>>;
}

/** Writes the authority's chain from its beginning; answers the digest of its last bundle. */
async function rule(kit: TestKit, rulings: readonly Ruling[]): Promise<string> {
  let prev: string | null = null;
  for (const [seq, { event, key = "authority", file }] of rulings.entries()) {
    const honest = decide(kit.ids, { epoch: 0, seq, prev }, event);
    const sealed = await sealPredicate(
      { ...honest, file: honest.file === null ? null : { ...honest.file, ...file } },
      kit.keys[key],
    );
    kit.files.set(envelopePath(kit.ids.partner, { id: kit.ids.partner, epoch: 0, seq }), sealed.bytes);
    prev = sealed.digest;
  }
  return prev ?? "";
}

/** The authority decides this about the kit as it is by then. */
export function rules(...make: readonly ((kit: TestKit) => Ruling)[]): Tamper {
  return async (kit) => void (await rule(kit, make.map((one) => one(kit))));
}

/** One thing after another. */
export function steps(...tampers: readonly Tamper[]): Tamper {
  return async (kit) => {
    for (const tamper of tampers) await tamper(kit);
  };
}

export function removeAssignment(...indexes: readonly number[]): Tamper {
  return (kit) => {
    for (const index of indexes) kit.files.delete(assignmentPath(kit, index));
  };
}

export function changeAssignment(index: number): Tamper {
  return (kit) => {
    const path = assignmentPath(kit, index);
    kit.files.set(
      path,
      canonicalBytes({ ...JSON.parse(new TextDecoder().decode(fileAt(kit, path))), extra: true }),
    );
  };
}

/** What a place's bundle says. */
export function predicateAt(kit: TestKit, place: string): Predicate {
  const read = readEnvelope(fileAt(kit, kit.path(place)));
  if (!read.ok) throw new Error(`${place}: ${read.code}`);
  return read.statement.predicate;
}

function assignmentPath(kit: TestKit, index: number): string {
  return `assignments/${kit.trust.assignments[index]?.digest}.json`;
}

export function fileAt(kit: TestKit, path: string): Uint8Array {
  const bytes = kit.files.get(path);
  if (bytes === undefined) throw new Error(`no file ${path}`);
  return bytes;
}
