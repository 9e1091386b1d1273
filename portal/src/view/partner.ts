import type { AnchorView, LogView, Score, Snapshot } from "@compline/core";
import type { FleetEntry } from "./fleet-entry.ts";
import type { Link } from "./results.ts";
import { formatInstant } from "./time.ts";
import { checkUrl, libraryUrl } from "./urls.ts";

/** The page of the partner. */
export interface PartnerPage {
  readonly sites: readonly {
    readonly link: Link;
    readonly zone: string;
    /** Titles of its frameworks. */
    readonly frameworks: string;
    readonly score: Score;
  }[];
  readonly frameworks: readonly {
    readonly link: Link;
    readonly version: string;
    readonly sites: number;
    /** Over all sites that use it; null when none does. */
    readonly score: Score | null;
  }[];
  readonly rules: readonly {
    readonly check: Link;
    readonly rule: string;
    readonly runbook: string;
    readonly risk: string;
  }[];
}

/** How far a log is signed, in words. */
export function logText({ size, checkpoint }: LogView): string {
  if (checkpoint === null) return `${size} bundles; no checkpoint was signed yet.`;
  const covers = checkpoint.size === size ? "all of them" : `the first ${checkpoint.size}`;
  return `${size} bundles; the newest checkpoint, signed ${timeText(checkpoint.signedAt)}, covers ${covers}.`;
}

/** How far a log is anchored, in words that keep apart what was shown by whom. */
export function anchorText({ anchors }: LogView): string {
  if (anchors === null) return "It is not anchored: partner.yaml declares no calendars.";
  const { newest, pendingSince } = anchors;
  const waits =
    pendingSince === null ? "" : ` A newer root waits for a block since ${timeText(pendingSince)}.`;
  if (newest === null) return `Nothing is anchored yet.${waits}`;
  const { size, stampedAt, block } = newest;
  const seen = block === null ? "no block header was held against it here" : blockText(block);
  return `The first ${size} bundles are anchored, stamped ${timeText(stampedAt)}: ${seen}.${waits}`;
}

function blockText({ by, height, time }: NonNullable<AnchorView["block"]>): string {
  const block = `block ${height} of ${timeText(time)}, good to two hours`;
  if (by === "node") return `the controller's own Bitcoin node has ${block}`;
  const from = by === "explorer" ? "an explorer" : "a file";
  return `it matches a header from ${from}, ${block}; the header has the work of its time`;
}

function timeText(instant: string): string {
  return `${formatInstant(instant, "UTC")} UTC`;
}

/** What the partner has: sites, frameworks in use, rules that heal. */
export function partnerPage(snapshot: Snapshot, fleet: readonly FleetEntry[]): PartnerPage {
  return {
    sites: fleet.map(({ link, zone, frameworks, row }) => ({
      link,
      zone,
      frameworks: snapshot.frameworks
        .filter(({ id }) => frameworks.includes(id))
        .map(({ title }) => title)
        .join(", "),
      score: row.score,
    })),
    frameworks: snapshot.frameworks.map(({ id, title, version }) => ({
      link: { text: title, url: libraryUrl(id) },
      version,
      sites: fleet.filter(({ frameworks }) => frameworks.includes(id)).length,
      score: snapshot.partner.frameworkStatus[id]?.score ?? null,
    })),
    rules: snapshot.checks.flatMap(({ name, title, rule }) => {
      if (rule === null) return [];
      const { runbookTitle: runbook, risk } = rule;
      return [{ check: { text: title, url: checkUrl(name) }, rule: rule.name, runbook, risk }];
    }),
  };
}
