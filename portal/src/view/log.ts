import type { AnchorView, LogView, WitnessSight } from "@compline/core";
import { plural } from "./score.ts";
import { formatInstant } from "./time.ts";

/** One witness, and how far it saw. */
export interface SeenBy {
  readonly name: string;
  readonly text: string;
}

/** How far a log is signed, in words. */
export function logText({ size, checkpoint }: LogView): string {
  if (checkpoint === null) return `${size} bundles; no checkpoint was signed yet.`;
  const covers = checkpoint.size === size ? "all of them" : `the first ${checkpoint.size}`;
  return `${size} bundles; the newest checkpoint, signed ${timeText(checkpoint.signedAt)}, covers ${covers}.`;
}

/** Each declared witness of a log: how far it saw, when, and how far behind that is. */
export function seenBy({ size, witnesses }: LogView): readonly SeenBy[] {
  return (witnesses?.seen ?? []).map((sight) => ({ name: sight.name, text: sightText(sight, size) }));
}

function sightText({ size, at }: WitnessSight, all: number): string {
  if (at === null) return "saw nothing yet";
  const when = `${timeText(at)} by its clock`;
  const behind = all - size;
  if (behind <= 0) return `saw all ${plural(all, "bundle")}, ${when}`;
  return `saw the first ${size}, ${when}; ${behind} came after that`;
}

/** What the witnesses of a log come to together. */
export function witnessedText({ witnesses }: LogView): string {
  if (witnesses === null)
    return "Nobody elsewhere watches it: partner.yaml declares no witnesses, so a server that shows two people two histories is found only when they compare.";
  const { quorum, size, at } = witnesses;
  if (quorum === 0) return "partner.yaml asks for no number of them.";
  const so = at === null ? "so far none is" : `so are the first ${size}, since ${timeText(at)}`;
  return `A bundle counts as witnessed when ${quorum === 1 ? "one of them" : `${quorum} of them`} saw it; ${so}.`;
}

/** Where in the log a bundle is, and whether that is signed. */
export function placeInLog(leaf: number | null, log: LogView | null): string {
  if (log === null) return "Not in a log: this partner has none.";
  if (leaf === null) return "Not in the log: it was received before the partner had one.";
  const { origin, size, checkpoint } = log;
  const covered =
    checkpoint !== null && leaf < checkpoint.size
      ? `covered by the checkpoint of the first ${checkpoint.size}, signed ${timeText(checkpoint.signedAt)}`
      : "no checkpoint covers it yet";
  return `Number ${leaf + 1} of ${size} in ${origin}; ${covered}.`;
}

/** Each declared witness of the log: whether it saw a bundle, and when. */
export function bundleSeenBy(leaf: number | null, log: LogView | null): readonly SeenBy[] {
  if (leaf === null) return [];
  return (log?.witnesses?.seen ?? []).map(({ name, size, at }) => {
    if (at === null) return { name, text: "saw nothing yet" };
    const saw = `the first ${size} that it saw, ${timeText(at)} by its clock`;
    return { name, text: leaf < size ? `this is among ${saw}` : `not yet: this comes after ${saw}` };
  });
}

/** How far a log is anchored, in words that keep apart what was shown by whom. */
export function anchorText({ anchors }: LogView): string {
  if (anchors === null) return "It is not anchored: partner.yaml declares no calendars.";
  const { newest, pendingSince } = anchors;
  const waits =
    pendingSince === null ? "" : ` A newer root waits for a block since ${timeText(pendingSince)}.`;
  if (newest === null) return `Nothing is anchored yet.${waits}`;
  return `The first ${newest.size} bundles are anchored, ${stampedText(newest)}.${waits}`;
}

/** Whether a bundle is anchored. */
export function bundleAnchorText(leaf: number | null, log: LogView | null): string {
  const anchors = log?.anchors ?? null;
  if (leaf === null || anchors === null)
    return "None, so nothing but the appliance's clock and the receipt says when it was made.";
  const { newest } = anchors;
  if (newest === null || leaf >= newest.size)
    return "Not yet: no root of the log that covers it is in a block.";
  return `It is under the root of the first ${newest.size} bundles, ${stampedText(newest)}.`;
}

function stampedText({ stampedAt, block }: AnchorView): string {
  const seen = block === null ? "no block header was held against it here" : blockText(block);
  return `stamped ${timeText(stampedAt)}: ${seen}`;
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
