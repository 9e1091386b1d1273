import { type Command, CommanderError } from "commander";
import { ExitCode } from "./exit-code.ts";

/** A command's work: it prints, and answers the exit code. Loaded only when the command runs, so that `version` stays quick. */
type Run<Options> = (options: Options) => Promise<ExitCode>;

/** The flags that most commands share. */
export interface Shared {
  readonly repo: string;
  readonly state: string | undefined;
}

/** `--repo` and `--state`, which most commands share. */
export function shared(command: Command): Command {
  return command
    .option("--repo <dir>", "the repository with frameworks/, policies/, runbooks/ and sites/", ".")
    .option("--state <dir>", "the state folder (default: .compline in the repository)");
}

/** `-o`: one of the formats, and text when it is absent. */
export function output(command: Command, formats: readonly string[] = ["text", "json"]): Command {
  return command.option("-o, --output <format>", formats.join(", "), oneOf("output", formats), "text");
}

function oneOf(name: string, allowed: readonly string[]): (value: string) => string {
  return (value) => {
    if (allowed.includes(value)) return value;
    throw new CommanderError(
      ExitCode.usage,
      "compline.choice",
      usage(`--${name} is one of ${allowed.join(", ")}; found ${value}`),
    );
  };
}

/** Reads `--port`. */
export function port(value: string): number {
  const number = Number(value);
  if (Number.isInteger(number) && number >= 1 && number <= 65_535) return number;
  throw new CommanderError(
    ExitCode.usage,
    "compline.port",
    usage(`--port is a number from 1 to 65535; found ${value}`),
  );
}

/** Commander prints its own errors before it throws; ours are printed here, the same way. */
function usage(message: string): string {
  process.stderr.write(`error: ${message}\n`);
  return message;
}

/** Loads the module that does a command's work, runs it, and hands its exit code on. */
export function lazily<Options>(load: () => Promise<Run<Options>>, done: (code: ExitCode) => void) {
  return async (options: Options): Promise<void> => {
    const run = await load();
    done(await run(options));
  };
}
