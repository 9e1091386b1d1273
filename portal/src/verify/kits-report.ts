import { plural } from "../view/score.ts";
import type { Judged } from "./kits.ts";
import type { EngineName } from "./messages.ts";
import { type FindingText, type Report, reportOf, textOf } from "./report.ts";

/** What several kits came to together, in the order in which a reader should see it, before the report of each. */
export interface KitsReport {
  /** The trust files that judged, each once, with the kits that it judged. */
  readonly trusts: readonly (Report["trust"] & { readonly kits: readonly string[] })[];
  readonly outcome: Report["outcome"];
  readonly sentence: string;
  readonly contradictions: readonly FindingText[];
  /** What of them was held against each other. */
  readonly compared: string;
  readonly kits: readonly { readonly name: string; readonly report: Report }[];
}

/** Puts what several kits came to into words. */
export function kitsReportOf(judged: readonly Judged[], engine: EngineName): KitsReport {
  const kits = judged.map(({ name, alone, ms }) => ({
    name,
    report: reportOf(alone, { engine, about: "kits", ms }),
  }));
  const contradictions = judged.flatMap(contradictionsOf);
  const outcomes = kits.map(({ report }) => report.outcome);
  const worst = (["failed", "incomplete"] as const).find((one) => outcomes.includes(one)) ?? "verified";
  const outcome = contradictions.length > 0 ? "failed" : worst;
  return {
    trusts: [...Map.groupBy(kits, ({ report }) => report.trust.fingerprint).values()].flatMap(trustOf),
    outcome,
    sentence: sentenceOf(outcome, outcomes, contradictions.length),
    contradictions,
    compared: comparedText(judged),
    kits,
  };
}

/** A finding is the later kit's by its code; which of the two is false, it does not say. */
function contradictionsOf({ name, alone, verification }: Judged, at: number): readonly FindingText[] {
  return verification.failures.slice(alone.failures.length).map((finding) => ({
    ...textOf(finding),
    file: `kit ${at + 1}, ${name}, ${finding.file}`,
  }));
}

function trustOf(kits: KitsReport["kits"]): KitsReport["trusts"] {
  return kits.slice(0, 1).map(({ report }) => ({ ...report.trust, kits: kits.map(({ name }) => name) }));
}

function sentenceOf(
  outcome: Report["outcome"],
  outcomes: readonly Report["outcome"][],
  contradictions: number,
): string {
  const [all, some] = [outcomes.length, outcomes.filter((one) => one === outcome).length];
  if (contradictions > 0)
    return "Not verified: these kits contradict each other, so at least one of them does not tell what was. Nothing here says which.";
  if (outcome === "failed")
    return `Not verified: ${some} of ${all} kits ${some === 1 ? "has something wrong in it" : "have something wrong in them"}. Do not rely on ${some === 1 ? "it" : "them"}.`;
  if (outcome === "incomplete")
    return `Incomplete: nothing wrong in ${all} kits, but in ${some} of them something that should be there is missing.`;
  return `Verified: ${all} kits, and none of them contradicts another.`;
}

/** Logs are compared where they were judged, bundles in any case. */
function comparedText(judged: readonly Judged[]): string {
  const without = judged.filter(({ alone }) => alone.checked.log === null);
  if (without.length === 0) return "the bundles and the logs of all of them";
  const names = without.map(({ name }) => name).join(", ");
  return `the bundles of all of them, and the logs but for ${plural(without.length, "kit")} without a log that could be checked: ${names}`;
}
