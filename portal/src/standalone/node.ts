import { hash, webcrypto } from "node:crypto";
import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { type Verification, webCryptoEngine } from "@compline/core";
import { type Judged, verifyKits } from "../verify/kits.ts";
import { kitsReportOf } from "../verify/kits-report.ts";
import { reportOf } from "../verify/report.ts";
import { printKits, printReport } from "./text.ts";

// The program of `verify.mjs`: one file that needs Node and nothing else. It reads the files that are named and asks no server.

const LEAST_NODE = 22;
const USAGE = `Verifies a kit of evidence on this machine; nothing is sent anywhere.

  node verify.mjs kit.zip [another.zip ...] [--trust trust.json] [--strict] [--json]

  Several kits are verified each by itself, and against those before it.

  --trust   the trust file to judge by, from somewhere else than the kit
  --strict  exit 4 also when something that should be there is not
  --json    the result as JSON

Needs Node ${LEAST_NODE} or newer. Exit codes: 0 nothing is wrong, 2 flags, 3 could not run, 4 verification failed.`;

process.exitCode = await main();

async function main(): Promise<number> {
  const [major = "0"] = process.versions.node.split(".");
  if (Number(major) < LEAST_NODE)
    return say(3, `verify.mjs needs Node ${LEAST_NODE} or newer; this is ${process.versions.node}`);
  const asked = readArguments();
  if (asked === null) return say(2, USAGE);
  try {
    return await verify(asked);
  } catch (error) {
    return say(3, error instanceof Error ? error.message : String(error));
  }
}

interface Asked {
  readonly kits: readonly string[];
  readonly trust: string | undefined;
  readonly strict: boolean;
  readonly json: boolean;
}

function readArguments(): Asked | null {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { trust: { type: "string" }, strict: { type: "boolean" }, json: { type: "boolean" } },
    });
    if (positionals.length === 0) return null;
    return {
      kits: positionals,
      trust: values.trust,
      strict: values.strict === true,
      json: values.json === true,
    };
  } catch {
    return null; // an unknown flag: the usage says which there are
  }
}

async function verify({ kits, trust, strict, json }: Asked): Promise<number> {
  const by = {
    trust: trust === undefined ? null : await readFile(trust),
    engine: webCryptoEngine(webcrypto.subtle),
    sha256: (bytes: Uint8Array) => hash("sha256", bytes, "hex"),
  };
  const named = kits.map((path) => ({ name: path, read: () => readFile(path) }));
  const judged = await verifyKits(named, by);
  process.stdout.write(`${json ? printJson(judged) : printText(judged)}\n`);
  return Math.max(...judged.map(({ verification }) => exitCode(verification, strict)));
}

/** One result as it is, several under their names. */
function printJson(judged: readonly Judged[]): string {
  const [first] = judged;
  const several = judged.map(({ name, verification }) => ({ path: name, ...verification }));
  return JSON.stringify(judged.length === 1 ? first?.verification : { kits: several }, null, 2);
}

function printText(judged: readonly Judged[]): string {
  const [only, ...others] = judged;
  if (only === undefined || others.length > 0) return printKits(kitsReportOf(judged, "node"));
  return printReport(reportOf(only.verification, { engine: "node", about: "files", ms: only.ms }));
}

function exitCode({ outcome }: Verification, strict: boolean): number {
  return outcome === "failed" || (outcome === "incomplete" && strict) ? 4 : 0;
}

function say(code: number, line: string): number {
  process.stderr.write(`${line}\n`);
  return code;
}
