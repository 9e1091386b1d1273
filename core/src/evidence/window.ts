import type { Instant, TimeWindow } from "./statement.ts";

/** Whether an instant lies in one of the windows: a start belongs to its window, an end does not. Null is any time. */
export function isInWindow(windows: readonly TimeWindow[] | null, at: Instant): boolean {
  return windows?.some(({ start, end }) => start <= at && at < end) ?? true;
}
