import { randomUUID } from "node:crypto";
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { DIST, PORTAL, STAMP } from "./folders.ts";
import { digestSources } from "./sources.ts";
import { buildVerifiers } from "./verifiers.ts";

/**
 * Builds the app into `dist` unless the one there is of the same sources. Says so only when it builds.
 * The new app is built beside the old one and renamed into place, so that a stopped build leaves the old one whole.
 */
export async function prepare(say: (line: string) => void): Promise<void> {
  const wanted = await digestSources();
  if ((await builtFrom()) === wanted) return;
  const started = performance.now();
  const fresh = join(PORTAL, `dist.${randomUUID()}`);
  try {
    await buildApp(fresh);
    await buildVerifiers(join(fresh, "verifiers"));
    await writeFile(join(fresh, "sources.sha256"), wanted);
    await takePlace(fresh, wanted);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  say(`Building the portal (once) ... ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

/** Two may build at once: of the same sources, so whichever comes first will do. */
async function takePlace(fresh: string, wanted: string): Promise<void> {
  await rm(DIST, { recursive: true, force: true });
  await rename(fresh, DIST).catch(async (error: unknown) => {
    if ((await builtFrom()) !== wanted) throw error;
  });
}

/** The digest of the sources of the app that is built, or null when none is. */
export async function builtFrom(): Promise<string | null> {
  try {
    return await readFile(STAMP, "utf8");
  } catch {
    return null; // nothing built yet: the one thing that a missing stamp means
  }
}

async function buildApp(outDir: string): Promise<void> {
  process.env["ASTRO_TELEMETRY_DISABLED"] = "1"; // read by astro when it is imported, so before it is
  const { build } = await import("astro");
  await build({ root: PORTAL, outDir, logLevel: "error" });
}
