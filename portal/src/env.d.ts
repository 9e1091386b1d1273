import type { Snapshot } from "@compline/core";

declare global {
  namespace App {
    /** What every page is rendered from: the snapshot and nothing else. */
    interface Locals {
      readonly snapshot: Snapshot;
    }
  }
}
