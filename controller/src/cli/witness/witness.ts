import {
  type Checkpoint,
  checkpointText,
  cosign,
  encodeNote,
  type FollowOn,
  judgeFollowOn,
  noteKeyId,
  readCheckpoint,
  type Views,
} from "@compline/core";
import { resolve } from "node:path";
import { nodeEngine } from "../../crypto.ts";
import { openGit } from "../../source/git.ts";
import { treeHash } from "../../transparency/prove.ts";
import { ExitCode } from "../exit-code.ts";
import { CliError } from "../failure.ts";
import { readDeclared } from "./declared.ts";
import { findWitness } from "./key.ts";
import { openLogSource } from "./log-source.ts";
import { WitnessRecords } from "./records.ts";

/** The flags of `compline witness`. */
export interface WitnessOptions {
  /** Address or folder of the log. */
  readonly log: string;
  readonly repo: string;
  readonly key: string;
  readonly partner?: string;
}

type Witness = Awaited<ReturnType<typeof findWitness>>;
type Refused = Extract<FollowOn, { readonly kind: "refused" }>;

/**
 * Compares a log's newest checkpoint with the last one that this witness cosigned; cosigns and commits it when it
 * follows on. Otherwise it signs nothing, keeps what contradicts itself, and answers that verification failed.
 */
export async function witness(options: WitnessOptions): Promise<ExitCode> {
  const repo = resolve(options.repo);
  const declared = await readDeclared(openGit(repo), options.partner);
  const found = await findWitness(options.key, declared.witnesses);
  const records = new WitnessRecords(repo, declared.partner, found.key);
  const last = await records.last();
  const source = openLogSource(options.log);
  const read = readCheckpoint(await source.checkpoint());
  if (!read.ok) throw new CliError("unverified", `the log's newest checkpoint is none: ${read.message}`);
  const views = { next: read.value, last };
  const { logKey } = declared;
  const ports = { logKey, engine: nodeEngine(), readTile: source.readTile, hash: treeHash };
  const judged = await judgeFollowOn(views, ports);
  if (judged.kind === "refused") return await refuse(judged, views, records);
  if (judged.kind === "follows") await records.keep(await cosigned(views, found), read.value.size);
  process.stdout.write(`${describe(views, found.key.name)}\n`);
  return ExitCode.clean;
}

/** The note as the log signed it, with our line in place of any that claims to be ours. */
async function cosigned({ next: { note } }: Views, { key, sign }: Witness): Promise<Uint8Array> {
  const others = note.signatures.filter(({ name, keyId }) => name !== key.name || keyId !== noteKeyId(key));
  const own = await cosign(note.text, { key, timeS: Math.floor(Date.now() / 1000), sign });
  return encodeNote({ text: note.text, signatures: [...others, own] });
}

function describe({ next, last }: Views, name: string): string {
  if (last === null) return `${name} cosigned ${next.size} leaves of ${next.origin}: the first it saw`;
  if (last.size === next.size) return `${next.origin} has not grown: ${next.size} leaves, cosigned before`;
  return `${name} cosigned ${next.size} leaves of ${next.origin}; they begin with the ${last.size} it saw before`;
}

/** What the log's key signed and contradicts what was seen is kept: nobody can deny it. */
async function refuse({ code, message }: Refused, views: Views, records: WitnessRecords): Promise<ExitCode> {
  const { next, last } = views;
  const isProof = code === "ROLLED_BACK" || code === "SPLIT_VIEW";
  const kept = isProof ? await records.keepRefused(code, next, encodeNote(next.note)) : null;
  process.stderr.write(`compline: REFUSED (${code}): ${message}. Nothing was cosigned.
${last === null ? "" : shown("cosigned last", last)}${shown("shown now", next)}${
  kept === null ? "" : `\nIt is committed as ${kept}. Ask whoever runs the log; do not remove either file.\n`
}`);
  return ExitCode.unverified;
}

function shown(title: string, checkpoint: Checkpoint): string {
  const lines = checkpointText(checkpoint).trimEnd().split("\n");
  return `\n${title}:\n${lines.map((line) => `  ${line}\n`).join("")}`;
}
