import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, relative } from "node:path";
import { canonicalBytes, type Observation, type Software } from "@compline/core/appliance";
import { nodeSha256 } from "./sha256.ts";

/** What a bundle says about the program that wrote it. */
export interface Provenance {
  readonly software: Software;
  /**
   * Recording is limited to what a check's `record` names, and outputs of runbooks go through patterns; that code is in core,
   * whose sources this digest is of.
   */
  readonly scrubber: Observation["scrubber"];
  readonly bootId: string;
}

/** Reads the sources of this program. The digest of a package is SHA-256 of JCS of its sorted `[path, sha256]`. */
export function readProvenance(): Provenance {
  const folder = join(import.meta.dirname, "..");
  const core = join(import.meta.dirname, "../../core");
  const version = readVersion();
  return {
    software: {
      name: "compline-agent",
      version,
      digest: digestOf([join(folder, "bin"), join(folder, "src"), join(core, "src")]),
    },
    scrubber: { version: versionOf(core), digest: digestOf([join(core, "src")]) },
    bootId: readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim(),
  };
}

/** The version of this program. */
export function readVersion(): string {
  return versionOf(join(import.meta.dirname, ".."));
}

function versionOf(folder: string): string {
  const content: unknown = createRequire(import.meta.url)(join(folder, "package.json"));
  if (typeof content === "object" && content !== null && "version" in content) return String(content.version);
  throw new Error("unreachable: a package of ours has no version");
}

function digestOf(folders: readonly string[]): string {
  const root = join(import.meta.dirname, "../..");
  const files = folders.flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && isProgram(entry.name))
      .map((entry) => join(entry.parentPath, entry.name)),
  );
  const rows = files.map((file): [string, string] => [relative(root, file), nodeSha256(readFileSync(file))]);
  return nodeSha256(canonicalBytes(rows.toSorted(([a], [b]) => (a < b ? -1 : 1))));
}

function isProgram(name: string): boolean {
  return /\.(?:ts|mjs)$/.test(name) && !/\.(?:test|bench)\.ts$/.test(name);
}
