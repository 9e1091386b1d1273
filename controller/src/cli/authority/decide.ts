import { mkdir, rm } from "node:fs/promises";
import { dirname, join, relative, resolve } from "node:path";
import {
  type AuthorityEventDetail,
  buildAuthorityEvent,
  missingInFile,
  type SealedEnvelope,
  sealStatement,
} from "@compline/core";
import { decisionPath } from "../../authority/committed.ts";
import { openGit } from "../../source/git.ts";
import { ExitCode } from "../exit-code.ts";
import { CliError } from "../failure.ts";
import { writeNew } from "../write-new.ts";
import { type ChainEnd, endAtController, endInFolder, post } from "./chain-end.ts";
import { openAuthorityKey } from "./key.ts";
import { documentOf, readReviewed, resolveRevision, type ReviewedFile } from "./reviewed.ts";
import { describeDecision } from "./words.ts";

/** The flags that all decisions share. */
export interface DecideOptions {
  readonly key: string;
  readonly repo: string;
  readonly partner?: string;
  /** What was reviewed; what the controller has in force, or HEAD, when absent. */
  readonly revision?: string;
  readonly link?: string;
  readonly chain?: string;
  readonly out?: string;
}

/** Where a decision is made: whose, and at which revision. */
export interface DecisionPlace {
  readonly repo: string;
  readonly revision: string;
  /** The partner's name. */
  readonly name: string;
  readonly read: (path: string) => Promise<ReviewedFile>;
}

/** What is to be decided, and the reviewed file it carries out. */
export interface Draft {
  readonly event: AuthorityEventDetail;
  readonly file: ReviewedFile | null;
}

/**
 * Signs the next decision of a partner's authority and hands it to the controller, or writes it into a file. `draft`
 * says what is decided, from what was reviewed. Throws `CliError`.
 */
export async function decide(
  options: DecideOptions,
  draft: (place: DecisionPlace) => Promise<Draft>,
): Promise<ExitCode> {
  checkFlags(options);
  const key = await openAuthorityKey(options.key);
  const repo = resolve(options.repo);
  const { name, id } = await partnerAt(
    repo,
    await resolveRevision(repo, options.revision ?? "HEAD"),
    options.partner,
  );
  const end = await endOf(options, id);
  const revision = await resolveRevision(repo, options.revision ?? end.inForce?.revision ?? "HEAD");
  const { event, file } = await draft({
    repo,
    revision,
    name,
    read: (path) => readReviewed(repo, revision, path),
  });
  checkSigner(end, { event, keyid: key.keyid, path: options.key });
  if (file !== null) checkFile(file, event, name);
  const { head } = end;
  const statement = buildAuthorityEvent({
    partner: id,
    chain: { id, epoch: head?.epoch ?? 0, seq: head === null ? 0 : head.seq + 1, prev: head?.digest ?? null },
    at: new Date().toISOString(),
    file: file === null ? null : { revision, path: file.path, sha256: file.sha256 },
    event,
  });
  process.stdout.write(describeDecision(statement.predicate, { name, keyid: key.keyid }));
  const envelope = await sealStatement(statement, key);
  return await handOver({ envelope, path: decisionPath(name, statement.predicate.chain), options });
}

function checkFlags({ link, chain }: DecideOptions): void {
  if (link === undefined && chain === undefined)
    throw new CliError(
      "usage",
      "without --link (the controller's address), --chain <dir> says what the decision goes on from: the partner's decisions/ in git, the authority's envelopes of an export, or an empty folder for the first one",
    );
}

async function endOf({ link, chain }: DecideOptions, partner: string): Promise<ChainEnd> {
  if (chain !== undefined) return await endInFolder(chain, partner);
  return await endAtController(link ?? "", partner);
}

