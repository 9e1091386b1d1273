import type { Verification } from "@compline/core/verify";
import { count } from "./count.ts";

/** What was verified, under the name it was given by. */
export interface NamedResult {
  readonly path: string;
  readonly result: Verification;
}

/** Codes of one kit that are named; the reports above have them all. */
const SHOWN = 4;

/** What several kits came to, after the report of each: how many, how many with nothing wrong, and which have findings. */
export function summaryOf(results: readonly NamedResult[]): string {
  const of = (outcome: Verification["outcome"]): readonly NamedResult[] =>
    results.filter(({ result }) => result.outcome === outcome);
  const [failed, incomplete] = [of("failed"), of("incomplete")];
  return [
    `== Together: ${count(results.length, "kit")}`,
    "",
    `${of("verified").length} verified, ${failed.length} failed, ${incomplete.length} incomplete`,
    ...failed.map((one) => `  FAILED      ${findingsOf(one.path, one.result.failures)}`),
    ...incomplete.map((one) => `  INCOMPLETE  ${findingsOf(one.path, lackingIn(one.result))}`),
    comparedText(results),
  ].join("\n");
}

/** What makes it incomplete; what was merely not checked does not. */
function lackingIn({ unchecked }: Verification): Verification["unchecked"] {
  return unchecked.filter(({ level }) => level === "incomplete");
}

function findingsOf(path: string, findings: Verification["failures"]): string {
  const codes = [...new Set(findings.map(({ code }) => code))];
  const more = codes.length > SHOWN ? ` and ${codes.length - SHOWN} more` : "";
  return `${path}: ${count(findings.length, "finding")}, ${codes.slice(0, SHOWN).join(", ")}${more}`;
}

/** A contradiction is the later kit's finding; logs can only be compared where they could be judged. */
function comparedText(results: readonly NamedResult[]): string {
  const logs = results.filter(({ result }) => result.checked.log !== null).length;
  return `Bundles of all of them were held against each other, and the logs of ${logs}; a contradiction is the later one's finding.`;
}
