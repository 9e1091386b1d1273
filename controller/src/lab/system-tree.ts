import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { lastLine, LabError, runProgram } from "./programs.ts";

/** A Debian release that machines can be made of. */
export interface Release {
  /** "12" */
  readonly version: string;
  readonly suite: string;
}

/** The releases that the library is for. */
export const releases: readonly Release[] = [
  { version: "12", suite: "bookworm" },
  { version: "13", suite: "trixie" },
];

/** What a small server has. */
const PACKAGES = ["apt", "systemd-sysv", "dbus", "openssh-server", "sudo", "cron", "procps", "iproute2"];

const LIMIT_MS = 600_000;

/**
 * Makes the files of a Debian system with some more packages; those that the release does not have are left out. Throws
 * LabError when the mirror does not have it.
 */
export async function buildSystem(
  folder: string,
  { suite }: Release,
  packages: readonly string[],
): Promise<void> {
  const include = [...new Set([...PACKAGES, ...packages])];
  const { code, stderr } = await runProgram(
    ["mmdebstrap", "--quiet", "--variant=essential", `--include=${include.join(",")}`, suite, folder],
    { limitMs: LIMIT_MS },
  );
  if (code === 0) return;
  const unknown = [...stderr.matchAll(/(?:locate package|Package '?)\s?([a-z0-9][a-z0-9+.-]*)/g)].map(
    ([, name]) => name,
  );
  const left = packages.filter((name) => !unknown.includes(name));
  if (existsSync(folder)) await rm(folder, { recursive: true });
  if (left.length < packages.length) return buildSystem(folder, { version: "", suite }, left);
  throw new LabError(`mmdebstrap could not make Debian ${suite}: ${lastLine(stderr)}`);
}
