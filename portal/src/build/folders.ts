import { join } from "node:path";

/** The package's own folder. */
export const PORTAL: string = join(import.meta.dirname, "../..");

/** The repository's folder. */
export const REPOSITORY: string = join(PORTAL, "..");

/** Where the built app is kept. */
export const DIST: string = join(PORTAL, "dist");

/** The digest of the sources that the app in {@link DIST} was built from. */
export const STAMP: string = join(DIST, "sources.sha256");
