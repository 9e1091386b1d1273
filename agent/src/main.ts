import { realpathSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { pino } from "pino";
import { openAppliance, readFolder, runAppliance } from "./appliance.ts";
import { createEvaluator } from "./checks/evaluator.ts";
import { systemClock } from "./clock.ts";
import { crashPointFrom } from "./crash-point.ts";
import { AgentError } from "./errors.ts";
import { readProvenance, readVersion } from "./provenance.ts";

/** A loop that does not come to its end in this time after a signal is left behind: what is durable is durable. */
const SHUTDOWN_LIMIT_MS = 800;

const EXAMPLES = `
Examples:
  compline-agent run --appliance .compline/appliances/workbench-box
  compline-agent run --appliance boxes/one --appliance boxes/two --exit-with-stdin

An appliance folder holds appliance.json, which enrolment writes. Its key and its name are made in it at the first
start; then the agent waits for the file "bearer".

Exit codes: 0 ended by a signal, 2 flags or configuration, 3 could not run.
`;

interface RunOptions {
  readonly appliance: readonly string[];
  readonly exitWithStdin: boolean;
}

/** Reads the flags and runs until told to end. Sets nothing but the process's exit code. */
async function main(argv: readonly string[]): Promise<number> {
  const program = new Command("compline-agent")
    .description("Looks at hosts, heals them within its limits, and signs what it saw.")
    .version(readVersion())
    .exitOverride()
    .addHelpText("after", EXAMPLES);
  let code = 0;
  program
    .command("run")
    .description("run one or more appliances in this process")
    .requiredOption("--appliance <dir>", "folder of an appliance (may be given again)", collect, [])
    .option("--exit-with-stdin", "end when standard input ends", false)
    .addHelpText("after", EXAMPLES)
    .action(async (options: RunOptions) => {
      code = await run(options);
    });
  try {
    await program.parseAsync([...argv], { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
}

async function run({ appliance: folders, exitWithStdin }: RunOptions): Promise<number> {
  const log = pino(
    { base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 2, sync: true }),
  );
  const ending = new AbortController();
  for (const name of ["SIGTERM", "SIGINT"] as const) process.once(name, () => ending.abort());
  if (exitWithStdin) process.stdin.resume().once("close", () => ending.abort());
  const evaluator = createEvaluator();
  try {
    const configured = uniqueFolders(folders).map((folder) => ({ folder, config: readFolder(folder) }));
    const opened = configured.map(({ folder, config }) => openAppliance(folder, config));
    const provenance = readProvenance();
    const crashPoint = crashPointFrom(process.env["COMPLINE_CRASH_AT"]);
    const shared = { clock: systemClock, random: Math.random, evaluator, provenance, crashPoint, log };
    log.info({ appliances: opened.length, version: provenance.software.version }, "agent started");
    ending.signal.addEventListener("abort", () =>
      setTimeout(() => process.exit(0), SHUTDOWN_LIMIT_MS).unref(),
    );
    await Promise.all(opened.map((each) => runAppliance(shared, each, ending.signal)));
    log.info("agent ended");
    return 0;
  } catch (error) {
    if (!(error instanceof AgentError)) throw error;
    log.fatal({ code: error.code, cause: causeOf(error) }, error.message);
    return error.code === "CONFIG_INVALID" ? 2 : 3;
  } finally {
    await evaluator.close();
  }
}

function collect(value: string, before: readonly string[]): readonly string[] {
  return [...before, value];
}

/** One folder given twice would be locked by ourselves. */
function uniqueFolders(folders: readonly string[]): readonly string[] {
  const real = folders.map((folder) => {
    try {
      return realpathSync(folder);
    } catch (error) {
      throw new AgentError("CONFIG_INVALID", `${folder}: expected the folder of an appliance`, {
        cause: error,
      });
    }
  });
  return [...new Set(real)];
}

function causeOf({ cause }: AgentError): string | undefined {
  return cause instanceof Error ? cause.message : undefined;
}

// Sockets that are kept alive would hold the process for seconds.
process.exit(await main(process.argv.slice(2)));
