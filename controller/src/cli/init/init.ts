import { buildGraph, type Diagnostic, formatDiagnostic, loadTree } from "@compline/core";
import { mkdir, readdir, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { ulid } from "ulid";
import { count } from "../count.ts";
import { ExitCode } from "../exit-code.ts";
import { CliError } from "../failure.ts";
import { readLibrary } from "./library.ts";
import { type ProgramReference, readProgramReference } from "./program-reference.ts";
import { type NewFile, siteFiles } from "./sites.ts";
import { surroundings } from "./surroundings.ts";

/** The arguments of `compline init`. */
export interface InitOptions {
  readonly folder: string;
  readonly partner?: string;
  readonly site: string;
  /** The preset that the site follows, by name. */
  readonly preset?: string;
}

const root = join(import.meta.dirname, "..", "..", "..", "..");

/** Writes a partner repository into a new or empty folder. It validates and starts as it is. */
export async function init(options: InitOptions): Promise<ExitCode> {
  const folder = resolve(options.folder);
  const partner = checkName("partner", options.partner ?? nameOf(folder));
  const site = checkName("site", options.site);
  const preset = options.preset === undefined ? undefined : checkName("preset", options.preset);
  await refuseFilled(folder);
  const program = await readProgramReference(root);
  const files = await makeFiles({ folder, partner, site, preset }, program);
  refuseFaults(files);
  for (const file of files) await writeBelow(folder, file);
  process.stdout.write(describe({ folder, partner, site }, files.length, program));
  return ExitCode.clean;
}

interface Names {
  readonly folder: string;
  readonly partner: string;
  readonly site: string;
}

interface Plan extends Names {
  readonly preset: string | undefined;
}

async function makeFiles(
  { folder, partner, site, preset }: Plan,
  program: ProgramReference,
): Promise<NewFile[]> {
  const library = await readLibrary(root);
  const sites = siteFiles({ partner, site, preset, platform: thisPlatform(), newId: () => ulid() });
  return [...library, ...sites, ...surroundings(partner, basename(folder), program)];
}

function thisPlatform(): "linux" | "windows" | "macos" {
  if (process.platform === "win32") return "windows";
  return process.platform === "darwin" ? "macos" : "linux";
}

/** A name becomes a folder, so it is looked at before any path is made of it; the loader says what else is wrong. */
function checkName(flag: string, name: string): string {
  if (/^[a-z0-9-]{1,56}$/.test(name)) return name;
  const said = `--${flag} is a name of lower-case letters, digits and hyphens, at most 56`;
  throw new CliError("usage", `${said}; found ${JSON.stringify(name)}`);
}

/** The folder's name as a partner's name, or `partner` when there is nothing to take from it. */
function nameOf(folder: string): string {
  const words = basename(folder)
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== "");
  return words.join("-").slice(0, 40).replace(/-$/, "") || "partner";
}

/** An empty clone (nothing but `.git`) is as good as an empty folder. */
async function refuseFilled(folder: string): Promise<void> {
  const entries = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  if (entries.some((entry) => entry !== ".git"))
    throw new CliError("usage", `${folder} is not empty; name a folder that does not exist yet or is empty`);
}

/** Nothing is written that `compline validate` would refuse. */
function refuseFaults(files: readonly NewFile[]): void {
  const tree = loadTree(files);
  const all: Diagnostic[] = [...tree.diagnostics, ...buildGraph(tree.documents, tree.broken).diagnostics];
  const errors = all.filter(({ severity }) => severity === "error").map((fault) => formatDiagnostic(fault));
  if (errors.length > 0)
    throw new CliError("usage", `this would make a repository with faults:\n${errors.join("\n")}`);
}

async function writeBelow(folder: string, { path, text }: NewFile): Promise<void> {
  const file = join(folder, path);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text, { flag: "wx" });
}

function describe({ folder, partner, site }: Names, files: number, program: ProgramReference): string {
  const there = /^[\w./-]+$/.test(folder) ? folder : `'${folder.replaceAll("'", "'\\''")}'`;
  const known = program.repository !== null && program.revision !== null;
  const note = known
    ? ""
    : `
This checkout does not know where Compline is on GitHub: write it into .github/workflows/validate.yml before you push.
`;
  return `${folder}: ${count(files, "file")}, partner ${partner}, site ${site};
its host is this machine, with healing off
${note}
Next:
  git -C ${there} init -b main && git -C ${there} add . && git -C ${there} commit -m "A partner and its first site"
  npx compline validate --repo ${there}
  npx compline start --repo ${there}
`;
}
