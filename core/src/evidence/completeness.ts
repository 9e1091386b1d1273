import type { Bundle, ChainContext } from "./chain.ts";
import type { ChosenTrust } from "./choose-trust.ts";
import type { Findings } from "./finding.ts";
import { envelopePath, folderOf, type KitFiles } from "./kit-files.ts";
import { placeOf } from "./links.ts";
import type { EnrolledKey, ReadTrust, TrustFile } from "./trust.ts";

/** Judges a set that claims to be complete: the heads that the trust file knows, and chains that are absent. */
export function judgeCompleteness(
  { trust, keys }: Pick<ReadTrust, "trust" | "keys">,
  scope: ReadonlySet<string>,
  bundles: readonly Bundle[],
  { findings, decisions }: Pick<ChainContext, "findings" | "decisions">,
): void {
  const digests = new Set([...bundles.map(({ digest }) => digest), ...decisions.tombstones]);
  const chains = new Set(bundles.map((bundle) => placeOf(bundle).id));
  const expected = new Map(
    trust.keys.filter(({ site }) => scope.has(site)).map(({ appliance, site }) => [appliance, site]),
  );
  for (const { chain, epoch, seq, digest } of trust.heads) {
    const site = expected.get(chain);
    if (site === undefined || digests.has(digest)) continue;
    findings.add(
      "HEAD_MISSING",
      envelopePath(site, { id: chain, epoch, seq }),
      `the trust file knows ${digest} here`,
    );
  }
  for (const appliance of expected.keys()) {
    if (chains.has(appliance)) continue;
    const own = [...keys.values()].filter((key) => key.appliance === appliance);
    const isDisowned = own.every(({ keyid }) => decisions.disowned.has(keyid));
    const since = enrolmentOf(appliance, own, bundles);
    if (isDisowned) findings.add("NEVER_REPORTED", null, `appliance ${appliance}, enrolled ${since}`);
    else
      findings.add(
        "CHAIN_MISSING",
        null,
        `no valid bundle of appliance ${appliance} was given, enrolled ${since}`,
      );
  }
}

/** Since when an appliance could have signed, in words: by the authority's own word where there is one. */
function enrolmentOf(appliance: string, keys: readonly EnrolledKey[], bundles: readonly Bundle[]): string {
  for (const { predicate } of bundles) {
    if (predicate.kind !== "authority") continue;
    const { at, event } = predicate;
    if (event.type === "enrol" && event.appliance === appliance) return `at ${at}, as the authority says`;
  }
  const [first] = keys.flatMap(({ periods }) => periods.map(({ from }) => from)).toSorted((a, b) => a - b);
  return `from leaf ${first ?? 0} of the log on`;
}

/** The sites to expect: what the evidence says it covers and what it holds; all, when it says nothing. */
export function sitesToExpect(
  scope: ChosenTrust["scope"],
  trust: TrustFile,
  bundles: readonly Bundle[],
): ReadonlySet<string> {
  return new Set([...(scope ?? trust.sites), ...bundles.map(({ predicate }) => folderOf(predicate))]);
}

/** Says what this verifier does not look at, as far as it concerns the files. */
export function noteUncheckedSet(
  { assignments, policy }: Pick<KitFiles, "assignments" | "policy">,
  findings: Findings,
): void {
  if (assignments.length > 0) {
    findings.add(
      "ASSIGNMENT_SIGNATURE_NOT_CHECKED",
      null,
      "assignments were matched by digest, not against their publisher's signature",
    );
  }
  if (assignments.length > 0 && policy.length === 0) {
    findings.add("SLICE_NOT_DERIVED", null, "the reviewed files behind the assignments were not given");
  }
}