/** Reads what is committed, not what lies in the folder. */
async function partnerAt(
  repo: string,
  revision: string,
  wanted: string | undefined,
): Promise<{ readonly name: string; readonly id: string }> {
  const listed = await openGit(repo).raw(
    "ls-tree",
    "-r",
    "--name-only",
    "--full-tree",
    revision,
    "--",
    "sites",
  );
  const names = [...listed.matchAll(/^sites\/([^/\n]+)\/partner\.yaml$/gm)].map(([, name = ""]) => name);
  const name = wanted ?? (names.length === 1 ? names[0] : undefined);
  if (name === undefined || !names.includes(name))
    throw new CliError("usage", `--partner is one of the repository's: ${names.join(", ") || "it has none"}`);
  const file = await readReviewed(repo, revision, `sites/${name}/partner.yaml`);
  return { name, id: documentOf(file, "Partner").spec.id };
}

interface Signer {
  readonly event: AuthorityEventDetail;
  readonly keyid: string;
  readonly path: string;
}

function checkSigner({ inForce }: ChainEnd, { event, keyid, path }: Signer): void {
  if (inForce === null || inForce.keyid === keyid || event.type === "rotate") return;
  throw new CliError(
    "usage",
    `the key in ${path} (${keyid}) is not the one that the accepted partner.yaml pins (${inForce.keyid})`,
  );
}

function checkFile({ path, revision, text }: ReviewedFile, event: AuthorityEventDetail, name: string): void {
  if (!path.startsWith(`sites/${name}/`))
    throw new CliError("usage", `--file is a file of the partner, below sites/${name}/; found ${path}`);
  const missing = missingInFile(event, text);
  if (missing === null) return;
  throw new CliError(
    "usage",
    `${path} at ${revision.slice(0, 12)} does not name ${missing}. A decision counts when the reviewed file that it carries out names what is decided: write it there, have it reviewed and accepted, and sign then`,
  );
}

/** What was signed, and where it may be kept. */
interface Signed {
  readonly envelope: SealedEnvelope;
  /** The decision's file, from the repository's root. */
  readonly path: string;
  readonly options: DecideOptions;
}

/** Kept first: nobody else has a copy when the controller's store is lost. */
async function handOver({ envelope: { bytes, digest }, path, options }: Signed): Promise<ExitCode> {
  const { link } = options;
  const copy = await copyOf(options, path);
  if (copy === null && link === undefined)
    throw new CliError(
      "usage",
      `${options.repo} has no files: give --link <the controller's address>, --out <a new file>, or both`,
    );
  if (copy !== null) {
    await mkdir(dirname(copy), { recursive: true });
    await writeNew(copy, bytes);
    process.stdout.write(`signed: ${digest}, in ${copy}\n`);
  }
  if (link !== undefined) await handIn(link, { bytes, digest, copy });
  process.stdout.write(copy === null ? `${keptNowhere(path)}\n` : `${commitIt(copy, path)}\n`);
  return ExitCode.clean;
}

/** What is refused is no decision, and its place is the next one's. */
async function handIn(
  link: string,
  { bytes, digest, copy }: SealedEnvelope & { readonly copy: string | null },
): Promise<void> {
  const { status, text } = await post(link, bytes);
  if (status === "refused" && copy !== null) await rm(copy);
  if (status !== "accepted")
    throw new CliError("failed", `the controller did not take it as the next decision: ${status}. ${text}`);
  process.stdout.write(
    `kept by the controller: ${digest}\nWhether it counts: npx compline status says GIT_DISAGREES when git has it otherwise\n`,
  );
}

/** `--out`, else where the controller looks for decisions; null in a repository without files, such as a bare one. */
async function copyOf({ out, repo }: DecideOptions, path: string): Promise<string | null> {
  if (out !== undefined) return out;
  const git = openGit(resolve(repo));
  if ((await git.raw("rev-parse", "--is-inside-work-tree")).trim() !== "true") return null;
  const root = (await git.raw("rev-parse", "--show-toplevel")).trim();
  return relative(process.cwd(), join(root, path));
}

function commitIt(copy: string, path: string): string {
  const where = copy.endsWith(path) ? "it" : `it as ${path}`;
  return `Commit ${where}: from there the controller takes it in, also again when its store was set back.`;
}

function keptNowhere(path: string): string {
  return `Only the controller has it. With --out, and committed as ${path}, it would come back by itself when the store is set back.`;
}
