import { type BoxCeiling, HEALING_MODES, RISKS } from "@compline/core/appliance";
import { Command, CommanderError, Option } from "commander";
import { systemClock, toInstant } from "../clock.ts";
import { AgentError } from "../errors.ts";
import { readVersion } from "../provenance.ts";
import { type EnrolOptions, enrol, show } from "./enrol.ts";
import type { EnrolmentText } from "./enrolment-text.ts";
import { exitCodeOf } from "./failure.ts";
import { override, type OverrideOptions } from "./override.ts";
import { repin, type RepinOptions } from "./repin.ts";
import { rotate, type RotateOptions } from "./rotate.ts";
import { run, type RunOptions } from "./run.ts";
import { addSshKey } from "./ssh-key.ts";
import { status } from "./status.ts";
import { decide } from "./suspend.ts";

const HOSTS: readonly BoxCeiling["hosts"][] = ["practice", "all"];

const OVERVIEW = `
A new box:
  1. compline-agent enrol makes its folder and key, and prints a document and a fingerprint
  2. a reviewer compares the fingerprint and merges the document into the partner's repository
  3. compline-agent run

Exit codes: 0 done, or ended by a signal; 2 flags or configuration; 3 could not run.
`;

/** Runs `compline-agent` with the given arguments and answers its exit code. */
export async function main(argv: readonly string[]): Promise<number> {
  let code = 0;
  const program = describeProgram((result) => {
    code = result;
  });
  try {
    await program.parseAsync([...argv], { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    if (!(error instanceof AgentError)) throw error;
    process.stderr.write(`compline-agent: ${error.message}\n`);
    return exitCodeOf(error);
  }
}

function describeProgram(done: (code: number) => void): Command {
  const program = new Command("compline-agent")
    .description("Looks at hosts, heals them within its limits, and signs what it saw.")
    .version(readVersion())
    .exitOverride()
    .showHelpAfterError("Run with --help to see what is possible.")
    .addHelpText("after", OVERVIEW);
  addRun(program, done);
  addEnrolment(program);
  addSshKey(program, (line) => process.stdout.write(`${line}\n`));
  addSuspension(program);
  addOverride(program);
  addRotate(program, done);
  addRepin(program, done);
  addStatus(program);
  return program;
}

function addRun(program: Command, done: (code: number) => void): void {
  program
    .command("run")
    .description("run one or more appliances in this process, until a signal")
    .requiredOption("--appliance <dir>", "folder of an appliance (may be given again)", collect, [])
    .option("--exit-with-stdin", "end when standard input ends", false)
    .addHelpText(
      "after",
      examples(
        "run --appliance /var/lib/compline/front-box",
        "run --appliance boxes/one --appliance boxes/two --exit-with-stdin",
      ),
    )
    .action(async (options: RunOptions) => done(await run(options)));
}

function addEnrolment(program: Command): void {
  program
    .command("enrol")
    .argument("<dir>", "the folder to make; one that is an appliance's already is refused")
    .description("make an appliance: its folder, its key, what it pins and what it may do at most")
    .requiredOption("--name <name>", "its name: the file in the repository is called after it")
    .requiredOption("--controller <url>", "where the controller is: https, or http on 127.0.0.1")
    .requiredOption("--controller-key <hex>", "the key of `compline controller-key`, pinned here")
    .option("--certificate <file>", "the controller's certificate (PEM), pinned here")
    .addOption(
      choice("--mode <mode>", "the highest healing mode, whatever the YAML says", HEALING_MODES, "standard"),
    )
    .addOption(choice("--risk <risk>", "the highest risk of a runbook", RISKS, "low"))
    .addOption(choice("--hosts <which>", "which hosts may be changed", HOSTS, "practice"))
    .option("--argv", "programs may be run on hosts", false)
    .addHelpText(
      "after",
      examples(
        "enrol /var/lib/compline/front-box --name front-box --controller https://control.example \\\n" +
          "    --controller-key <64 hex digits> --certificate control.pem --hosts all > front-box.yaml",
      ),
    )
    .action((folder: string, options: EnrolOptions) => print(enrol(folder, options)));
  program
    .command("show")
    .argument("<dir>", "the folder of an appliance")
    .description("print the enrolment again: the document, the fingerprints and the ceiling")
    .addHelpText("after", examples("show /var/lib/compline/front-box"))
    .action((folder: string) => print(show(folder)));
}

function addSuspension(program: Command): void {
  const descriptions = {
    suspend: "stop healing on this box at once; it looks, signs and reports on",
    resume: "let a suspended box heal again",
  };
  for (const name of ["suspend", "resume"] as const) {
    program
      .command(name)
      .argument("<dir>", "the folder of an appliance, whether its agent runs or not")
      .description(descriptions[name])
      .requiredOption("--reason <text>", "why, in one line; the controller shows it")
      .addHelpText(
        "after",
        examples(`${name} /var/lib/compline/front-box --reason "the fuse box is rebuilt"`),
      )
      .action((folder: string, { reason }: { readonly reason: string }) => {
        const at = toInstant(systemClock.now());
        say(decide(folder, { suspended: name === "suspend", reason, at }));
      });
  }
}

function addRepin(program: Command, done: (code: number) => void): void {
  program
    .command("repin")
    .argument("<dir>", "the folder of an appliance whose agent does not run")
    .description("obey another controller, after the one before was lost")
    .requiredOption("--controller-key <hex>", "the key of `compline controller-key` there")
    .option("--controller <url>", "where it is; as before when not given")
    .option("--certificate <file>", "its certificate (PEM); as before when not given")
    .option("--yes", "do it; without this it only says what it would do", false)
    .addHelpText(
      "after",
      examples("repin /var/lib/compline/front-box --controller-key <64 hex digits> --yes"),
    )
    .action((folder: string, options: RepinOptions) => {
      const { text, done: isDone } = repin(folder, options);
      say(text);
      if (!isDone) done(2);
    });
}

function addOverride(program: Command): void {
  program
    .command("override")
    .argument("<dir>", "the folder of an appliance, whether its agent runs or not")
    .description("let each fail be healed once more, although this box's own pauses hold it back")
    .requiredOption("--reason <text>", "why, in one line; the controller shows it")
    .option("--for <duration>", "how long it stands, at most 24h", "1h")
    .addHelpText(
      "after",
      examples('override /var/lib/compline/front-box --reason "the disk was replaced" --for 30m'),
    )
    .action((folder: string, options: Pick<OverrideOptions, "reason" | "for">) =>
      say(override(folder, { ...options, now: systemClock.now() })),
    );
}

function addRotate(program: Command, done: (code: number) => void): void {
  program
    .command("rotate")
    .argument("<dir>", "the folder of an appliance, whether its agent runs or not")
    .description("give this box another key: make it, then print its enrolment to review")
    .option("--yes", "make the key; without this it says what it would do, or how far it is", false)
    .addHelpText(
      "after",
      examples(
        "rotate /var/lib/compline/front-box --yes",
        "rotate /var/lib/compline/front-box > front-box.yaml",
      ),
    )
    .action((folder: string, options: RotateOptions) => {
      const { document, explanation } = rotate(folder, options);
      if (document !== null) return print({ document, explanation });
      process.stderr.write(`${explanation}\n`);
      if (!options.yes) done(2);
    });
}

function addStatus(program: Command): void {
  program
    .command("status")
    .argument("<dir>", "the folder of an appliance, whether its agent runs or not")
    .description("say where its chain stands, what waits to be sent, what it may do, and how its clock is")
    .addHelpText("after", examples("status /var/lib/compline/front-box"))
    .action((folder: string) => say(status(folder, systemClock.now())));
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** The document alone goes to standard output. */
function print({ document, explanation }: EnrolmentText): void {
  process.stdout.write(document);
  process.stderr.write(`\n${explanation}\n`);
}

function choice(flags: string, description: string, allowed: readonly string[], without: string): Option {
  return new Option(flags, description).choices([...allowed]).default(without);
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

function examples(...lines: readonly string[]): string {
  return `\nExamples:\n${lines.map((line) => `  compline-agent ${line}\n`).join("")}`;
}
