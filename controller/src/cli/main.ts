import { Command, CommanderError } from "commander";
import { addAuthority } from "./authority/commands.ts";
import type { ReportFormat } from "./diagnostics/formats.ts";
import { ExitCode } from "./exit-code.ts";
import { version } from "../version.ts";
import { lazily, output, port, type Shared, shared } from "./flags.ts";
import type { KeysOptions } from "./keys.ts";
import type { KitOptions } from "./kit.ts";
import type { PlanOptions } from "./plan/plan.ts";
import type { StatusOptions } from "./status.ts";
import type { WitnessInitOptions } from "./witness/key.ts";
import type { WitnessOptions } from "./witness/witness.ts";

/**
 * Runs `compline` with the given arguments and answers its exit code: 0 clean, 1 anything wrong in the repository's
 * YAML, 2 flags or configuration, 3 could not run, 4 verification failed.
 */
export async function main(argv: readonly string[]): Promise<number> {
  let code: ExitCode = ExitCode.clean;
  const program = describeProgram((result) => {
    code = result;
  });
  try {
    await program.parseAsync([...argv], { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.clean : ExitCode.usage;
    const { describeFailure } = await import("./failure.ts");
    const failure = describeFailure(error);
    process.stderr.write(`compline: ${failure.message}\n`);
    return failure.exitCode;
  }
}

function describeProgram(done: (code: ExitCode) => void): Command {
  const program = new Command("compline")
    .description("Compliance as code, the GitOps way: reviewed YAML in, signed evidence out.")
    .version(version, "-V, --version")
    .exitOverride()
    .showHelpAfterError("Run with --help to see what is possible.");
  addRunning(program, done);
  addReading(program, done);
  addKeys(program, done);
  addMaking(program, done);
  addEnrolment(program, done);
  addEvidence(program, done);
  addWitness(program, done);
  addAuthority(program, done);
  addDemo(program, done);
  return program;
}

function addRunning(program: Command, done: (code: ExitCode) => void): void {
  shared(program.command("start"))
    .description("start controller, portal and one appliance agent on this machine; Ctrl-C stops all of it")
    .option("--port <number>", "the local port of API and portal", port, 8480)
    .addHelpText("after", "\nExamples:\n  compline start\n  compline start --port 9000 --state /tmp/trial\n")
    .action(lazily<Shared & { port: number }>(async () => (await import("../start/start.ts")).start, done));
  output(shared(program.command("status")))
    .description("what is known now: revision, appliances, verdicts, what is not applied and why")
    .option("--link", "print a new one-time address that opens the portal")
    .option("--partner <name>", "the partner to tell of (default: the first one by name)")
    .option("--site <name>", "the only site to tell of, by name or id")
    .option(
      "--framework <name>",
      "list the controls of this framework: their verdicts, and which hosts fail them",
    )
    .option("--all", "tell everything: also what passes, what does not apply, and every notice")
    .option(
      "--at <time>",
      "what was so at a time (UTC, 2026-11-23T10:00:00Z), by what was accepted and signed",
    )
    .option("--known <position>", "with --at: as far as this many bundles tell (default: all that are kept)")
    .option("--snapshot <file>", "write verdicts and guards for `plan --observed` (- is standard output)")
    .addHelpText(
      "after",
      "\nExamples:\n  compline status\n  compline status -o json --partner lanternfish\n  compline status --site tidewell-clinic --framework hipaa\n  compline status --link\n  compline status --at 2026-11-23T10:00:00Z --known 1200 -o json\n  compline status --snapshot observed.json   (of all partners, or the named one)\n",
    )
    .action(lazily<StatusOptions>(async () => (await import("./status.ts")).status, done));
  output(shared(program.command("doctor")))
    .description("what is missing on this machine, and what to do")
    .option("--port <number>", "the local port that start would use", port, 8480)
    .addHelpText("after", "\nExamples:\n  compline doctor\n  compline doctor --port 9000 -o json\n")
    .action(
      lazily<Shared & { port: number; output: "text" | "json" }>(
        async () => (await import("./doctor/doctor.ts")).doctor,
        done,
      ),
    );
  program
    .command("version")
    .description("print the version")
    .action(() => {
      process.stdout.write(`${version}\n`);
    });
}

function addReading(program: Command, done: (code: ExitCode) => void): void {
  output(program.command("validate"), ["text", "json", "github", "sarif"])
    .description("check every YAML file of the repository and how they refer to each other")
    .option("--repo <dir>", "the repository to check", ".")
    .option("--changed-since <ref>", "only what the change since a commit can have affected")
    .addHelpText(
      "after",
      "\nWith --changed-since, nothing is printed when the change since that commit brings no finding; when it may bring\none, all files are checked and all findings printed. The result is that of checking all files, provided that the\ncommit itself has no findings; what was wrong there before and is not touched is not looked at.\n\nExamples:\n  compline validate\n  compline validate --changed-since origin/main\n  compline validate --repo ../partner -o json\n  compline validate -o sarif > compline.sarif\n",
    )
    .action(
      lazily<{ repo: string; output: ReportFormat; changedSince?: string }>(
        async () => (await import("./validate/validate.ts")).validate,
        done,
      ),
    );
  output(shared(program.command("plan")), ["text", "json", "markdown"])
    .description("what publishing would do: what changes at which appliance, and what would be refused")
    .option("--base <ref>", "what to start from (default: see below)")
    .option("--head <ref>", "what would be published (default: the folder's files, committed or not)")
    .option("--observed <file>", "what `status --snapshot` wrote (- is standard input): heals and scores")
    .option("--exit-code", "exit 1 when there is a difference")
    .addHelpText("after", planHelp)
    .action(lazily<PlanOptions>(async () => (await import("./plan/plan.ts")).plan, done));
}

const planHelp = `
Without --base the plan starts from what the state folder published; without a
state folder, from the commit where the head left its upstream branch; without
an upstream branch, from the commit that is checked out. Nothing is written, no
network is used.

Which heals would fire and how scores move follows from what was observed; it is
told when --observed gives that, else it is not known here. That file is not
signed: what follows from it is as true as where it came from.

Exit codes: 0 nothing is wrong, 1 something would be refused (or, with
--exit-code, something would be done), 2 flags, 3 could not run.

Examples:
  compline plan
  compline plan --base origin/main -o markdown >> "$GITHUB_STEP_SUMMARY"
  compline plan --base v1 --head v2 -o json
  compline status --snapshot - | compline plan --observed -
  compline plan --exit-code
`;

/** With reading: who may sign is told from what is kept. */
function addKeys(program: Command, done: (code: ExitCode) => void): void {
  output(shared(program.command("keys")))
    .description("who may sign what, since when and until when: authority, log, controller, appliances")
    .option("--partner <name>", "the partner to tell of (default: the first one by name)")
    .addHelpText("after", "\nExamples:\n  compline keys\n  compline keys --partner lanternfish -o json\n")
    .action(lazily<KeysOptions>(async () => (await import("./keys.ts")).keys, done));
}

function addMaking(program: Command, done: (code: ExitCode) => void): void {
  program
    .command("init")
    .argument("<dir>", "the folder to make; must not exist or be empty")
    .description(
      "make a partner's repository, ready to push: library, partner, site, workflow, editor settings",
    )
    .option("--partner <name>", "the partner's name (default: the folder's name)")
    .option("--site <name>", "the name of its first site", "office")
    .option("--preset <name>", "the frameworks that the site follows: a name of frameworks/presets")
    .addHelpText(
      "after",
      "\nExamples:\n  compline init ../lanternfish\n  compline init ../partner --partner lanternfish --site workbench\n  compline init ../clinics --site front-desk --preset healthcare\n",
    )
    .action(async (folder: string, options: { partner?: string; site: string; preset?: string }) => {
      const { init } = await import("./init/init.ts");
      done(await init({ folder, ...options }));
    });
}

function addEnrolment(program: Command, done: (code: ExitCode) => void): void {
  program
    .command("enrolment")
    .argument("<files...>", "files of appliances: sites/<partner>/<site>/appliances/<name>.yaml")
    .description("print the fingerprint of an enrolment, to compare with what the box prints")
    .option("--repo <dir>", "the repository the files are in", ".")
    .addHelpText(
      "after",
      "\nExamples:\n  compline enrolment sites/lanternfish/tidewell-clinic/appliances/front-box.yaml\n",
    )
    .action(async (files: readonly string[], { repo }: { repo: string }) => {
      const { enrolment } = await import("./enrolment.ts");
      done(await enrolment({ repo, files }));
    });
  shared(program.command("controller-key"))
    .description("print the key that signs assignments, which a box pins at enrolment, and its fingerprint")
    .option("--config <file>", "the configuration of a controller that `compline start` did not make")
    .addHelpText(
      "after",
      "\nExamples:\n  compline controller-key\n  compline controller-key --config /etc/compline/controller.json\n",
    )
    .action(
      lazily<Shared & { config?: string }>(
        async () => (await import("./controller-key.ts")).controllerKey,
        done,
      ),
    );
}

function addEvidence(program: Command, done: (code: ExitCode) => void): void {
  shared(program.command("export"))
    .description("write a site's envelopes, the assignments they name and a trust file into a folder")
    .requiredOption("--site <name>", "the site's name")
    .requiredOption("--out <dir>", "the folder to write; must not exist or be empty")
    .addHelpText("after", "\nExamples:\n  compline export --site tidewell-clinic --out /tmp/evidence\n")
    .action(
      lazily<Shared & { site: string; out: string }>(
        async () => (await import("./export.ts")).exportSite,
        done,
      ),
    );
  shared(program.command("kit"))
    .description("write a site's evidence of a period as one ZIP, for an auditor to verify without us")
    .requiredOption("--site <name>", "the site's name")
    .requiredOption("--from <time>", "the period's beginning: a day, or a time (UTC, 2026-10-01T00:00:00Z)")
    .requiredOption("--to <time>", "the period's end: a day, which counts whole, or a time")
    .option("--framework <name>", "the framework that is audited; the evidence is the same")
    .option("--sample <number>", "mark so many bundles to look at; the kit has all of them")
    .option("--seed <text>", "what chooses them: a text of the auditor's")
    .requiredOption("--out <file>", "the file to write; must not exist")
    .addHelpText(
      "after",
      "\nExamples:\n  compline kit --site tidewell-clinic --from 2026-10-01 --to 2026-12-31 --framework hipaa --out kit.zip\n",
    )
    .action(lazily<KitOptions>(async () => (await import("./kit.ts")).kit, done));
  const verify = program
    .command("verify")
    .argument("<paths...>", "kits (ZIP), exported folders, or envelope files; several are compared, too")
    .description("verify evidence: signatures, chains, results, assignments; nothing is read from a server")
    .option("--trust <file>", "the trust file to judge by, from somewhere else than the evidence")
    .option("--strict", "exit 4 also when something could not be checked");
  output(verify)
    .addHelpText(
      "after",
      "\nExamples:\n  compline verify /tmp/evidence\n  compline verify kit.zip --trust trust.json\n  compline verify january.zip february.zip\n  compline verify /tmp/evidence --trust trust.json -o json\n",
    )
    .action(async (paths: string[], options: { trust?: string; strict?: true; output: "text" | "json" }) => {
      const { verify: run } = await import("./verify.ts");
      done(await run({ paths, ...options }));
    });
}

function addWitness(program: Command, done: (code: ExitCode) => void): void {
  const witness = program
    .command("witness")
    .description("watch a partner's log from elsewhere: sign that it only ever grew");
  witness
    .command("run", { isDefault: true })
    .description("cosign and commit the newest checkpoint when it follows on from the last one; else exit 4")
    .requiredOption("--log <place>", "address of the log (…/v1/log/<partner's ULID>), or its folder")
    .requiredOption("--key <file>", "the witness's key")
    .option("--repo <dir>", "the partner's repository: what it cosigned last, and whom to believe", ".")
    .option("--partner <name>", "the partner, where the repository has several")
    .addHelpText(
      "after",
      "\nWhat is read and written is what is committed; nothing is pushed. A log that shows less than before, or another\npast, is refused: both checkpoints are shown, and what the log signed is kept below witness/.\n\nExamples:\n  compline witness --log https://control.example/v1/log/01J00000000000000000000PP0 --key witness.key\n",
    )
    .action(lazily<WitnessOptions>(async () => (await import("./witness/witness.ts")).witness, done));
  witness
    .command("init")
    .description("make a witness's key where it will be used, and print the lines for partner.yaml")
    .requiredOption("--key <file>", "the file to make")
    .requiredOption("--name <name>", "the witness's name, such as witness.example/acme")
    .addHelpText(
      "after",
      "\nExamples:\n  compline witness init --key witness.key --name witness.example/acme\n",
    )
    .action(lazily<WitnessInitOptions>(async () => (await import("./witness/key.ts")).witnessInit, done));
  witness
    .command("policy")
    .description(
      "print whom a trust file asks to have signed a checkpoint, for tools of others (C2SP tlog-policy)",
    )
    .requiredOption("--trust <file>", "the trust file")
    .addHelpText(
      "after",
      "\nThe policy wants the witnesses on one checkpoint. Compline's own verifiers count, for each bundle, who cosigned any\ncheckpoint that covers it: what passes the policy passes there, too.\n\nExamples:\n  compline witness policy --trust evidence/trust.json > tlog-policy\n",
    )
    .action(lazily<{ trust: string }>(async () => (await import("./witness/policy.ts")).witnessPolicy, done));
}

function addDemo(program: Command, done: (code: ExitCode) => void): void {
  const demo = program.command("demo").description("break and reset the practice host");
  shared(demo.command("break").argument("<drill>", "the drill's name, such as sshd-root-login"))
    .description(
      "break one setting of the practice host for real, and say what was seen and healed, and when",
    )
    .option("--no-wait", "break it and return at once")
    .addHelpText("after", "\nExamples:\n  compline demo break sshd-root-login\n")
    .action(async (drill: string, options: Shared & { wait: boolean }) => {
      const { demoBreak } = await import("./demo.ts");
      done(await demoBreak({ drill, ...options }));
    });
  shared(demo.command("reset"))
    .description("put the practice host back to how the repository ships it")
    .action(lazily<Shared>(async () => (await import("./demo.ts")).demoReset, done));
}
