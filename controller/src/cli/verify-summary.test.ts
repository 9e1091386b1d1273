import { EVIDENCE_TEXTS, type Verification } from "@compline/core/verify";
import { expect, it } from "vitest";
import { type NamedResult, summaryOf } from "./verify-summary.ts";

type Code = keyof typeof EVIDENCE_TEXTS;

/** What came of a kit with these findings, as far as it is summed up. */
function named(
  path: string,
  { codes, log = false }: { readonly codes: readonly Code[]; readonly log?: boolean },
): NamedResult {
  const findings = codes.map((code) => ({
    code,
    level: EVIDENCE_TEXTS[code].level,
    file: null,
    message: "",
  }));
  const failures = findings.filter(({ level }) => level === "fail");
  const unchecked = findings.filter(({ level }) => level === "incomplete" || level === "unchecked");
  const outcome =
    failures.length > 0
      ? "failed"
      : unchecked.some(({ level }) => level === "incomplete")
        ? "incomplete"
        : "verified";
  const result = { outcome, failures, unchecked, notes: [], checked: { log: log ? {} : null } };
  return { path, result: result as unknown as Verification };
}

it("counts what is as it was signed, and names what is not, each with its findings", () => {
  const text = summaryOf([
    named("good.zip", { codes: ["WITNESSES_NOT_ASKED"], log: true }),
    named("lacking.zip", { codes: ["LOG_NOT_CHECKED", "MISSING_FILE"] }),
    named("forged.zip", {
      codes: ["GAP", "GAP", "BAD_PREV", "FORK", "STATE_MISMATCH", "COVERAGE", "MISSING_FILE"],
      log: true,
    }),
  ]);
  expect(text.split("\n")).toEqual([
    "== Together: 3 kits",
    "",
    "1 verified, 1 failed, 1 incomplete",
    "  FAILED      forged.zip: 6 findings, GAP, BAD_PREV, FORK, STATE_MISMATCH and 1 more",
    "  INCOMPLETE  lacking.zip: 1 finding, MISSING_FILE",
    "Bundles of all of them were held against each other, and the logs of 2; a contradiction is the later one's finding.",
  ]);
});
