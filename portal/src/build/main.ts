import { join } from "node:path";
import { parseArgs } from "node:util";
import { PortalError } from "../errors.ts";
import { DIST } from "./folders.ts";
import { builtFrom, prepare } from "./prepare.ts";
import { loadRender, makerFor } from "./make-sites.ts";
import { openSnapshot } from "./read.ts";
import { writePortal } from "./write.ts";

const USAGE = `Usage:
  node portal/bin/build.mjs --prepare                      build the pages' program, once
  node portal/bin/build.mjs --snapshot FILE --out DIR      write the site of a snapshot into DIR
                            --served                       a controller serves it: its pages may ask the API`;

/** Where the lines of a run go. */
export interface Output {
  readonly out: (line: string) => void;
  readonly err: (line: string) => void;
}

/** Runs the command; answers its exit code: 0 done, 2 wrong flags, 3 could not be done. */
export async function main(args: readonly string[], output: Output): Promise<number> {
  try {
    const flags = readFlags(args);
    if (flags.prepare) await prepare(output.out);
    else output.out(JSON.stringify(await buildSite(flags)));
    return 0;
  } catch (error) {
    output.err(describe(error));
    return error instanceof PortalError && error.code === "USAGE" ? 2 : 3;
  }
}

/** What a build came to: how many pages, how long it took, and the most memory that it held. */
export interface BuildFigures {
  readonly pages: number;
  readonly ms: number;
  readonly rssMb: number;
}

/** What to build from, where, and for whom. */
export interface SiteFlags {
  /** A file. */
  readonly snapshot: string;
  readonly out: string;
  /** Whether a controller serves the pages. */
  readonly served: boolean;
}

/** Writes the portal of a snapshot. */
export async function buildSite({ snapshot: file, out, served }: SiteFlags): Promise<BuildFigures> {
  const started = performance.now();
  if ((await builtFrom()) === null) {
    throw new PortalError(
      "NOT_PREPARED",
      "the portal is not built yet: run node portal/bin/build.mjs --prepare",
    );
  }
  const [snapshot, render] = await Promise.all([openSnapshot(file), loadRender(served)]);
  const makeSites = await makerFor(file, { render, isServed: served });
  const pages = await writePortal({ render, assets: join(DIST, "client"), snapshot, makeSites }, out);
  const { maxRSS } = process.resourceUsage(); // in KiB
  return { pages, ms: Math.round(performance.now() - started), rssMb: Math.round(maxRSS / 1024) };
}

function readFlags(args: readonly string[]): { prepare: true } | ({ prepare: false } & SiteFlags) {
  const { prepare: wanted, snapshot, out, served = false } = parse(args);
  if (wanted === true && snapshot === undefined && out === undefined && !served) return { prepare: true };
  if (wanted !== true && snapshot !== undefined && out !== undefined)
    return { prepare: false, snapshot, out, served };
  throw new PortalError("USAGE", USAGE);
}

function parse(args: readonly string[]): {
  prepare?: boolean;
  snapshot?: string;
  out?: string;
  served?: boolean;
} {
  try {
    const options = {
      prepare: { type: "boolean" },
      snapshot: { type: "string" },
      out: { type: "string" },
      served: { type: "boolean" },
    } as const;
    return parseArgs({ args: [...args], options, allowPositionals: false }).values;
  } catch (error) {
    throw new PortalError("USAGE", USAGE, { cause: error });
  }
}

/** One line, with the page's own error first; the stack of an unexpected one below. */
function describe(error: unknown): string {
  if (error instanceof PortalError) return error.message;
  return `the portal could not be built: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
}
