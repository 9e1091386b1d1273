import { hexToBytes } from "@noble/hashes/utils.js";
import { keyidOf, type Sha256, sha256Hex } from "./digest.ts";
import { checkPublicKey } from "./ed25519-noble.ts";
import { NOTE_TYPES, type NoteKey, readVerifierKey } from "../log/note.ts";
import { parseText } from "./envelope.ts";
import { canonicalBytes, canonicalJson } from "./jcs.ts";
import { scanJson } from "./scan.ts";
import {
  closed,
  hex64,
  instant,
  integer,
  list,
  name,
  nullable,
  oneOf,
  printable,
  problemsOf,
  revision,
  ulid,
} from "./shape.ts";
import type { Digest, Instant } from "./statement.ts";

/** An appliance's key and since when and until when (log sizes) git has it. */
export interface TrustKey {
  /** 64 hex digits. */
  readonly publicKey: string;
  readonly site: string;
  readonly appliance: string;
  readonly from: number;
  readonly to: number | null;
}

/** Whether a leaf of the log is of the time in which git has a key. */
export function isWithin({ from, to }: Pick<TrustKey, "from" | "to">, leaf: number): boolean {
  return from <= leaf && (to === null || leaf < to);
}

/** The newest known bundle of a chain, from another source than the server. */
export interface TrustHead {
  readonly chain: string;
  readonly epoch: number;
  readonly seq: number;
  readonly digest: Digest;
}

/** The trust file: what a verifier takes as given. FORMAT.md section 4. */
export interface TrustFile {
  readonly schemaVersion: "1";
  readonly partner: string;
  readonly sites: readonly string[];
  readonly authority: {
    readonly publicKey: string;
    /** Keys that partner.yaml pinned before, oldest first: they signed what came before this one. */
    readonly earlier: readonly string[];
  } | null;
  readonly log: {
    readonly origin: string;
    readonly vkey: string;
    readonly newest: { readonly size: number; readonly root: Digest } | null;
  } | null;
  readonly witnesses: readonly { readonly name: string; readonly vkey: string }[];
  readonly quorum: number;
  readonly bitcoin: {
    readonly powLimit: string | null;
    readonly pins: readonly { readonly height: number; readonly hash: Digest }[];
  } | null;
  readonly heads: readonly TrustHead[];
  readonly keys: readonly TrustKey[];
  readonly revisions: readonly { readonly id: string; readonly from: number }[];
  readonly assignments: readonly {
    readonly digest: Digest;
    readonly site: string;
    readonly appliance: string;
    readonly generation: number;
    readonly from: number;
  }[];
  readonly exceptions: readonly {
    readonly name: string;
    readonly site: string;
    readonly host: string | null;
    readonly check: string | null;
    readonly requestedBy: string;
    readonly approvedBy: readonly string[];
    readonly notBefore: Instant;
    readonly expires: Instant;
  }[];
}

/** An appliance's key ready to verify with, and where and while git has it: an appliance may move to another site. */
export interface EnrolledKey {
  readonly publicKey: string;
  readonly appliance: string;
  readonly keyid: Digest;
  readonly bytes: Uint8Array;
  /** At least one. */
  readonly periods: readonly TrustKey[];
}

/** A key of the authority ready to verify with. */
export interface AuthorityKey {
  readonly keyid: Digest;
  readonly bytes: Uint8Array;
}

/** A trust file as read, its keys checked once. */
export interface ReadTrust {
  readonly ok: true;
  /** SHA-256 of the file's bytes; a verifier shows it first. */
  readonly fingerprint: Digest;
  readonly trust: TrustFile;
  readonly keys: ReadonlyMap<Digest, EnrolledKey>;
  /** Keys of the authority, oldest first: the last one is in force. */
  readonly authority: readonly AuthorityKey[];
  /** Whose name is the origin; null without a log. */
  readonly log: NoteKey | null;
  readonly witnesses: readonly NoteKey[];
}

/** Why a trust file cannot be used; the code is always TRUST_FILE. */
export interface TrustRefusal {
  readonly ok: false;
  readonly fingerprint: Digest;
  readonly message: string;
}

const shape = closed({
  schemaVersion: oneOf("1"),
  partner: ulid,
  sites: list(ulid),
  authority: nullable(closed({ publicKey: hex64, earlier: list(hex64) })),
  log: nullable(
    closed({ origin: name, vkey: printable, newest: nullable(closed({ size: integer(0), root: hex64 })) }),
  ),
  witnesses: list(closed({ name, vkey: printable })),
  quorum: integer(0),
  bitcoin: nullable(
    closed({ powLimit: nullable(hex64), pins: list(closed({ height: integer(0), hash: hex64 })) }),
  ),
  heads: list(closed({ chain: ulid, epoch: integer(0), seq: integer(0), digest: hex64 })),
  keys: list(
    closed({ publicKey: hex64, site: ulid, appliance: ulid, from: integer(0), to: nullable(integer(0)) }),
  ),
  revisions: list(closed({ id: revision, from: integer(0) })),
  assignments: list(
    closed({ digest: hex64, site: ulid, appliance: ulid, generation: integer(0), from: integer(0) }),
  ),
  exceptions: list(
    closed({
      name,
      site: ulid,
      host: nullable(ulid),
      check: nullable(name),
      requestedBy: name,
      approvedBy: list(name),
      notBefore: instant,
      expires: instant,
    }),
  ),
});

