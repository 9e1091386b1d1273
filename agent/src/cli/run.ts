import { realpathSync } from "node:fs";
import { openAppliance, runAppliance } from "../appliance.ts";
import { createEvaluator } from "../checks/evaluator.ts";
import { systemClock } from "../clock.ts";
import { crashPointFrom } from "../crash-point.ts";
import { AgentError } from "../errors.ts";
import { createLog } from "../log.ts";
import { readProvenance } from "../provenance.ts";
import { exitCodeOf } from "./failure.ts";
import { readFolder } from "./folder.ts";

/** A loop that does not come to its end in this time after a signal is left behind: what is durable is durable. */
const SHUTDOWN_LIMIT_MS = 800;

/** The flags of `compline-agent run`. */
export interface RunOptions {
  readonly appliance: readonly string[];
  readonly exitWithStdin: boolean;
}

/** Runs one or more appliances until a signal; answers the exit code. */
export async function run({ appliance: folders, exitWithStdin }: RunOptions): Promise<number> {
  const log = createLog();
  const ending = new AbortController();
  for (const name of ["SIGTERM", "SIGINT"] as const) process.once(name, () => ending.abort());
  if (exitWithStdin) process.stdin.resume().once("close", () => ending.abort());
  const evaluator = createEvaluator();
  try {
    const configured = uniqueFolders(folders).map((folder) => ({ folder, config: readFolder(folder) }));
    const crashPoint = crashPointFrom(process.env["COMPLINE_CRASH_AT"]);
    const opened = configured.map(({ folder, config }) => openAppliance(folder, config, crashPoint));
    const provenance = readProvenance();
    const shared = {
      clock: systemClock,
      random: Math.random,
      evaluator,
      provenance,
      crashPoint,
      credentialDirectory: process.env["CREDENTIALS_DIRECTORY"],
      log,
    };
    log.info({ appliances: opened.length, version: provenance.software.version }, "agent started");
    ending.signal.addEventListener("abort", () =>
      setTimeout(() => process.exit(0), SHUTDOWN_LIMIT_MS).unref(),
    );
    await Promise.all(opened.map((each) => runAppliance(shared, each, ending.signal)));
    log.info("agent ended");
    return 0;
  } catch (error) {
    if (!(error instanceof AgentError)) throw error;
    log.fatal({ code: error.code, detail: error.message, cause: causeOf(error) }, "agent cannot run");
    return exitCodeOf(error);
  } finally {
    await evaluator.close();
  }
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
