/** Where progress is told; `isTTY` as Node says it. */
export interface ProgressOutput {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Tells people that long work goes on, and how far it is. */
export interface Progress {
  tell(done: number, total: number): void;
  /** Takes the line away; nothing was told when the work was short. */
  end(): void;
}

/** Shorter work needs none; a terminal's line is written over, elsewhere each takes a line. */
const firstMs = 500;
const everyMs = { terminal: 200, elsewhere: 5000 };

/** Progress of reading envelopes, on an output beside that of the command. `now` in milliseconds. */
export function createProgress(
  output: ProgressOutput = process.stderr,
  now: () => number = () => performance.now(),
): Progress {
  const isTerminal = output.isTTY === true;
  const everyTime = isTerminal ? everyMs.terminal : everyMs.elsewhere;
  const started = now();
  let next = started + (isTerminal ? firstMs : everyTime);
  let told = false;
  return {
    tell: (done, total) => {
      if (now() < next) return;
      next = now() + everyTime;
      told = true;
      const line = `${done} of ${total} envelopes read`;
      output.write(isTerminal ? `\r\u001b[K${line}` : `${line}\n`);
    },
    end: () => {
      if (told && isTerminal) output.write("\r\u001b[K");
      told = false;
    },
  };
}
