import type { LogView } from "./judge-log.ts";
import type { Digest } from "./statement.ts";
import { isWithin, type TrustFile } from "./trust.ts";

/**
 * Whether a bundle that was not given is known to be none of these sites: a leaf that a checkpoint covers, of a time in
 * which the trust file gives the appliance no key here. An appliance that moved signed on in the same chain.
 */
export type MadeElsewhere = (digest: Digest | null, appliance: string) => boolean;

/** What the log and the periods of keys at these sites tell of it; nothing without a log. */
export function elsewhereBy(
  log: LogView | null,
  { keys }: Pick<TrustFile, "keys">,
  sites: ReadonlySet<string>,
): MadeElsewhere {
  const here = keys.filter(({ site }) => sites.has(site));
  return (digest, appliance) => {
    const leaf = digest === null ? undefined : log?.leaves.indexOf.get(digest);
    if (log === null || leaf === undefined || leaf >= log.checked.newest.size) return false;
    return !here.some((key) => key.appliance === appliance && isWithin(key, leaf));
  };
}