/** The bytes of a trust file: canonical JSON, so that one set of facts has one fingerprint. */
export function encodeTrust(trust: TrustFile): Uint8Array {
  return canonicalBytes(trust);
}

/**
 * Reads a trust file. Any JSON layout is taken (people edit it), but no repeated member, no unknown member, and no
 * key that fails the once-per-key check or has two owners.
 */
export function readTrust(bytes: Uint8Array, sha256: Sha256 = sha256Hex): ReadTrust | TrustRefusal {
  const fingerprint = sha256(bytes);
  const refuse = (message: string): TrustRefusal => ({ ok: false, fingerprint, message });
  const parsed = parseText(bytes);
  if (parsed === undefined) return refuse("not JSON in UTF-8");
  const repeated = scanJson(parsed.text).duplicateKey;
  if (repeated !== null) return refuse(`member ${JSON.stringify(repeated)} is given twice`);
  const problem = problemsOf(shape, parsed.value)[0];
  if (problem !== undefined) return refuse(`${problem.path === "" ? "/" : problem.path}: ${problem.message}`);
  const trust = parsed.value as TrustFile; // the shape found nothing wrong
  const weak = weakKey(trust);
  if (weak !== null) return refuse(weak);
  const notes = noteKeys(trust);
  if (typeof notes === "string") return refuse(notes);
  return {
    ok: true,
    fingerprint,
    trust,
    keys: enrolledKeys(trust),
    authority: authorityKeys(trust).map(readKey),
    ...notes,
  };
}

/** What the kit's trust file trusts and the given one does not, as `member: value`; empty when nothing. */
export function addedTrust(kit: TrustFile, given: TrustFile): readonly string[] {
  const known = new Set(trustedThings(given));
  return trustedThings(kit).filter((thing) => !known.has(thing));
}

function trustedThings(trust: TrustFile): readonly string[] {
  // Position and head facts age; who is trusted does not, so only that is compared.
  const { authority, log, witnesses, bitcoin, keys } = trust;
  return [
    ...keys.map(({ publicKey, site, appliance }) => label("key", { publicKey, site, appliance })),
    ...authorityKeys({ authority }).map((publicKey) => label("authority", { publicKey })),
    ...(log === null ? [] : [label("log", { origin: log.origin, vkey: log.vkey })]),
    ...witnesses.map((witness) => label("witness", witness)),
    ...(bitcoin?.pins ?? []).map((pin) => label("pin", pin)),
  ];
}

function label(kind: string, value: unknown): string {
  return `${kind} ${canonicalJson(value)}`;
}

function weakKey(trust: TrustFile): string | null {
  const owners = new Map<string, string>();
  for (const { publicKey, appliance } of trust.keys) {
    if ((owners.get(publicKey) ?? appliance) !== appliance) return `key ${publicKey} has two owners`;
    owners.set(publicKey, appliance);
  }
  const authority = authorityKeys(trust);
  if (new Set(authority).size < authority.length) return "a key of the authority is given twice";
  for (const publicKey of new Set([...owners.keys(), ...authority])) {
    const fault = checkPublicKey(hexToBytes(publicKey));
    if (fault !== null) return `key ${publicKey}: ${fault}`;
  }
  return authority.some((publicKey) => owners.has(publicKey))
    ? "the authority's key is also an appliance's key"
    : null;
}

function enrolledKeys(trust: TrustFile): ReadonlyMap<Digest, EnrolledKey> {
  const byKey = Map.groupBy(trust.keys, ({ publicKey }) => publicKey);
  return new Map(
    [...byKey].map(([publicKey, periods]) => {
      const bytes = hexToBytes(publicKey);
      const keyid = keyidOf(bytes);
      return [keyid, { publicKey, appliance: periods[0]?.appliance ?? "", keyid, bytes, periods }];
    }),
  );
}

function authorityKeys({ authority }: Pick<TrustFile, "authority">): readonly string[] {
  return authority === null ? [] : [...authority.earlier, authority.publicKey];
}

function readKey(publicKey: string): AuthorityKey {
  const bytes = hexToBytes(publicKey);
  return { keyid: keyidOf(bytes), bytes };
}

/** The keys of log and witnesses, or what is wrong with one. */
function noteKeys({ log, witnesses }: TrustFile): Pick<ReadTrust, "log" | "witnesses"> | string {
  const keys: NoteKey[] = [];
  const named = [
    ...(log === null ? [] : [{ name: log.origin, vkey: log.vkey, type: NOTE_TYPES.ed25519 }]),
    ...witnesses.map(({ name: witness, vkey }) => ({ name: witness, vkey, type: NOTE_TYPES.cosignature })),
  ];
  for (const { name: owner, vkey, type } of named) {
    const read = readVerifierKey(vkey, type);
    if (!read.ok) return `vkey of ${owner}: ${read.message}`;
    if (read.value.name !== owner) return `vkey of ${owner}: its name is ${read.value.name}`;
    keys.push(read.value);
  }
  const [first = null, ...rest] = keys;
  return log === null ? { log: null, witnesses: keys } : { log: first, witnesses: rest };
}
