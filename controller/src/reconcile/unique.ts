import type { LivePartner, SourceOutcome } from "./accept.ts";
import type { Finding } from "./conditions.ts";
import { claimsOf } from "./ownership.ts";

/**
 * The partners in force over all sources. Names, ULIDs and keys are unique over all of them: a partner of a later
 * source that brings one which an earlier source has is not in force.
 */
export function uniquePartners(outcomes: readonly Pick<SourceOutcome, "live">[]): {
  readonly partners: readonly LivePartner[];
  readonly findings: readonly Finding[];
} {
  const owners = new Map<string, string>();
  const partners: LivePartner[] = [];
  const findings: Finding[] = [];
  for (const partner of outcomes.flatMap(({ live }) => live)) {
    const identities = identitiesOf(partner);
    const taken = identities.find((identity) => (owners.get(identity) ?? partner.source) !== partner.source);
    if (taken === undefined) {
      for (const identity of identities) owners.set(identity, partner.source);
      partners.push(partner);
    } else {
      findings.push(takenFinding(partner, taken));
    }
  }
  return { partners, findings };
}

function takenFinding({ source, name, revision }: LivePartner, taken: string): Finding {
  return {
    subject: `partner/${source}/${name}`,
    state: "stalled",
    reason: "IDENTITY_TAKEN",
    detail: taken,
    revision,
  };
}

function identitiesOf(partner: LivePartner): readonly string[] {
  return [`partner ${partner.name}`, ...claimsOf(partner).map(({ identity }) => identity)];
}
