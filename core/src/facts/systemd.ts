import type { Collected } from "./collected.ts";

/** Exists exactly where systemd runs as the first process; see sd_booted(3). */
const marker = "/run/systemd/system";

/** Whether systemd runs the host; null while that is not known yet. */
export function systemdRuns(collected: Collected): boolean | null {
  const row = collected.stat(marker);
  return row === null ? null : row.found;
}
