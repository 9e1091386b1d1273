import type { KitsReport } from "./kits-report.ts";
import { element, fact, findingItem, reportParts, sub, verdictLine } from "./show.ts";

/** Puts on the page what several kits came to: first all together, then the report of each. */
export function showKits(target: HTMLElement, report: KitsReport): void {
  target.replaceChildren(
    element("dl", "facts", report.trusts.map(trustFact)),
    verdictLine(report),
    ...contradictionPart(report),
    element("dl", "facts", [fact("Held against each other", element("span", "wrapping", report.compared))]),
    element("h2", "", "The kits, each by itself"),
    element("ul", "checks", report.kits.map(lineOf)),
    ...report.kits.map(sectionOf),
  );
}

function trustFact(
  { fingerprint, source, kits }: KitsReport["trusts"][number],
  _: number,
  all: readonly unknown[],
) {
  const whose = all.length === 1 ? [] : [sub(`It judged ${kits.join(", ")}.`)];
  return fact("Trust file", element("code", "wrapping", fingerprint), sub(source), ...whose);
}

function contradictionPart({ contradictions }: KitsReport): readonly HTMLElement[] {
  if (contradictions.length === 0) return [];
  return [
    element("h2", "", "Where they contradict each other"),
    element("ul", "checks", contradictions.map(findingItem)),
  ];
}

function lineOf({ name, report }: KitsReport["kits"][number], at: number): HTMLElement {
  const link = element("a", "wrapping", titleOf(name, at), { href: `#${idOf(at)}` });
  return element("li", "", [link, sub(report.sentence)]);
}

function sectionOf({ name, report }: KitsReport["kits"][number], at: number): HTMLElement {
  return element("section", "", [
    element("h2", "wrapping", titleOf(name, at), { id: idOf(at) }),
    ...reportParts(report, "h3"),
  ]);
}

function titleOf(name: string, at: number): string {
  return `Kit ${at + 1}: ${name}`;
}

function idOf(at: number): string {
  return `kit-${at + 1}`;
}
