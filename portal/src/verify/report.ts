import { EVIDENCE_TEXTS, type EvidenceCode, type Finding, type Verification } from "@compline/core";
import { CHECK_GROUPS, type CheckGroup, ENGINES, TRUST_SOURCES } from "../content/verify-texts.ts";
import { plural } from "../view/score.ts";
import type { About, EngineName } from "./messages.ts";

/** One finding in words. */
export interface FindingText {
  readonly code: string;
  readonly title: string;
  readonly explanation: string;
  readonly message: string;
  readonly file: string | null;
}

/** One kind of check and what it came to. */
export interface PerformedCheck {
  readonly title: string;
  /** What was done, with its number: "5 predecessors compared". */
  readonly done: string;
  /** `none`: the files have nothing of the kind, so there was nothing to do. */
  readonly result: "good" | "failed" | "not-done" | "none";
  readonly resultText: string;
  readonly findings: readonly FindingText[];
}

/** What a verification came to, in the order in which a reader should see it. */
export interface Report {
  readonly trust: { readonly fingerprint: string; readonly source: string };
  readonly outcome: Verification["outcome"];
  readonly sentence: string;
  /** What is wrong, as far as it is shown; `moreWrong` is how many are not. */
  readonly wrong: readonly FindingText[];
  readonly moreWrong: number;
  /** Bundles that the kit marks to be looked at; null when it marks none. */
  readonly sample: { readonly text: string; readonly paths: readonly string[] } | null;
  readonly performed: readonly PerformedCheck[];
  readonly unchecked: readonly FindingText[];
  readonly notes: readonly FindingText[];
  /** What the files turned out to be: the kit, its chains, its log, its anchors. */
  readonly facts: readonly { readonly term: string; readonly text: string }[];
  readonly how: string;
}

/** Of thousands of the same a reader needs some, and a page can show some. */
const SHOWN = 200;

/** Puts a verification into words. */
export function reportOf(
  verification: Verification,
  by: { readonly engine: EngineName; readonly about: About; readonly ms: number },
): Report {
  const { outcome, trust, checked } = verification;
  return {
    trust: {
      fingerprint: trust.fingerprint ?? "none",
      source: TRUST_SOURCES[trust.source],
    },
    outcome,
    sentence: sentenceOf(verification, by.about),
    wrong: verification.failures.slice(0, SHOWN).map(textOf),
    moreWrong: Math.max(0, verification.failures.length - SHOWN),
    sample: sampleOf(checked.kit),
    performed: CHECK_GROUPS.map((group) => performedOf(group, verification)),
    unchecked: verification.unchecked.map(textOf),
    notes: verification.notes.map(textOf),
    facts: factsOf(verification),
    how: `${plural(checked.files.length, "file")} read in ${(by.ms / 1000).toFixed(2)} s. ${ENGINES[by.engine]}`,
  };
}

function sampleOf(kit: Verification["checked"]["kit"]): Report["sample"] {
  if (kit === null || kit.sample.length === 0) return null;
  const text = `${kit.sample.length} of the ${plural(kit.population, "bundle")} of the period, chosen by the seed ${JSON.stringify(kit.seed)}. If you gave that seed, nobody could choose them for you.`;
  return { text, paths: kit.sample };
}

const CHAIN_CODES: readonly EvidenceCode[] =
  CHECK_GROUPS.find(({ codes }) => codes.includes("GAP"))?.codes ?? [];

