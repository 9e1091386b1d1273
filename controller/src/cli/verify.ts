import {
  type CheckedKit,
  compareKits,
  EVIDENCE_TEXTS,
  type GivenKit,
  isZip,
  openKit,
  type Verification,
  verifyBundles,
  type VerifyInput,
} from "@compline/core/verify";
import { readdirSync, readFileSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { nodeEngine, nodeSha256 } from "../crypto.ts";
import { count } from "./count.ts";
import { ExitCode } from "./exit-code.ts";
import { CliError } from "./failure.ts";
import { createProgress } from "./progress.ts";
import { summaryOf } from "./verify-summary.ts";

/** The arguments of `compline verify`. */
export interface VerifyOptions {
  readonly paths: readonly string[];
  readonly trust?: string;
  readonly strict?: true;
  readonly output: "text" | "json";
}

/** A file or folder larger than this is not an export of ours; refused before it is read. */
const MAX_FILES = 200_000;

/** Verifies kits, exported folders or single envelopes, each by itself and against those before it. Asks no server. */
export async function verify(options: VerifyOptions): Promise<ExitCode> {
  const trust = options.trust === undefined ? null : await readTrustFile(options.trust);
  const progress = createProgress();
  const onProgress = (done: number, total: number): void =>
    progress.tell(`${done} of ${total} envelopes read`);
  const by = { trust, engine: nodeEngine(), sha256: nodeSha256, onProgress };
  const given: GivenKit[] = [];
  try {
    for (const path of options.paths) given.push(await verifyPath(path, by));
  } finally {
    progress.end();
  }
  const results = compareKits(given);
  process.stdout.write(`${print(results, options)}\n`);
  const failed = results.some(
    ({ outcome }) => outcome === "failed" || (outcome === "incomplete" && options.strict === true),
  );
  return failed ? ExitCode.unverified : ExitCode.clean;
}

async function verifyPath(
  path: string,
  by: Pick<VerifyInput, "trust" | "engine" | "sha256" | "onProgress">,
): Promise<GivenKit> {
  const isKit = await isFolder(path);
  if (isKit) {
    const files = readFiles(path);
    return { files, verification: await verifyBundles({ ...by, files, mode: "kit" }) };
  }
  const bytes = await readFile(path);
  if (isZip(bytes)) return await openKit(bytes, by);
  const files = [{ path, bytes }];
  return { files, verification: await verifyBundles({ ...by, files, mode: "bundles" }) };
}

/** One result as it is, several under their names, and at the end what they come to. */
function print(results: readonly Verification[], { paths, output }: VerifyOptions): string {
  const [only, ...more] = results;
  if (only !== undefined && more.length === 0)
    return output === "json" ? toJson(jsonOf(only)) : printText(only);
  const named = results.map((result, at) => ({ path: paths[at] ?? "", result }));
  if (output === "text")
    return [...named.map(({ path, result }) => `== ${path}\n\n${printText(result)}`), summaryOf(named)].join(
      "\n\n",
    );
  const kits = named.map(({ path, result }) => ({ path, ...jsonOf(result) }));
  return toJson({ schemaVersion: "1", kits });
}

async function isFolder(path: string): Promise<boolean> {
  const found = await stat(path).catch(() => null);
  if (found === null)
    throw new CliError(
      "usage",
      `${path} does not exist; pass a kit, a folder written by \`compline export\`, or one envelope`,
    );
  return found.isDirectory();
}

async function readTrustFile(path: string): Promise<Uint8Array> {
  return await readFile(path).catch((cause: unknown) => {
    throw new CliError("usage", `the trust file ${path} cannot be read`, { cause });
  });
}

/** One after the other and at once: nothing else waits here, and ten thousand small reads in flight cost twice as much. */
function readFiles(folder: string): { path: string; bytes: Uint8Array }[] {
  const paths: string[] = [];
  for (const path of pathsIn(folder, "")) {
    if (paths.length === MAX_FILES)
      throw new CliError("usage", `${folder} has over ${MAX_FILES} files; no more than these are read`);
    paths.push(path);
  }
  return paths.toSorted().map((path) => ({ path, bytes: readFileSync(join(folder, path)) }));
}

/** The files below a folder. No link is followed: it may lead out of the kit, or round in it. Put together by hand: `node:path` takes as long as reading them. */
function* pathsIn(folder: string, prefix: string): Generator<string> {
  for (const entry of readdirSync(join(folder, prefix), { withFileTypes: true })) {
    if (entry.isDirectory()) yield* pathsIn(folder, `${prefix}${entry.name}/`);
    else if (entry.isFile()) yield `${prefix}${entry.name}`;
  }
}

function jsonOf({ outcome, trust, checked, failures, unchecked, notes }: Verification): object {
  return { schemaVersion: "1", outcome, trust, checked, failures, unchecked, notes };
}

function toJson(value: object): string {
  return JSON.stringify(value, null, 2);
}

function printText(result: Verification): string {
  return [
    describeTrust(result.trust),
    "",
    SENTENCES[result.outcome],
    "",
    ...describeChecked(result),
    ...section(
      "Failures",
      result.failures.map(
        ({ code, file, message }) =>
          `${code} ${file ?? ""}\n    ${message}\n    ${EVIDENCE_TEXTS[code].explanation}`,
      ),
    ),
    ...section(
      "Could not be checked",
      result.unchecked.map(({ code, message }) => `${code}: ${message}`),
    ),
    ...section(
      "Worth knowing",
      result.notes.map(({ code, message }) => `${code}: ${message}`),
    ),
  ].join("\n");
}

const SENTENCES = {
  verified: "VERIFIED: everything that was checked is as it was signed.",
  failed: "FAILED: this evidence is not as it should be; see the failures.",
  incomplete:
    "INCOMPLETE: nothing that was checked failed, and something is missing or could not be checked.",
} as const;

function describeTrust({ fingerprint, source }: Verification["trust"]): string {
  return `Trust file ${fingerprint ?? "none"}\n  ${TRUST_SOURCES[source]}`;
}

const TRUST_SOURCES = {
  given: "the file you gave",
  kit: "from the evidence itself: trust given by this kit itself, not by you",
  none: "no trust file was given or found, so nobody says which keys may sign",
} as const;

function describeChecked({ checked }: Verification): string[] {
  const chains = checked.chains.map(
    ({ chain, from, to }) => `  chain ${chain} from ${from.epoch}-${from.seq} to ${to.epoch}-${to.seq}`,
  );
  const { kit, log, anchors, policy } = checked;
  return [
    ...(kit === null ? [] : kitLines(kit)),
    `Checked ${count(checked.bundles, "bundle")} and ${count(checked.assignments, "assignment")}`,
    ...(policy === null
      ? []
      : [
          `  ${count(policy.assignments, "assignment")} derived again from ${count(policy.files, "reviewed file")}`,
        ]),
    ...chains,
    ...(log === null
      ? []
      : [
          `  log ${log.origin}: ${log.logged} of them among ${count(log.leaves, "entry", "entries")}`,
          ...log.witnesses.map(
            ({ witness, size, time }) =>
              `  witness ${witness} saw the first ${size} of these, ${new Date(time * 1000).toISOString()}`,
          ),
        ]),
    ...anchors.map(
      ({ size, height, at }) => `  the first ${size} leaves existed by ${at} (Bitcoin block ${height})`,
    ),
  ];
}

function kitLines(kit: CheckedKit): string[] {
  return [
    `A kit of site ${kit.site}, ${kit.from} to ${kit.to}`,
    `  it calls the site ${JSON.stringify(kit.names.site)} of ${JSON.stringify(kit.names.partner)}: ${
      kit.namesReviewed ? "so do its reviewed files" : "labels, which no signature covers"
    }`,
    ...sampleLines(kit),
  ];
}

function sampleLines({ population, sample, seed }: CheckedKit): string[] {
  if (sample.length === 0) return [];
  const chosen = `${sample.length} of its ${count(population, "bundle")}, chosen by the seed ${JSON.stringify(seed)}`;
  return [`  look at these: ${chosen}`, ...sample.map((path) => `    ${path}`)];
}

function section(title: string, rows: readonly string[]): string[] {
  return rows.length === 0 ? [] : ["", `${title}:`, ...rows.map((row) => `  ${row}`)];
}
