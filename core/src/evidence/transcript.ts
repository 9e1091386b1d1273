import type { Sha256 } from "./digest.ts";
import { parseText } from "./envelope.ts";
import { canonicalBytes, isCanonical } from "./jcs.ts";
import { scrubOutput } from "./scrub.ts";
import {
  bool,
  closed,
  hex64,
  instant,
  integer,
  list,
  name,
  nullable,
  oneOf,
  problemsOf,
  text,
  token,
  ulid,
} from "./shape.ts";
import type { Attachment, Digest, Instant } from "./statement.ts";

/** The media type of a transcript, and its class among attachments. */
export const TRANSCRIPT_TYPE = "application/vnd.compline.heal-transcript+json";
export const TRANSCRIPT_CLASS = "heal-transcript";
/** A transcript has at most this many bytes. */
export const MAX_TRANSCRIPT_BYTES = 65_536;
/** The most characters of one output that are kept; the first of these with which all of it fits is taken. */
const OUTPUT_LIMITS = [4096, 1024, 256, 0];
/** How long a transcript is kept: the period of an audit, and a year to audit it. */
const KEPT_MS = 2 * 365 * 24 * 60 * 60 * 1000;

/** Something that a program wrote, scrubbed; `cut` when there was more. */
export interface TranscriptOutput {
  readonly text: string;
  readonly cut: boolean;
}

/** A program that a step ran. */
export interface TranscriptProgram {
  readonly argv: readonly string[];
  /** How it ended; null when it gave no status: it was not started, or ended from outside. */
  readonly status: number | null;
  readonly stdout: TranscriptOutput;
  readonly stderr: TranscriptOutput;
}

/** One step of a runbook as it went. Contents of files are never part of it. */
export interface TranscriptStep {
  /** The step's kind and what it is about, such as `setKey /etc/ssh/sshd_config`. */
  readonly step: string;
  /** Whether it took something back. */
  readonly undo: boolean;
  readonly outcome: "done" | "skipped" | "failed";
  /** Why it failed. */
  readonly error: string | null;
  readonly programs: readonly TranscriptProgram[];
}

/** What a heal did on a host, step by step: the attachment of the bundle whose heal has this host, check and start. */
export interface Transcript {
  readonly schema: "1";
  /** 32 random bytes, so that nobody can try out what erased bytes were. */
  readonly salt: string;
  readonly host: string;
  readonly check: string;
  readonly runbook: string;
  readonly startedAt: Instant;
  readonly steps: readonly TranscriptStep[];
  /** How many more steps there were than fit. */
  readonly stepsLeftOut: number;
}

const word = text(/^[^]{0,1024}$/u, "at most 1024 characters");
const output = closed({ text: text(/^[^]{0,8192}$/u, "at most 8192 characters"), cut: bool });
const program = closed({ argv: list(word, 1), status: nullable(integer()), stdout: output, stderr: output });
const step = closed({
  step: word,
  undo: bool,
  outcome: oneOf("done", "skipped", "failed"),
  error: nullable(token),
  programs: list(program),
});
const shape = closed({
  schema: oneOf("1"),
  salt: hex64,
  host: ulid,
  check: name,
  runbook: name,
  startedAt: instant,
  steps: list(step),
  stepsLeftOut: integer(0),
});

const decoder = new TextDecoder();

/** The beginning of what a program wrote, scrubbed. */
export function transcriptOutput(bytes: Uint8Array): TranscriptOutput {
  const room = 2 * (OUTPUT_LIMITS[0] ?? 0);
  const begun = decoder.decode(bytes.subarray(0, room));
  const isCut = bytes.length > room;
  // A word that is cut in two may be half a secret, which no pattern finds.
  return cutTo(
    { text: scrubOutput(isCut ? begun.replace(/\S+$/, "") : begun), cut: isCut },
    OUTPUT_LIMITS[0] ?? 0,
  );
}

/** Its bytes, canonical JSON: outputs are cut shorter until it fits, and then its last steps are left out. */
export function encodeTranscript(transcript: Omit<Transcript, "schema" | "stepsLeftOut">): Uint8Array {
  for (const limit of OUTPUT_LIMITS) {
    const bytes = encode({ ...transcript, steps: transcript.steps.map((one) => shortened(one, limit)) }, 0);
    if (bytes.length <= MAX_TRANSCRIPT_BYTES) return bytes;
  }
  const bare = transcript.steps.map((one) => shortened(one, 0));
  for (let count = bare.length; count >= 0; count--) {
    const bytes = encode({ ...transcript, steps: bare.slice(0, count) }, bare.length - count);
    if (bytes.length <= MAX_TRANSCRIPT_BYTES) return bytes;
  }
  throw new Error("unreachable: a transcript without steps is small");
}

/** Reads a transcript of unknown origin; null for anything that is not exactly one. */
export function readTranscript(bytes: Uint8Array): Transcript | null {
  const parsed = bytes.length > MAX_TRANSCRIPT_BYTES ? undefined : parseText(bytes);
  if (parsed === undefined || problemsOf(shape, parsed.value).length > 0 || !isCanonical(parsed)) return null;
  return parsed.value as Transcript; // the shape found nothing wrong
}

/** What a bundle says of a transcript of a heal that ended then (milliseconds since 1970). */
export function transcriptAttachment(bytes: Uint8Array, endedAt: number, sha256: Sha256): Attachment {
  const digest: Digest = sha256(bytes);
  const retainUntil = new Date(endedAt + KEPT_MS).toISOString();
  const what = { mediaType: TRANSCRIPT_TYPE, class: TRANSCRIPT_CLASS };
  return { ...what, digest, size: bytes.length, salted: true, retainUntil };
}

function encode(transcript: Omit<Transcript, "schema" | "stepsLeftOut">, stepsLeftOut: number): Uint8Array {
  return canonicalBytes({ ...transcript, schema: "1", stepsLeftOut });
}

function shortened(one: TranscriptStep, limit: number): TranscriptStep {
  const programs = one.programs.map((ran) => ({
    ...ran,
    stdout: cutTo(ran.stdout, limit),
    stderr: cutTo(ran.stderr, limit),
  }));
  return { ...one, programs };
}

function cutTo({ text: all, cut }: TranscriptOutput, limit: number): TranscriptOutput {
  return all.length <= limit ? { text: all, cut } : { text: all.slice(0, limit).toWellFormed(), cut: true };
}
