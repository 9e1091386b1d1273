import type { BundleView, HealRecord, Transcript, TranscriptProgram, TranscriptStep } from "@compline/core";
import { ERROR_CLASSES, textFor } from "../content/texts.ts";
import type { BundleHeal } from "./bundle.ts";

/** What a heal did on the host, as the page of its bundle shows it. */
export interface HealTranscript {
  readonly digest: string;
  readonly retainUntil: string;
  /** The heal; null when the bytes that would say so are not here. */
  readonly heal: BundleHeal | null;
  readonly steps: readonly StepRow[];
  /** How many more steps there were than fit. */
  readonly stepsLeftOut: number;
}

/** One step. */
export interface StepRow {
  readonly step: string;
  readonly undo: boolean;
  readonly outcome: string;
  readonly programs: readonly ProgramRow[];
}

/** A program that a step ran. */
export interface ProgramRow {
  /** Its words, in the form that JSON gives one with blanks or quotes in it. */
  readonly command: string;
  readonly ended: string;
  /** What it wrote, by stream; none that is empty. */
  readonly outputs: readonly { readonly stream: string; readonly text: string; readonly cut: boolean }[];
}

/** The transcripts that a bundle names, in its order; `heals` are those of the bundle, in theirs. */
export function healTranscripts(
  { transcripts, heals: records }: BundleView,
  heals: readonly BundleHeal[],
): readonly HealTranscript[] {
  return transcripts.map(({ digest, retainUntil, transcript }) => ({
    digest,
    retainUntil,
    heal: transcript === null ? null : (heals[records.findIndex(isHealOf(transcript))] ?? null),
    steps: (transcript?.steps ?? []).map(stepRow),
    stepsLeftOut: transcript?.stepsLeftOut ?? 0,
  }));
}

type HealKey = Pick<HealRecord, "host" | "check" | "startedAt">;

function isHealOf({ host, check, startedAt }: Transcript): (heal: HealKey) => boolean {
  return (heal) => heal.host === host && heal.check === check && heal.startedAt === startedAt;
}

function stepRow({ step, undo, outcome, error, programs }: TranscriptStep): StepRow {
  const why = error === null ? "" : `: ${textFor(ERROR_CLASSES, error)}`;
  return { step, undo, outcome: `${OUTCOMES[outcome]}${why}`, programs: programs.map(programRow) };
}

const OUTCOMES: Readonly<Record<TranscriptStep["outcome"], string>> = {
  done: "done",
  skipped: "left out: it cannot run there",
  failed: "failed",
};

function programRow({ argv, status, stdout, stderr }: TranscriptProgram): ProgramRow {
  return {
    command: argv.map((word) => (/^[\w./:=@%+,-]+$/.test(word) ? word : JSON.stringify(word))).join(" "),
    ended: status === null ? "ended without a status" : `status ${status}`,
    outputs: [
      { stream: "standard output", ...stdout },
      { stream: "standard error", ...stderr },
    ].filter(({ text, cut }) => text !== "" || cut),
  };
}
