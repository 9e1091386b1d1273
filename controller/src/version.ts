import { readFileSync } from "node:fs";

interface Manifest {
  readonly version: string;
}

// The package manifest is ours, written by us; its shape is not checked again.
const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as Manifest;

/** The version of this checkout; one version for all packages. */
export const version: string = manifest.version;
