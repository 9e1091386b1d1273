import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { constants, existsSync } from "node:fs";
import { access, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { layoutOf } from "../../start/layout.ts";
import { isPortFree } from "../../start/port.ts";
import { readStarted } from "../../start/start-file.ts";

/** What was seen of this machine; null is "not there". */
export interface Machine {
  readonly node: string;
  readonly npm: string | null;
  readonly git: string | null;
  readonly packages: "current" | "outdated" | "missing";
  readonly portalBuilt: boolean;
  readonly state: { readonly folder: string; readonly writable: boolean };
  readonly port: { readonly number: number; readonly free: boolean; readonly ownUrl: string | null };
  readonly hasProc: boolean;
  /** Milliseconds since 1970, as this machine's clock says. */
  readonly nowMs: number;
  readonly chromium: string | null;
}

/** Where to look. */
export interface DoctorPlace {
  readonly repo: string;
  readonly state: string | undefined;
  readonly port: number;
}

const root = join(import.meta.dirname, "..", "..", "..", "..");
const CHROMIUM = "/usr/bin/chromium";

/** Looks at this machine. Writes nothing; listens on the port for an instant to learn whether it is free. */
export async function readMachine({ repo, state, port }: DoctorPlace): Promise<Machine> {
  const layout = layoutOf(repo, state);
  const [npm, git, packages, writable, free] = await Promise.all([
    versionOf("npm"),
    versionOf("git"),
    readPackages(),
    isWritable(layout.state),
    isPortFree(port),
  ]);
  return {
    node: process.versions.node,
    npm,
    git,
    packages,
    portalBuilt: existsSync(join(root, "portal", "dist", "sources.sha256")),
    state: { folder: layout.state, writable },
    port: { number: port, free, ownUrl: readStarted(layout.startFile)?.url ?? null },
    hasProc: existsSync("/proc/self/cmdline"),
    nowMs: Date.now(),
    chromium: existsSync(CHROMIUM) ? CHROMIUM : null,
  };
}

/** The first number with a dot in it that a program says of itself, or null when it does not run. */
async function versionOf(program: string): Promise<string | null> {
  try {
    // On Windows npm is a script, which only a shell runs; the arguments are fixed.
    const options = { timeout: 20_000, shell: process.platform === "win32" };
    const { stdout } = await promisify(execFile)(program, ["--version"], options);
    return /\d+(?:\.\d+)+/.exec(stdout)?.[0] ?? null;
  } catch {
    return null; // not installed, or so broken that it is as good as not installed
  }
}

/** What `npm start` notes after it installed: the digest of the lock file. */
async function readPackages(): Promise<Machine["packages"]> {
  const modules = join(root, "node_modules");
  if (!existsSync(modules)) return "missing";
  const lock = await readFile(join(root, "package-lock.json"));
  const noted = await readFile(join(modules, ".compline-lock"), "utf8").catch(() => null);
  return noted === createHash("sha256").update(lock).digest("hex") ? "current" : "outdated";
}

/** A folder that is not there yet is writable when the nearest folder above it is. */
async function isWritable(folder: string): Promise<boolean> {
  let nearest = folder;
  while (!existsSync(nearest) && dirname(nearest) !== nearest) nearest = dirname(nearest);
  return await access(nearest, constants.W_OK | constants.X_OK).then(
    () => true,
    () => false,
  );
}
