import type { LogStore } from "../store/contract.ts";

/** How many leaves the log had at a position of the store; null without a log. */
export type SizeAt = (position: number) => Promise<number | null>;

/** Asked again and again for few positions. */
export function sizesOf(log: string | null, store: LogStore): SizeAt {
  const known = new Map<number, Promise<number | null>>();
  return (position) => {
    const size =
      known.get(position) ?? (log === null ? Promise.resolve(null) : store.logSizeAt(log, position));
    known.set(position, size);
    return size;
  };
}
