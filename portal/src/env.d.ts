/** What every page is rendered from: the snapshot and nothing else. */
declare namespace App {
  interface Locals {
    readonly snapshot: import("@compline/core").Snapshot;
  }
}
