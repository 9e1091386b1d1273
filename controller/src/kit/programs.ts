import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { EvidenceFile } from "@compline/core";
import { ControllerError } from "../errors.ts";

/** Where the portal's set-up leaves the programs that verify a kit. */
const folder = join(import.meta.dirname, "..", "..", "..", "portal", "dist", "verifiers");

/**
 * `verify.html` and `verify.mjs`, one file each, as every kit carries them. Throws KIT_NOT_READY before the portal's
 * program is built.
 */
export async function readPrograms(): Promise<readonly EvidenceFile[]> {
  try {
    return await Promise.all(
      ["verify.html", "verify.mjs"].map(async (path) => ({
        path,
        bytes: await readFile(join(folder, path)),
      })),
    );
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
    throw new ControllerError(
      "KIT_NOT_READY",
      "the programs that verify a kit are not built yet: run node portal/bin/build.mjs --prepare",
      { cause: error },
    );
  }
}
