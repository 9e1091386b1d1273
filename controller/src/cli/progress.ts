/** Where progress is told; `isTTY` as Node says it. */
export interface ProgressOutput {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Tells people that long work goes on, and how far it is. */
export interface Progress {
  /** What is being done. */
  readonly tell: (line: string) => void;
  /** Takes the line away; nothing was told when the work was short. */
  readonly end: () => void;
}

/** Steps of work for who sits at a terminal, each as soon as it begins; elsewhere nothing is told. */
export function createSteps(output: ProgressOutput = process.stderr): Progress {
  let told = false;
  const write = (text: string, tells: boolean): void => {
    if (output.isTTY === true && (tells || told)) output.write(text);
    told = tells;
  };
  return {
    tell: (line) => write(`\r\u001b[K${line} ...`, true),
    end: () => write("\r\u001b[K", false),
  };
}

/** Shorter work needs none; a terminal's line is written over, elsewhere each takes a line. */
const firstMs = 500;
const everyMs = { terminal: 200, elsewhere: 5000 };

/** Progress on an output beside that of the command; what comes soon after another is left out. `now` in milliseconds. */
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
    tell: (line) => {
      if (now() < next) return;
      next = now() + everyTime;
      told = true;
      output.write(isTerminal ? `\r\u001b[K${line}` : `${line}\n`);
    },
    end: () => {
      if (told && isTerminal) output.write("\r\u001b[K");
      told = false;
    },
  };
}
