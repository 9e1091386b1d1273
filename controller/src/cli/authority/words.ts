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

type Details = {
  readonly [T in AuthorityEventDetail["type"]]: Extract<AuthorityEventDetail, { readonly type: T }>;
};

const words: { readonly [T in keyof Details]: (event: Details[T]) => string } = {
  enrol: ({ appliance, site, publicKey }) =>
    `appliance ${appliance} at site ${site} signs with key ${publicKey}`,
  revoke: (event) => `key ${event.keyid} is revoked (${event.reason}): ${describeTrust(event)}`,
  fork: ({ digests }) => `bundles ${digests.join(" and ")} have one place, and neither counts`,
  resolve: ({ chain, surviving, newEpoch }) =>
    `chain ${chain} goes on from bundle ${surviving} in epoch ${newEpoch}; other branches do not count`,
  tombstone: ({ digest, basis }) => `bundle ${digest} is erased for good (${basis}); its place stays`,
  rotate: ({ publicKey }) =>
    `the authority signs with key ${publicKey} from now on, and with this one nothing more`,
};

function describeEvent<T extends keyof Details>(event: Details[T] & { readonly type: T }): string {
  return words[event.type](event);
}

function describeTrust({ lastTrusted, compromisedAt }: Details["revoke"]): string {
  const good =
    lastTrusted === null
      ? "nothing that it signed counts"
      : `what it signed counts up to bundle ${lastTrusted}`;
  return compromisedAt === null
    ? good
    : `${good}, and what an anchor shows to be from before ${compromisedAt}`;
}
