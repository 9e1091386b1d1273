import type { Diagnostic, PlannedAction, PlanReport } from "@compline/core";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anyDiagnostic, example } from "../diagnostics/testdata/any-diagnostic.ts";
import { printMarkdown } from "./markdown.ts";
import { printText } from "./text.ts";

const none = { added: [], changed: [], removed: [] };
const change = {
  hosts: none,
  checks: { added: ["disk-space"], changed: ["sshd-root-login"], removed: [] },
  rules: none,
  runbooks: none,
  healing: [{ what: "mode", from: "off", to: "full" }],
  intervals: [],
  pairs: { before: 1, after: 2 },
  touched: ["desk"],
};
const target = { partner: "lanternfish", site: "clinic", appliance: "box" };
const publish: PlannedAction = { kind: "publish", target, change };
const withdraw: PlannedAction = {
  kind: "withdraw",
  target: null,
  site: "01J000000000000000000S1TA1",
  appliance: "01J0000000000000000000BXA1",
  hosts: ["till"],
};

const report: PlanReport = {
  schemaVersion: "1",
  base: { kind: "commit", ref: "origin/main", revision: "a".repeat(40) },
  head: { kind: "folder", ref: null, revision: null },
  notices: [],
  refused: [],
  diagnostics: [],
  actions: [publish, withdraw],
  forecast: null,
};

function refusing(partner: string, diagnostic: Diagnostic): PlanReport {
  const refused = [
    { partner, code: "PARTNER_FAULT" as const, holds: [partner], errors: 1, first: diagnostic, detail: null },
  ];
  return { ...report, refused, diagnostics: [diagnostic] };
}

describe("a plan as text", () => {
  it("says what is compared, what happens where, and how much of it there is", () => {
    expect(printText(report).split("\n")).toEqual([
      "from  commit aaaaaaaaaaaa (origin/main)",
      "to    the folder's files, committed or not",
      "",
      "publish lanternfish/clinic box",
      "  checks: +disk-space ~sshd-root-login",
      "  healing: mode off -> full",
      "  hosts x checks: 1 -> 2",
      "  touches: desk",
      "",
      "withdraw appliance 01J0000000000000000000BXA1 at site 01J000000000000000000S1TA1",
      "  no longer looked at: till",
      "",
      "heals, scores: not known here; give what was observed by --observed",
      "",
      "1 to publish, 0 to renew, 1 to withdraw",
    ]);
  });

  it("says what is refused, what it holds, and where each error is", () => {
    expect(printText(refusing("lanternfish", example))).toContain(
      "refused: partner lanternfish, 1 error; lanternfish stays as it is now\n" +
        "  policies/checks/linux/a.yaml:4:13 error SCHEMA_ENUM at /spec/severity\n" +
        "    expected one of low, high\n",
    );
  });

  it("keeps a broken line where it stands", () => {
    const expected = `the decision ${"0".repeat(64)} as it was`;
    expect(printText(refusing("lanternfish", { ...example, expected }))).toContain(
      `\n    expected the decision\n        ${"0".repeat(64)} as it\n        was\n`,
    );
  });

  it("says of signed decisions that no file takes them back", () => {
    const { refused, ...rest } = refusing("lanternfish", example);
    const decided = {
      ...rest,
      refused: refused.map((unit) => ({ ...unit, code: "DECISION_FAULT" as const, holds: [] })),
    };
    expect(printText(decided)).toContain(
      "refused: signed decisions of partner lanternfish, 1 error; what was decided",
    );
    expect(printMarkdown(decided)).toContain("| signed decisions of `lanternfish` | what was decided | 1 |");
  });

  it("has no line above 80 columns, unless one word is longer, and loses no word", () => {
    const anyName = fc.stringMatching(/^[a-z0-9][a-z0-9-]{0,61}$/);
    fc.assert(
      fc.property(fc.array(anyName, { minLength: 1, maxLength: 40 }), (touched) => {
        const lines = printText({
          ...report,
          actions: [{ kind: "publish", target, change: { ...change, touched } }],
        }).split("\n");
        for (const line of lines) expect(line.trim().split(" ").length === 1 || line.length <= 80).toBe(true);
        const words = lines.join(" ").split(/ +/);
        expect(words.filter((word) => touched.includes(word)).length).toBeGreaterThanOrEqual(touched.length);
      }),
    );
  });
});

