import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import type { AssignmentHost, Step, UndoStep } from "@compline/schemas";
import { LabError } from "./programs.ts";

/** What is to be done on a host; steps with the same number share what was kept before they changed it. */
export interface StepWork {
  readonly keep: number;
  readonly steps: readonly (Step | UndoStep)[];
  /** First puts back everything that was kept under this number; in the end, another log-in is tried. */
  readonly putBack?: boolean;
}

/** Does steps on a host over SSH, one piece of work at a time. */
export interface HostSteps {
  /** Answers why it could not be done, by its code, or null. */
  do(work: StepWork): Promise<string | null>;
  /** Why nobody could log in any more after something was put back, by its code, or null. */
  readonly lost: string | null;
}

/** What our own program answers. */
interface Answer {
  readonly fault: string | null;
  readonly lost: string | null;
}

/** Starts the agent's program for it, which ends with this process. */
export function startSteps(command: readonly string[], host: AssignmentHost): HostSteps {
  const [program = "", ...args] = command;
  const child: ChildProcessWithoutNullStreams = spawn(program, args, { stdio: "pipe" });
  let said = "";
  child.stderr.on("data", (chunk) => (said = (said + String(chunk)).slice(-2000)));
  child.stdin.on("error", () => undefined);
  const answers = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  let lost: string | null = null;
  const ask = async (line: string): Promise<string | null> => {
    child.stdin.write(`${line}\n`);
    const answer = await answers.next();
    if (answer.done === true) throw new LabError(`the program that does steps ended: ${said}`);
    const { fault, lost: lostNow } = JSON.parse(answer.value) as Answer; // it is ours
    lost ??= lostNow;
    return fault;
  };
  let last: Promise<unknown> = Promise.resolve();
  return {
    do: ({ keep, steps, putBack = false }) => {
      const mine = last.then(() => ask(JSON.stringify({ host, keep, steps, putBack })));
      last = mine.catch(() => undefined);
      return mine;
    },
    get lost() {
      return lost;
    },
  };
}
