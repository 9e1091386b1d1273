import { decodeBase64, encodeBase64 } from "./base64.ts";
import type { FormCode } from "./codes.ts";
import { type Sha256, sha256Hex } from "./digest.ts";
import { parseText, preAuthEncoding } from "./envelope.ts";
import { type DeclaredLimits, type HealLimits, limitsOf } from "./heal-limits.ts";
import { canonicalBytes, isCanonical } from "./jcs.ts";
import {
  bool,
  closed,
  dictionary,
  hex64,
  instant,
  integer,
  list,
  name,
  nullable,
  oneOf,
  problemsOf,
  repositoryPath,
  revision,
  type Shape,
  text,
  tuple,
  ulid,
  withMembers,
} from "./shape.ts";
import type { Sign, SignatureItem } from "./signature.ts";
import { pairKey } from "./state.ts";
import type { Digest, Instant, TimeWindow } from "./statement.ts";

/** The DSSE payload type of an assignment. */
export const ASSIGNMENT_TYPE = "application/vnd.compline.assignment+json";

/** The members of an assignment that judge evidence; a file may hold more. */
export interface JudgedAssignment extends DeclaredLimits {
  readonly schemaVersion: "1";
  readonly site: string;
  readonly appliance: string;
  /** Never goes back along a chain. */
  readonly generation: number;
  readonly revision: string;
  readonly issuedAt: Instant;
  readonly healUntil: Instant;
  readonly slice: Digest;
  readonly files: readonly (readonly [path: string, sha256: Digest])[];
  readonly pairs: readonly (readonly [host: string, check: string])[];
  readonly checks: Readonly<Record<string, Digest>>;
  readonly runbooks: Readonly<Record<string, Digest>>;
  readonly healing: DeclaredLimits["healing"] & {
    /** Absent is false; when true nothing is healed, whatever the mode. */
    readonly killSwitch?: boolean;
    readonly windows: readonly TimeWindow[] | null;
  };
}

/** An assignment file as read; `pairKeys` are those of the state map, `limits` null when the file does not say them. */
export interface ReadAssignment {
  readonly ok: true;
  readonly digest: Digest;
  readonly assignment: JudgedAssignment;
  readonly limits: HealLimits | null;
  readonly pairKeys: ReadonlySet<string>;
}

/** Why a file is no assignment. */
export interface AssignmentRefusal {
  readonly ok: false;
  readonly code: FormCode | "WRONG_SLICE";
  readonly message: string;
}

const risk = oneOf("low", "medium", "high");
const duration = text(/^(?:0|[1-9][0-9]{0,4})[smhd]$/, "a length of time");
const platform = oneOf("linux", "windows", "macos");
const rule = withMembers({
  check: name,
  platforms: list(platform, 1),
  runbook: name,
  owner: name,
  cooldown: duration,
  maxAttempts: integer(1),
  window: duration,
});

const members: Readonly<Record<string, Shape>> = {
  schemaVersion: oneOf("1"),
  site: ulid,
  appliance: ulid,
  generation: integer(0),
  revision,
  issuedAt: instant,
  healUntil: instant,
  slice: hex64,
  files: list(tuple(repositoryPath, hex64)),
  pairs: list(tuple(ulid, name)),
  checks: dictionary(/./, hex64),
  runbooks: dictionary(/./, hex64),
  healing: withMembers(
    {
      mode: oneOf("off", "dry-run", "standard", "full"),
      windows: nullable(list(closed({ start: instant, end: instant }))),
    },
    { killSwitch: bool, riskCeiling: risk },
  ),
};

const shape = withMembers(members, {
  hosts: list(withMembers({ id: ulid, platform })),
  definitions: withMembers({
    rules: dictionary(/./, rule),
    runbooks: dictionary(/./, withMembers({ risk, disruptive: bool, reboot: bool })),
  }),
});

/** Reads an assignment file of unknown origin: canonical JSON with at least the members that judge evidence. */
export function readAssignment(
  bytes: Uint8Array,
  sha256: Sha256 = sha256Hex,
): ReadAssignment | AssignmentRefusal {
  const parsed = parseText(bytes);
  if (parsed === undefined) return refuse("NOT_JSON", "the assignment is not JSON in UTF-8");
  if (!isCanonical(parsed))
    return refuse("NOT_CANONICAL", "the assignment is not the canonical JSON of its content");
  const problem = problemsOf(shape, parsed.value)[0];
  if (problem !== undefined)
    return refuse("SCHEMA", `${problem.path === "" ? "/" : problem.path}: ${problem.message}`);
  const assignment = parsed.value as JudgedAssignment; // the shape found nothing wrong
  const pairKeys = new Set(assignment.pairs.map(([host, check]) => pairKey(host, check)));
  if (pairKeys.size < assignment.pairs.length)
    return refuse("SCHEMA", "/pairs: a host and check is assigned twice");
  if (sliceDigest(assignment.files, sha256) !== assignment.slice)
    return refuse("WRONG_SLICE", "slice is not the digest of files");
  return { ok: true, digest: sha256(bytes), assignment, limits: limitsOf(assignment), pairKeys };
}

/** The slice: SHA-256 of JCS of the files sorted by path. */
export function sliceDigest(files: JudgedAssignment["files"], sha256: Sha256 = sha256Hex): Digest {
  const sorted = files.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  return sha256(canonicalBytes(sorted));
}

/** Signs assignment bytes; answers the text of the `<digest>.sig` file beside it: base64 of the raw 64 bytes. */
export async function signAssignment(bytes: Uint8Array, sign: Sign): Promise<string> {
  return encodeBase64(await sign(preAuthEncoding(ASSIGNMENT_TYPE, bytes)));
}

/**
 * What the signature engine needs to judge the text of a `<digest>.sig` file, or undefined when the text is not
 * base64 of 64 bytes.
 */
export function assignmentSignatureItem(
  bytes: Uint8Array,
  signatureText: string,
  publicKey: Uint8Array,
): SignatureItem | undefined {
  const signature = decodeBase64(signatureText);
  if (signature?.length !== 64) return undefined;
  return { publicKey, message: preAuthEncoding(ASSIGNMENT_TYPE, bytes), signature };
}

function refuse(code: AssignmentRefusal["code"], message: string): AssignmentRefusal {
  return { ok: false, code, message };
}