const hostile =
  "a|b `c` <img src=x onerror=y> @someone\n\n</details>\n# big\n\u202Eover\u2069 \\| [x](http://x.example) www.x.example ![](//x.example/p.png)";

/** As a reader of GitHub's dialect sees it: what is outside of code spans, code fences and our own folding. */
function outsideOfCode(markdown: string): string {
  return markdown
    .replaceAll(/^```text\n[\s\S]*?\n```$/gm, "")
    .replaceAll(/`[^`\n]+`/g, "")
    .replaceAll(/^<details><summary><code>[^<>\n]*<\/code><\/summary>$/gm, "")
    .replaceAll(/^<\/details>$/gm, "");
}

/** All that printers themselves write. */
const ours = /^[A-Za-z0-9 .,:;#*|>()\n-]*$/;

describe("a plan as Markdown", () => {
  it("is a table of appliances, with the details folded", () => {
    expect(printMarkdown(report).split("\n")).toEqual([
      "### Plan: 1 to publish, 0 to renew, 1 to withdraw",
      "",
      "From `commit aaaaaaaaaaaa (origin/main)` to `the folder's files, committed or not`.",
      "",
      "`heals, scores: not known here; give what was observed by --observed`",
      "",
      "| appliance | what | hosts |",
      "|---|---|---|",
      "| `lanternfish/clinic box` | publish | `desk` |",
      "| `appliance 01J0000000000000000000BXA1 at site 01J000000000000000000S1TA1` | withdraw | `till` |",
      "",
      "<details><summary><code>lanternfish/clinic box</code></summary>",
      "",
      "```text",
      "  checks: +disk-space ~sshd-root-login",
      "  healing: mode off -> full",
      "  hosts x checks: 1 -> 2",
      "  touches: desk",
      "```",
      "",
      "</details>",
      "",
      "<details><summary><code>appliance 01J0000000000000000000BXA1 at site 01J000000000000000000S1TA1</code></summary>",
      "",
      "```text",
      "  no longer looked at: till",
      "```",
      "",
      "</details>",
      "",
    ]);
  });

  it("has nothing of a hostile text outside of code, and every row of a table as many cells as its head", () => {
    const wrong = { ...example, file: hostile, expected: hostile, found: hostile };
    const evil = { partner: hostile, site: hostile, appliance: "```" };
    const markdown = printMarkdown({
      ...refusing(hostile, wrong),
      notices: [{ code: "X", message: hostile }],
      actions: [
        { kind: "publish", target: evil, change: { ...change, touched: [hostile, "```"] } },
        { ...withdraw, target: evil, hosts: ["```", hostile] },
      ],
      forecast: {
        asOf: hostile,
        scores: [{ partner: "```", site: hostile, framework: "```", before: null, after: null }],
        heals: [{ target: evil, host: "```", check: hostile, before: null, after: null }],
        sameHeals: 1,
        notKnown: ["```", hostile],
      },
    });
    expect(outsideOfCode(markdown)).toMatch(ours);
    expect(markdown).not.toMatch(/[\u202E\u2069]/);
    const rows = markdown.split("\n").filter((line) => line.startsWith("|"));
    expect(new Set(rows.map((row) => row.split("|").length))).toEqual(new Set([5, 6]));
  });

  it("has nothing outside of code whatever a diagnostic quotes", () => {
    fc.assert(
      fc.property(anyDiagnostic, fc.string({ unit: "binary" }), (diagnostic, text) => {
        expect(outsideOfCode(printMarkdown(refusing(text, diagnostic)))).toMatch(ours);
      }),
    );
  });

  it("fits into a job's summary, and says how much of it is left out", () => {
    const touched = Array.from({ length: 400 }, (_, n) => `machine-${n}`);
    const many = Array.from(
      { length: 3000 },
      (): PlannedAction => ({
        kind: "publish",
        target,
        change: { ...change, touched },
      }),
    );
    const markdown = printMarkdown({ ...report, actions: many });
    expect(markdown.length).toBeLessThan(1024 * 1024);
    expect(markdown).toMatch(/\nand \d+ appliances \(`-o text` prints all\)$/);
  });
});
