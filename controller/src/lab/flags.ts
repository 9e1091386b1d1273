import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { type Release, releases } from "./system-tree.ts";

/** The flags of `npm run lab`. */
export interface LabFlags {
  readonly help: boolean;
  /** Names of drills or of checks; all drills when empty. */
  readonly only: readonly string[];
  /** An absolute path. */
  readonly report: string;
  readonly releases: readonly Release[];
  /** The folder with the policies and runbooks to try: an absolute path; null is this checkout. */
  readonly library: string | null;
}

/** What `--help` prints. */
export const HELP = `npm run lab -- [--only NAME...] [--report FILE] [--library DIR] [--hosts 12,13]

Builds Debian systems, boots them as machines with their own network and sshd, starts the product on
them, and runs every drill: break it for real, see the check fail, let the agent heal it, see it pass.
Needs root, and Debian's mmdebstrap and systemd-container, which are installed when they are missing.
A system takes a minute and 300 MB of memory. All of it is gone when this ends, also by Ctrl-C.

  --only NAME...   only these drills, named by themselves or by their check
  --report FILE    where the report is written (default: lab-report.json)
  --library DIR    the policies and runbooks to try (default: those of this checkout)
  --hosts 12,13    Debian releases (default: both); one the mirror does not have is not run

Exit codes: 0 no drill failed, 1 some did, 2 flags, 3 could not run.

Examples:
  npm run lab
  npm run lab -- --only sshd-root-login journald-persistent-storage --hosts 12
  npm run lab -- --report runbooks/lab-report.json    # the report that the portal shows, to be reviewed
`;

/** Reads the flags. Throws TypeError with what was expected and found. */
export function readFlags(argv: readonly string[]): LabFlags {
  const { values, positionals } = parseArgs({
    args: [...argv],
    options: {
      help: { type: "boolean", default: false },
      only: { type: "string", multiple: true, default: [] },
      report: { type: "string", default: "lab-report.json" },
      library: { type: "string" },
      hosts: { type: "string", default: releases.map(({ version }) => version).join(",") },
    },
    allowPositionals: true,
  });
  if (positionals.length > 0 && values.only.length === 0)
    throw new TypeError(`expected flags; found ${positionals.join(" ")} (names follow --only)`);
  return {
    help: values.help,
    only: [...values.only, ...positionals],
    report: resolve(values.report),
    releases: readReleases(values.hosts),
    library: values.library === undefined ? null : resolve(values.library),
  };
}

function readReleases(text: string): readonly Release[] {
  return [...new Set(text.split(","))].map((name) => {
    const release = releases.find(({ version }) => version === name.trim());
    if (release !== undefined) return release;
    const known = releases.map(({ version }) => version).join(", ");
    throw new TypeError(`--hosts: expected Debian releases out of ${known}; found ${JSON.stringify(name)}`);
  });
}
