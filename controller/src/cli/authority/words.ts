import type { AuthorityEvent, AuthorityEventDetail } from "@compline/core";

/** What is about to be signed, in words. */
export function describeDecision(
  { partner, chain, file, event }: AuthorityEvent,
  { name, keyid }: { readonly name: string; readonly keyid: string },
): string {
  const before = chain.prev === null ? "the first of its chain" : `after ${chain.prev}`;
  const carries =
    file === null
      ? "no file"
      : `${file.path} at revision ${file.revision}\n            (sha256 ${file.sha256})`;
  return `partner     ${name} (${partner})
decides     ${describeEvent(event)}
carries out ${carries}
place       ${chain.epoch}-${chain.seq}, ${before}
signed by   ${keyid}
`;
}

function describeEvent(event: AuthorityEventDetail): string {
  switch (event.type) {
    case "enrol":
      return `appliance ${event.appliance} at site ${event.site} signs with key ${event.publicKey}`;
    case "revoke":
      return `key ${event.keyid} is revoked (${event.reason}): ${describeTrust(event)}`;
    case "fork":
      return `bundles ${event.digests.join(" and ")} have one place, and neither counts`;
    case "resolve":
      return `chain ${event.chain} goes on from bundle ${event.surviving} in epoch ${event.newEpoch}; other branches do not count`;
    case "tombstone":
      return `bundle ${event.digest} is erased for good (${event.basis}); its place stays`;
    case "rotate":
      return `the authority signs with key ${event.publicKey} from now on, and with this one nothing more`;
  }
}

function describeTrust({
  lastTrusted,
  compromisedAt,
}: Extract<AuthorityEventDetail, { readonly type: "revoke" }>): string {
  const good =
    lastTrusted === null
      ? "nothing that it signed counts"
      : `what it signed counts up to bundle ${lastTrusted}`;
  return compromisedAt === null
    ? good
    : `${good}, and what an anchor shows to be from before ${compromisedAt}`;
}
