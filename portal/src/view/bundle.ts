import type { BundleView, HealRecord, ObservationResult, SiteView, Snapshot, Verdict } from "@compline/core";
import { decodeBase64 } from "@compline/core";
import { BUNDLE_KINDS, ERROR_CLASSES, EVENTS, REASONS, textFor } from "../content/texts.ts";
import { namedHosts, type Span, spanOfInstants } from "./evidence.ts";
import { outcomeText } from "./heals.ts";
import { checkTitle, hostOf } from "./lookup.ts";
import { type ObservedValue, observedValues } from "./observed.ts";
import type { Link } from "./results.ts";
import { plural } from "./score.ts";
import { type HealTranscript, healTranscripts } from "./transcripts.ts";
import { bundleUrl, checkUrl, hostUrl } from "./urls.ts";

/** What a bundle says it saw of a check on one host, or on several of which it says the same. */
export interface BundleResult {
  readonly verdict: Verdict;
  readonly hosts: readonly Link[];
  readonly check: Link;
  readonly reason: string | null;
  readonly observed: readonly ObservedValue[];
  readonly since: Span;
}

/** One heal that a bundle records. */
export interface BundleHeal {
  readonly host: Link;
  readonly check: Link;
  readonly before: Verdict;
  readonly after: Verdict | null;
  readonly outcome: string;
  readonly runbook: string;
  readonly runbookDigest: string | null;
  readonly errorClass: string | null;
  readonly skipped: readonly string[];
  readonly startedAt: string;
  readonly endedAt: string;
}

/** The page of one bundle. */
export interface BundlePage {
  readonly site: SiteView;
  readonly bundle: BundleView;
  readonly kind: string;
  readonly kindMeaning: string;
  readonly place: string;
  /** The bundle before it: its page when it has one, else only its digest; null at the start of the chain. */
  readonly previous: { readonly digest: string; readonly url: string | null } | null;
  readonly next: string | null;
  /** What is not as usual about its place and its time, in sentences. */
  readonly remarks: readonly string[];
  /** What it holds, in a sentence. */
  readonly holds: string;
  readonly results: readonly BundleResult[];
  readonly heals: readonly BundleHeal[];
  readonly transcripts: readonly HealTranscript[];
  /** The signed statement, decoded and indented for reading; null for one that is too long for a page. */
  readonly statement: string | null;
  readonly hasAssignment: boolean;
}

/** An envelope of more characters is not repeated on its page: nobody reads it there, and the file is one click away. */
const LONGEST_SHOWN = 64 * 1024;

/** The page of the bundle with this digest. */
export function bundlePage(snapshot: Snapshot, digest: string | undefined): BundlePage {
  for (const site of snapshot.sites) {
    const bundle = site.bundles.find((candidate) => candidate.digest === digest);
    if (bundle !== undefined) return pageOf(snapshot, site, bundle);
  }
  throw new Error(`unreachable: no bundle ${digest} in the snapshot`);
}

function pageOf(snapshot: Snapshot, site: SiteView, bundle: BundleView): BundlePage {
  const kind = BUNDLE_KINDS[bundle.kind];
  const heals = bundle.heals.map((heal) => healOf(snapshot, site, heal));
  return {
    site,
    bundle,
    kind: kind?.word ?? bundle.kind,
    kindMeaning: kind?.meaning ?? "",
    place: `epoch ${bundle.chain.epoch}, number ${bundle.chain.seq}`,
    previous: previousOf(site, bundle),
    next: site.bundles.find(({ chain }) => chain.prev === bundle.digest)?.digest ?? null,
    remarks: remarksOf(bundle),
    holds: holdsText(bundle),
    results: resultsOf(snapshot, site, bundle.results),
    heals,
    transcripts: healTranscripts(bundle, heals),
    statement: bundle.envelope.length > LONGEST_SHOWN ? null : statementText(bundle.envelope),
    hasAssignment: snapshot.assignments.some((assignment) => assignment.digest === bundle.assignment),
  };
}

function previousOf(site: SiteView, bundle: BundleView): BundlePage["previous"] {
  const digest = bundle.chain.prev;
  if (digest === null) return null;
  return { digest, url: site.bundles.some((other) => other.digest === digest) ? bundleUrl(digest) : null };
}

function remarksOf({ late, contested }: BundleView): readonly string[] {
  return [
    ...(contested
      ? [
          "Contested: another bundle with a good signature has this place or one before it, so the chain is forked and this counts for nothing.",
        ]
      : []),
    ...(late ? ["Late: it was received over 26 hours after the time it covers."] : []),
  ];
}

function holdsText(bundle: BundleView): string {
  if (bundle.event !== null) return `${textFor(EVENTS, bundle.event)} It changes no verdict.`;
  const { results, heals } = bundle;
  if (results.length + heals.length === 0) return "Nothing changed: it shows that the appliance was at work.";
  const parts = [
    ...(results.length > 0 ? [plural(results.length, "result")] : []),
    ...(heals.length > 0 ? [plural(heals.length, "heal")] : []),
  ];
  return `${parts.join(" and ")}.`;
}

function resultsOf(
  snapshot: Snapshot,
  site: SiteView,
  results: readonly ObservationResult[],
): readonly BundleResult[] {
  const groups = Map.groupBy(results, ({ check, verdict, reason, observed }) =>
    JSON.stringify([check, verdict, reason, observed]),
  );
  return [...groups.values()].flatMap((rows) => {
    const [first] = rows;
    if (first === undefined) return [];
    const hosts = rows.map((row) => placeOf(snapshot, site, row).host);
    return {
      verdict: first.verdict,
      hosts: namedHosts(site, hosts),
      check: placeOf(snapshot, site, first).check,
      reason: first.reason === null ? null : textFor(REASONS, first.reason),
      observed: observedValues(first.observed),
      since: spanOfInstants(rows.map(({ since }) => since)),
    };
  });
}

function healOf(snapshot: Snapshot, site: SiteView, heal: HealRecord): BundleHeal {
  return {
    ...placeOf(snapshot, site, heal),
    before: heal.before,
    after: heal.after,
    runbookDigest: heal.runbookDigest,
    skipped: heal.skipped,
    startedAt: heal.startedAt,
    endedAt: heal.endedAt,
    outcome: outcomeText(heal),
    runbook: heal.runbook ?? "none: a person was told",
    errorClass: heal.errorClass === null ? null : textFor(ERROR_CLASSES, heal.errorClass),
  };
}

function placeOf(
  snapshot: Snapshot,
  site: SiteView,
  of: { readonly host: string; readonly check: string },
): { readonly host: Link; readonly check: Link } {
  const host = hostOf(site, of.host);
  const known = snapshot.checks.some(({ name }) => name === of.check);
  return {
    host: { text: host?.name ?? of.host, url: host === undefined ? "" : hostUrl(site.name, host.name) },
    check: { text: checkTitle(snapshot, of.check), url: known ? checkUrl(of.check) : "" },
  };
}

/** Accepted envelopes have this form; one that has not is shown as it is. */
function statementText(envelope: string): string {
  const parsed: unknown = JSON.parse(envelope);
  const payload =
    typeof parsed === "object" && parsed !== null && "payload" in parsed ? parsed.payload : null;
  const bytes = typeof payload === "string" ? decodeBase64(payload) : undefined;
  if (bytes === undefined) return envelope;
  return JSON.stringify(JSON.parse(new TextDecoder().decode(bytes)), null, 2);
}
