import type { Snapshot } from "@compline/core";
import type { FleetEntry } from "./view/fleet-entry.ts";

declare global {
  namespace App {
    /** What every page is rendered from, and nothing else. */
    interface Locals {
      /** For a page of a site with that site only, for any other without sites. */
      readonly snapshot: Snapshot;
      /** What the pages about all sites tell of each; empty for a page of a site. */
      readonly fleet: readonly FleetEntry[];
      /** Whether a controller serves the pages, so that its API is beside them. */
      readonly isServed: boolean;
    }
  }
}
