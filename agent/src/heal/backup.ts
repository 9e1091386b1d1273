import { mkdirSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { HostError } from "../errors.ts";
import { errnoOf } from "../transports/host-files.ts";
import { writeDurably } from "../state/durable-file.ts";

/** What a file was before a heal touched it. `content` is null when only the mode was to be changed. */
export interface Backup {
  readonly host: string;
  readonly path: string;
  readonly existed: boolean;
  /** Permission bits, null when the file did not exist. */
  readonly mode: number | null;
  /** Base64 of the exact bytes. */
  readonly content: string | null;
}

/** The backups of one heal, beside the agent's state and never in the tree that is healed. */
export interface Backups {
  /** Durable when it returns. Only the first state of a path is kept, except that content joins a mode. */
  keep(backup: Backup): void;
  of(path: string): Backup | null;
  all(): readonly Backup[];
  discard(): void;
}

/** The backups of attempt `id` in a state folder; reads what an earlier process kept. */
export function openBackups(folder: string, id: number): Backups {
  const directory = join(folder, "backups", String(id));
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const kept = new Map(readdirSync(directory).flatMap((name) => readBackup(join(directory, name))));
  return {
    keep(backup) {
      const before = kept.get(backup.path);
      if (before !== undefined && (before.backup.content !== null || backup.content === null)) return;
      const file = before?.file ?? join(directory, `${kept.size}.json`);
      // The mode of the first touch stands: a step before may have changed it already.
      const merged = before === undefined ? backup : { ...backup, mode: before.backup.mode };
      write(file, merged);
      kept.set(backup.path, { file, backup: merged });
    },
    of: (path) => kept.get(path)?.backup ?? null,
    all: () => [...kept.values()].map(({ backup }) => backup),
    discard: () => rmSync(directory, { recursive: true, force: true }),
  };
}

/** Without a backup nothing is changed on the host, so a disk without space fails the heal, not the process. */
function write(file: string, backup: Backup): void {
  try {
    writeDurably(file, Buffer.from(JSON.stringify(backup)));
  } catch (error) {
    if (errnoOf(error) === "ENOSPC") throw new HostError("IO_FAILED", { cause: error });
    throw error;
  }
}

/** Attempts that left backups: those a crash cut short. */
export function leftBackups(folder: string): readonly number[] {
  const directory = join(folder, "backups");
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  return readdirSync(directory).map(Number).filter(Number.isSafeInteger);
}

function readBackup(file: string): readonly [string, { file: string; backup: Backup }][] {
  if (!file.endsWith(".json")) return []; // a write that was cut short
  const backup = JSON.parse(readFileSync(file, "utf8")) as Backup; // written by `keep`, and only whole
  return [[backup.path, { file, backup }]];
}
