import type { TrustFile } from "@compline/core";
import { IDS } from "./assignment.ts";

/** What a verifier takes as given who knows only these keys of an appliance, in hex. */
export function trustIn(appliance: string, publicKeys: readonly string[]): TrustFile {
  return {
    schemaVersion: "1",
    partner: IDS.partner,
    sites: [IDS.site],
    authority: null,
    log: null,
    witnesses: [],
    quorum: 0,
    bitcoin: null,
    heads: [],
    keys: publicKeys.map((publicKey) => ({ publicKey, site: IDS.site, appliance, from: 0, to: null })),
    revisions: [],
    assignments: [],
    exceptions: [],
  };
}
