import type { PartnerSpec } from "@compline/schemas";
import { type Diagnostic, errorAt, warningAt } from "../manifest/diagnostic.ts";
import { durationMs } from "../manifest/duration.ts";
import type { ManifestDocument } from "../manifest/document.ts";
import { quote } from "../manifest/form.ts";
import type { ByKind } from "./by-kind.ts";

/** How a partner's log is anchored, with what a manifest may leave out. */
export interface AnchorPlan {
  /** The log's origin. */
  readonly log: string;
  readonly calendars: readonly { readonly url: string; readonly operator: string }[];
  /** How many calendars must answer. */
  readonly atLeast: number;
  readonly intervalMs: number;
}

const fewestCalendars = 3;
const fewestOperators = 2;

/** How a partner declares that its log is anchored; null when it does not. */
export function anchorPlanOf({ log, anchors }: Pick<PartnerSpec, "log" | "anchors">): AnchorPlan | null {
  if (log === undefined || anchors === undefined) return null;
  const { calendars, atLeast = 2, interval = "1h" } = anchors;
  return { log: log.origin, calendars, atLeast, intervalMs: durationMs(interval) };
}

/** Anchors that could never come about, and those that hang on few. */
export function anchorFindings({ Partner }: ByKind): Diagnostic[] {
  return Partner.flatMap((partner) => [...impossible(partner), ...twice(partner), ...few(partner)]);
}

function impossible(partner: ManifestDocument<"Partner">): Diagnostic[] {
  const { anchors, log } = partner.spec;
  if (anchors === undefined) return [];
  const code = "RULE_ANCHORS";
  if (log === undefined)
    return [
      errorAt({
        ...at(partner, "/spec/anchors"),
        code,
        expected: "spec.log, whose roots are anchored",
        found: "none",
      }),
    ];
  const { calendars, atLeast = 2 } = anchors;
  if (atLeast <= calendars.length) return [];
  const pointer = anchors.atLeast === undefined ? "/spec/anchors/calendars" : "/spec/anchors/atLeast";
  const expected = `at least ${atLeast} calendars, as many as must answer`;
  return [errorAt({ ...at(partner, pointer), code, expected, found: String(calendars.length) })];
}

function twice(partner: ManifestDocument<"Partner">): Diagnostic[] {
  const urls = (partner.spec.anchors?.calendars ?? []).map(({ url }) => url);
  return urls.flatMap((url, index) =>
    urls.indexOf(url) === index
      ? []
      : [
          errorAt({
            ...at(partner, `/spec/anchors/calendars/${index}/url`),
            code: "RULE_ANCHORS",
            expected: "each calendar once",
            found: quote(url),
          }),
        ],
  );
}

function few(partner: ManifestDocument<"Partner">): Diagnostic[] {
  const calendars = partner.spec.anchors?.calendars;
  if (calendars === undefined) return [];
  const operators = new Set(calendars.map(({ operator }) => operator)).size;
  if (calendars.length >= fewestCalendars && operators >= fewestOperators) return [];
  return [
    warningAt({
      ...at(partner, "/spec/anchors/calendars"),
      code: "RULE_FEW_CALENDARS",
      expected: `at least ${fewestCalendars} calendars of ${fewestOperators} operators`,
      found: `${calendars.length} of ${operators}`,
      hint: "a calendar that stops takes with it what only it had promised",
    }),
  ];
}

function at(partner: ManifestDocument<"Partner">, pointer: string) {
  return { file: partner.path, at: partner.locate(pointer), pointer };
}
