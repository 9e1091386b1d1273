import {
  type TrustFile,
  encodeTrust,
  envelopePath,
  isObservation,
  readEnvelope,
  readTrust,
  type SiteView,
  type Snapshot,
} from "@compline/core";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { nodeSha256 } from "../crypto.ts";
import { openOffline } from "../reconcile/offline.ts";
import { layoutOf } from "../start/layout.ts";
import type { Store } from "../store/contract.ts";
import { count } from "./count.ts";
import { ExitCode } from "./exit-code.ts";
import { CliError } from "./failure.ts";

/** The flags of `compline export`. */
export interface ExportOptions {
  readonly repo: string;
  readonly state: string | undefined;
  readonly site: string;
  readonly out: string;
}

/** Rows that are read from the store at once. */
const PAGE = 500;

/** One file of an export: a path below its folder, and exact bytes. */
interface ExportFile {
  readonly path: string;
  readonly bytes: Uint8Array | string;
}

/** Writes all evidence of a site: every envelope, every assignment that one names, and a trust file. */
export async function exportSite(options: ExportOptions): Promise<ExitCode> {
  const out = resolve(options.out);
  await refuseFilled(out);
  const offline = await openOffline(layoutOf(resolve(options.repo), options.state).controller, Date.now);
  try {
    const snapshot = await offline.snapshot();
    const site = findSite(snapshot, options.site);
    const envelopes = await readEnvelopes(offline.store, site);
    const assignments = await readAssignments(offline.store, envelopes);
    const trust = { path: "trust.json", bytes: encodeTrust(siteTrust(trustOf(snapshot), site.id)) };
    for (const file of [...envelopes, ...assignments, trust]) await writeBelow(out, file);
    process.stdout.write(
      `${count(envelopes.length, "envelope")} and ${count(assignments.length / 2, "assignment")} of ${site.displayName} in ${out}\n`,
    );
    process.stdout.write(`Verify them with: npx compline verify ${options.out}\n`);
    return ExitCode.clean;
  } finally {
    await offline.close();
  }
}

async function refuseFilled(out: string): Promise<void> {
  const entries = await readdir(out).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  if (entries.length > 0)
    throw new CliError(
      "usage",
      `${out} is not empty; name a new folder, so that nothing old is mixed with what is exported`,
    );
}

function findSite(snapshot: Snapshot | null, name: string): SiteView {
  const sites = snapshot?.sites ?? [];
  const site = sites.find((one) => one.name === name);
  if (site !== undefined) return site;
  const known =
    sites.length === 0
      ? "nothing was accepted yet; run `npm start` first"
      : `there are ${sites.map((one) => one.name).join(", ")}`;
  throw new CliError("usage", `no site is called ${JSON.stringify(name)}: ${known}`);
}

async function readEnvelopes(store: Store, site: SiteView): Promise<ExportFile[]> {
  const chains = site.appliances.flatMap(({ id }) => (id === null ? [] : [id]));
  const files = await Promise.all(chains.map((chain) => readChain(store, site.id, chain)));
  return files.flat();
}

async function readChain(store: Store, site: string, chain: string): Promise<ExportFile[]> {
  const files: ExportFile[] = [];
  let from = { epoch: 0, seq: 0 };
  for (;;) {
    const rows = await store.chainRange({ chain, from, limit: PAGE });
    for (const { epoch, seq, bytes } of rows)
      files.push({ path: envelopePath(site, { id: chain, epoch, seq }), bytes });
    const last = rows.at(-1);
    if (last === undefined || rows.length < PAGE) return files;
    from = { epoch: last.epoch, seq: last.seq + 1 };
  }
}

async function readAssignments(store: Store, envelopes: readonly ExportFile[]): Promise<ExportFile[]> {
  const digests = new Set(envelopes.flatMap(({ bytes }) => assignmentOf(bytes)));
  const found = await Promise.all([...digests].toSorted().map((digest) => store.assignment(digest)));
  return found.flatMap((one) =>
    one === null
      ? []
      : [
          { path: `assignments/${one.digest}.json`, bytes: one.bytes },
          { path: `assignments/${one.digest}.sig`, bytes: Buffer.from(one.signature).toString("base64") },
        ],
  );
}

function assignmentOf(bytes: Uint8Array | string): string[] {
  const read = typeof bytes === "string" ? null : readEnvelope(bytes, nodeSha256);
  if (read === null || !read.ok || !isObservation(read.statement.predicate)) return [];
  return [read.statement.predicate.policy.assignment];
}

function trustOf(snapshot: Snapshot | null): TrustFile {
  const read = readTrust(new TextEncoder().encode(snapshot?.trust ?? ""));
  if (!read.ok) throw new Error(`unreachable: our own trust file cannot be read (${read.message})`);
  return read.trust;
}

/** Only what concerns one site: an auditor of one clinic learns nothing of the next. */
function siteTrust(trust: TrustFile, site: string): TrustFile {
  const keys = trust.keys.filter((key) => key.site === site);
  const chains = new Set(keys.map((key) => key.appliance));
  return {
    ...trust,
    sites: [site],
    keys,
    heads: trust.heads.filter(({ chain }) => chains.has(chain)),
    assignments: trust.assignments.filter((assignment) => assignment.site === site),
    exceptions: trust.exceptions.filter((exception) => exception.site === site),
  };
}

async function writeBelow(out: string, { path, bytes }: ExportFile): Promise<void> {
  const file = join(out, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, bytes);
}
