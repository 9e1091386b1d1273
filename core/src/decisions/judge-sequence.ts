import { type Diagnostic, errorAt, type Finding } from "../manifest/diagnostic.ts";
import { isAtPlace, type PlacedFile, top } from "./decision-tree.ts";

/** In the order of the chain. */
export function byPlace({ place: a }: PlacedFile, { place: b }: PlacedFile): number {
  return a.epoch - b.epoch || a.seq - b.seq;
}

/** What is wrong with the order of a partner's files, given in it: gaps, and links that do not fit. */
export function sequenceFaults(sorted: readonly PlacedFile[]): readonly Diagnostic[] {
  return sorted.flatMap((file, index) => faultsAfter(sorted[index - 1] ?? null, file).map(errorAt));
}

function faultsAfter(before: PlacedFile | null, { path, place, decision }: PlacedFile): Finding[] {
  const due = { epoch: before?.place.epoch ?? 0, seq: before === null ? 0 : before.place.seq + 1 };
  if (place.epoch !== due.epoch || place.seq !== due.seq) {
    return [
      {
        file: path,
        at: top,
        code: "DECISION_SEQUENCE",
        expected: `${due.epoch}-${due.seq}.dsse.json before it`,
        found: before === null ? "no earlier decision" : `${placeText(before)} as the one before`,
        hint: "commit what is missing, too: an export of a site has the partner's whole chain below envelopes/",
      },
    ];
  }
  // One that is elsewhere by its content is said to be; its links would only say it again.
  if (decision === null || !isAtPlace(decision)) return [];
  if (before !== null && (before.decision === null || !isAtPlace(before.decision))) return [];
  const { prev } = decision.predicate.chain;
  const expected = before?.decision?.digest ?? null;
  if (prev === expected) return [];
  return [
    {
      file: path,
      at: top,
      code: "DECISION_SEQUENCE",
      expected:
        expected === null ? "the first of its chain" : `one that follows ${expected} (${placeText(before)})`,
      found: prev === null ? "the first of a chain" : `one that follows ${prev}`,
      hint: "two decisions were signed for one place, or one was changed: keep what was signed first, and sign the other one anew",
    },
  ];
}

function placeText(file: PlacedFile | null): string {
  return file === null ? "none" : `${file.place.epoch}-${file.place.seq}`;
}
