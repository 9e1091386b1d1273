import { randomBytes } from "node:crypto";
import {
  describeStep,
  encodeTranscript,
  type HealRecord,
  transcriptOutput,
  type TranscriptProgram,
  type TranscriptStep,
} from "@compline/core/appliance";
import type { Step, UndoStep } from "@compline/schemas";
import { HostError } from "../errors.ts";
import type { ProgramOutput } from "../transports/host.ts";
import { HealError } from "./heal-error.ts";

const NOTHING: Omit<ProgramOutput, "code"> = { stdout: Buffer.alloc(0), stderr: Buffer.alloc(0) };

/** Takes down what the steps of one heal do on the host. */
export class Recorder {
  readonly #steps: TranscriptStep[] = [];
  readonly #skipped = new Set<string>();
  #programs: TranscriptProgram[] = [];
  #isSkipped = false;

  /** Steps that could not be run there by name, such as `reload:ssh` on a practice host. */
  get skipped(): readonly string[] {
    return [...this.#skipped];
  }

  /** Runs one step and notes how it went. @throws what `work` throws */
  async step(step: Step | UndoStep, undo: boolean, work: () => Promise<void>): Promise<void> {
    this.#programs = [];
    this.#isSkipped = false;
    const end = (outcome: TranscriptStep["outcome"], error: string | null): void => {
      const name = describeStep(step).toWellFormed();
      this.#steps.push({ step: name, undo, outcome, error, programs: this.#programs });
    };
    try {
      await work();
      end(this.#isSkipped ? "skipped" : "done", null);
    } catch (error) {
      end("failed", tokenOf(error));
      throw error;
    }
  }

  /** The step under way cannot be run there. */
  skip(name: string): void {
    this.#isSkipped = true;
    this.#skipped.add(name);
  }

  /** Notes a program that the step under way ran; `output` is null when it gave none. */
  program(argv: readonly string[], output: ProgramOutput | null): void {
    const { stdout, stderr } = output ?? NOTHING;
    this.#programs.push({
      argv: argv.map((word) => word.toWellFormed()),
      status: output?.code ?? null,
      stdout: transcriptOutput(stdout),
      stderr: transcriptOutput(stderr),
    });
  }

  /** The transcript of the heal that a record tells of, with a new salt. */
  transcript({ host, check, runbook, startedAt }: HealRecord): Uint8Array {
    if (runbook === null) throw new Error("unreachable: steps are those of a runbook");
    const salt = randomBytes(32).toString("hex");
    return encodeTranscript({ salt, host, check, runbook, startedAt, steps: this.#steps });
  }
}

function tokenOf(error: unknown): string {
  if (error instanceof HealError) return error.fault;
  return error instanceof HostError ? error.token : "INTERNAL";
}