function factsOf({ checked, failures, unchecked }: Verification): Report["facts"] {
  const { kit, chains, log, anchors, policy } = checked;
  const isWhole = [...failures, ...unchecked].every(({ code }) => !CHAIN_CODES.includes(code));
  return [
    ...(kit === null
      ? []
      : [
          {
            term: "Kit",
            text: `${JSON.stringify(kit.names.site)} of ${JSON.stringify(kit.names.partner)}, ${kit.namesReviewed ? "as the reviewed files behind its assignments call them" : "as whoever made the kit calls them; no signature covers these names"}`,
          },
          {
            term: "Signed for",
            text: `site ${kit.site}, ${kit.from} to ${kit.to}${kit.framework === null ? "" : `, for ${kit.framework}`}`,
          },
        ]),
    ...chains.map(({ chain, from, to, lastWindowEnd }) => ({
      term: "Chain",
      text: `${chain}: ${isWhole ? "complete " : ""}from bundle ${from.epoch}-${from.seq} to ${to.epoch}-${to.seq}${lastWindowEnd === null ? "" : `, which ends at ${lastWindowEnd}`}`,
    })),
    ...(log === null
      ? []
      : [
          {
            term: "Log",
            text: `${log.origin}: ${plural(log.logged, "bundle")} among ${log.leaves} entries; ${seenBy(log)}`,
          },
        ]),
    ...(policy === null
      ? []
      : [
          {
            term: "Policy",
            text: `${policy.assignments} of ${plural(checked.assignments, "assignment")} derived again from ${plural(policy.files, "reviewed file")} in this kit`,
          },
        ]),
    ...anchors.map(({ size, height, at, pinned }) => ({
      term: "Anchor",
      text: `the first ${size} entries of the log existed by ${at}: Bitcoin block ${height}, ${pinned ? "pinned by the trust file" : "by its work only"}`,
    })),
  ];
}

/** Which witness saw how much of the log, and when. */
function seenBy({ witnesses, leaves }: NonNullable<Verification["checked"]["log"]>): string {
  if (witnesses.length === 0) return "no witness of the trust file cosigned it";
  const views = witnesses.map(({ witness, size, time }) => {
    const saw = size === leaves ? "all of them" : `the first ${size}`;
    return `${witness} saw ${saw}, ${new Date(time * 1000).toISOString().slice(0, 16).replace("T", " ")} UTC`;
  });
  return `seen by witnesses: ${views.join("; ")}`;
}

function sentenceOf(verification: Verification, about: About): string {
  const { outcome, failures, unchecked } = verification;
  const alone = about === "kits" ? " by itself" : "";
  if (outcome === "failed") {
    return `Not verified${alone}: ${plural(failures.length, "thing")} wrong. Do not rely on this evidence.`;
  }
  const subject = subjectOf(verification, about);
  const missing = unchecked.filter(({ level }) => level === "incomplete").length;
  if (outcome === "incomplete") {
    return `Incomplete${alone}: nothing wrong in ${subject}, but ${plural(missing, "thing")} that should be here ${missing === 1 ? "is" : "are"} missing.`;
  }
  const [verb, whose] = verification.checked.bundles === 1 ? ["was", "a key"] : ["were", "keys"];
  return `Verified${alone}: ${subject} ${verb} signed by ${whose} of the trust file above, and not one byte was changed since.`;
}

/** One bundle is verified together with those before it, so that its state can be recomputed. */
function subjectOf({ checked }: Verification, about: About): string {
  if (about !== "bundle") return plural(checked.bundles, "bundle");
  return checked.bundles > 1 ? `this bundle and the ${checked.bundles - 1} before it` : "this bundle";
}

function performedOf(group: CheckGroup, verification: Verification): PerformedCheck {
  const { failures, unchecked } = verification;
  const ofGroup = (finding: { readonly code: EvidenceCode }): boolean => group.codes.includes(finding.code);
  const wrong = failures.filter(ofGroup);
  const missing = unchecked.filter((finding) => finding.level === "incomplete" && ofGroup(finding));
  const count = group.count(verification);
  const result = resultOf(group, { count, wrong: wrong.length, missing: missing.length });
  return {
    title: group.title,
    done: `${count} ${count === 1 ? group.one : group.many}`,
    result,
    resultText: { failed: `${wrong.length} wrong`, "not-done": "Not done", none: "None here", good: "Good" }[
      result
    ],
    findings: [...wrong, ...missing].map(textOf),
  };
}

function resultOf(
  { mayBeNone }: CheckGroup,
  { count, wrong, missing }: { readonly count: number; readonly wrong: number; readonly missing: number },
): PerformedCheck["result"] {
  if (wrong > 0) return "failed";
  if (missing > 0) return "not-done";
  if (count > 0) return "good";
  return mayBeNone === true ? "none" : "not-done";
}

/** A finding in words. */
export function textOf(finding: Finding): FindingText {
  const { title, explanation } = EVIDENCE_TEXTS[finding.code];
  return { ...finding, title, explanation };
}
