import { readFile } from "node:fs/promises";
import type { Snapshot } from "@compline/core";
import { PortalError } from "../errors.ts";

const DIGEST = /^[0-9a-f]{64}$/;
const NAME = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * Reads a snapshot file. The controller made it, so its shape is trusted once its version is known; but names and
 * digests become paths of files, so those are checked.
 * @throws PortalError SNAPSHOT_UNREADABLE, SNAPSHOT_VERSION or SNAPSHOT_NAME.
 */
export async function readSnapshot(path: string): Promise<Snapshot> {
  const value = parse(await read(path), path);
  const version =
    typeof value === "object" && value !== null && "schemaVersion" in value ? value.schemaVersion : null;
  if (version !== "1") {
    const found = version === null ? "none" : JSON.stringify(version);
    throw new PortalError("SNAPSHOT_VERSION", `${path}: expected snapshot schemaVersion "1", found ${found}`);
  }
  const snapshot = value as Snapshot; // core makes and versions this shape; version 1 is the one known here
  checkNames(snapshot);
  return snapshot;
}

function checkNames(snapshot: Snapshot): void {
  const sites = snapshot.sites;
  const names = [
    ...snapshot.checks.map((check) => check.name),
    ...snapshot.frameworks.map((framework) => framework.id),
    ...sites.flatMap((site) => [site.name, ...site.hosts.map((host) => host.name)]),
  ];
  const digests = [
    ...sites.flatMap((site) => site.bundles.map((bundle) => bundle.digest)),
    ...snapshot.assignments.map((assignment) => assignment.digest),
  ];
  const wrong = names.find((name) => !NAME.test(name)) ?? digests.find((digest) => !DIGEST.test(digest));
  if (wrong !== undefined) {
    throw new PortalError("SNAPSHOT_NAME", `${JSON.stringify(wrong)} cannot be part of an address`);
  }
}

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    throw new PortalError("SNAPSHOT_UNREADABLE", `cannot read the snapshot ${path}`, { cause: error });
  }
}

function parse(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new PortalError("SNAPSHOT_UNREADABLE", `${path} is not JSON`, { cause: error });
  }
}
