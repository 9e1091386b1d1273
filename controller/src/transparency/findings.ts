import type { LivePartner } from "../reconcile/accept.ts";
import type { Finding } from "../reconcile/conditions.ts";
import { logOriginOf } from "./log-view.ts";
import type { Stall } from "./signer.ts";

/** What keeps logs from being signed or watched, by their origins. */
export interface LogTroubles {
  readonly stalls: ReadonlyMap<string, Stall>;
  /** Of whose witnesses nothing can be read, and why. */
  readonly unread: ReadonlyMap<string, string>;
}

/** What is said of logs of partners in force: one finding for each, the graver one. */
export function findingsOfLogs(
  partners: readonly LivePartner[],
  { stalls, unread }: LogTroubles,
): readonly Finding[] {
  return partners.flatMap((partner): readonly Finding[] => {
    const origin = logOriginOf(partner);
    if (origin === null) return [];
    const of = { subject: `log/${partner.name}`, revision: partner.revision };
    const stall = stalls.get(origin);
    if (stall !== undefined)
      return [{ ...of, state: "stalled", reason: stall.code, detail: stallText(origin, stall) }];
    const why = unread.get(origin);
    if (why === undefined) return [];
    return [
      { ...of, state: "retrying", reason: "WITNESSES_UNREAD", detail: `${origin} cannot be read: ${why}` },
    ];
  });
}

/** What must be told anew when it changes. */
export function troublesKey({ stalls, unread }: LogTroubles): string {
  return [...[...stalls].map(([log, { code }]) => `${log} ${code}`), ...[...unread].flat()].join(" ");
}

function stallText(origin: string, { shown, kept }: Stall): string {
  return `${origin} was shown to others with ${shown} bundles, and ${kept} are kept here`;
}
