import type { FindingText, PerformedCheck, Report } from "./report.ts";

type Heading = "h2" | "h3";

/** Puts a report on the page. Only text nodes are made from what the files hold, never markup. */
export function showReport(target: HTMLElement, report: Report): void {
  target.replaceChildren(...reportParts(report, "h2"));
}

/** A report as elements, under headings of a level. */
export function reportParts(report: Report, level: Heading): readonly HTMLElement[] {
  const heading = (text: string): HTMLElement => element(level, "", text);
  const part = (title: string, content: readonly HTMLElement[]): readonly HTMLElement[] =>
    content.length === 0 ? [] : [heading(title), ...content];
  return [
    element("dl", "facts", [
      fact("Trust file", element("code", "wrapping", report.trust.fingerprint), sub(report.trust.source)),
    ]),
    verdictLine(report),
    ...part("What is wrong", wrongPart(report)),
    element(
      "dl",
      "facts",
      report.facts.map(({ term, text }) => fact(term, element("span", "wrapping", text))),
    ),
    ...part("Look at these", samplePart(report.sample)),
    ...part("What was checked", [performedTable(report.performed)]),
    ...part("What could not be checked, and why", list(report.unchecked)),
    ...part("Worth knowing", list(report.notes)),
    element("p", "quiet how", report.how),
  ];
}

/** What it all came to, in one sentence. */
export function verdictLine({ outcome, sentence }: Pick<Report, "outcome" | "sentence">): HTMLElement {
  return element("p", `verdict-line o-${outcome}`, [element("strong", "", sentence)]);
}

function wrongPart({ wrong, moreWrong }: Report): readonly HTMLElement[] {
  if (wrong.length === 0) return [];
  const more = moreWrong === 0 ? [] : [element("p", "", `${moreWrong} more are not listed here.`)];
  return [element("ul", "checks", wrong.map(findingItem)), ...more];
}

/** A finding with what it means and where it is. */
export function findingItem(finding: FindingText): HTMLElement {
  return element("li", "", [element("b", "", finding.title), findingText(finding)]);
}

function samplePart(sample: Report["sample"]): readonly HTMLElement[] {
  if (sample === null) return [];
  const rows = sample.paths.map((path) => element("li", "", [element("code", "wrapping", path)]));
  return [element("p", "", sample.text), element("ol", "checks", rows)];
}

/** Puts one sentence on the page in place of a report. */
export function showLine(target: HTMLElement, line: string): void {
  target.replaceChildren(element("p", "", line));
}

function performedTable(performed: readonly PerformedCheck[]): HTMLElement {
  const head = element("thead", "", [
    element(
      "tr",
      "",
      ["Check", "What was done", "Result"].map((text) => column(text)),
    ),
  ]);
  const body = element(
    "tbody",
    "",
    performed.map((check) =>
      element("tr", "", [
        element("th", "", check.title, { scope: "row", "data-label": "Check" }),
        element("td", "", [element("span", "", check.done)], { "data-label": "What was done" }),
        element("td", "", [element("strong", `r-${check.result}`, check.resultText)], {
          "data-label": "Result",
        }),
      ]),
    ),
  );
  return element("table", "", [head, body]);
}

function column(text: string): HTMLElement {
  return element("th", "", text, { scope: "col" });
}

function list(findings: readonly FindingText[]): readonly HTMLElement[] {
  if (findings.length === 0) return [];
  const rows = findings.map((finding) =>
    element("li", "", [element("b", "", finding.title), remarkText(finding)]),
  );
  return [element("ul", "checks", rows)];
}

function findingText(finding: FindingText): HTMLElement {
  const place = finding.file === null ? "" : ` ${finding.file}`;
  return element("span", "sub finding", [
    element("code", "", finding.code),
    `${place === "" ? "" : `${place}:`} ${finding.explanation} In detail: `,
    element("span", "wrapping", finding.message),
  ]);
}

/** What was not done needs no more than where and why. */
function remarkText({ code, file, message }: FindingText): HTMLElement {
  const place = file === null ? "" : ` ${file}:`;
  return element("span", "sub finding", [element("code", "", code), `${place} ${message}`]);
}

/** A term and what is known of it. */
export function fact(term: string, ...content: readonly Node[]): HTMLElement {
  return element("div", "", [element("dt", "", term), element("dd", "", content)]);
}

/** A smaller line. */
export function sub(text: string): HTMLElement {
  return element("span", "sub", text);
}

/** Makes an element; texts become text nodes. */
export function element(
  name: string,
  className: string,
  content: string | readonly (string | Node)[],
  attributes: Readonly<Record<string, string>> = {},
): HTMLElement {
  const made = document.createElement(name);
  if (className !== "") made.className = className;
  for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value);
  made.append(...(typeof content === "string" ? [content] : content));
  return made;
}
