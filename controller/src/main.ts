import { join } from "node:path";
import { parseArgs } from "node:util";
import { readConfig } from "./config/config.ts";
import { type Controller, startController } from "./controller.ts";
import { crashPointFrom } from "./crash-point.ts";
import { ControllerError, messageOf } from "./errors.ts";
import { createLog, type Log } from "./log.ts";

// The process of the controller: `node main.ts --config FILE [--exit-with-stdin]`. It prints `ready <url>` on stdout
// when it listens. Exit codes: 0 ended by a signal or by stdin, 2 flags or configuration, 3 could not run.
process.umask(0o077);
const log = createLog(process.env["COMPLINE_LOG_LEVEL"] ?? "info");
try {
  await main(log);
} catch (error) {
  process.stderr.write(`compline controller: ${messageOf(error)}\n`);
  log.error({ err: error }, "the controller could not start");
  process.exit(isUsage(error) ? 2 : 3);
}

async function main(log: Log): Promise<void> {
  const { config: path, exitWithStdin } = readFlags();
  const controller = await startController({
    config: await readConfig(path),
    log,
    clock: Date.now,
    crashPoint: crashPointFrom(process.env["COMPLINE_CRASH_AT"]),
    portalCommand: [
      process.execPath,
      join(import.meta.dirname, "..", "..", "portal", "bin", "build.mjs"),
      "--served",
    ],
  });
  endOn(controller, log, exitWithStdin);
  process.stdout.write(`ready ${controller.url}\n`);
}

function readFlags(): { readonly config: string; readonly exitWithStdin: boolean } {
  const { values } = parseArgs({
    options: { config: { type: "string" }, "exit-with-stdin": { type: "boolean", default: false } },
  });
  if (values.config === undefined) throw new ControllerError("CONFIG_INVALID", "--config FILE is needed");
  return { config: values.config, exitWithStdin: values["exit-with-stdin"] };
}

function isUsage(error: unknown): boolean {
  if (error instanceof ControllerError) return error.code === "CONFIG_INVALID";
  return error instanceof TypeError && "code" in error && String(error.code).startsWith("ERR_PARSE_ARGS");
}

/** Ends it once, on the first of SIGTERM, SIGINT and, when asked, the end of stdin (whoever started us is gone). */
function endOn(controller: Controller, log: Log, exitWithStdin: boolean): void {
  let ending = false;
  const end = (reason: string): void => {
    if (ending) return;
    ending = true;
    log.info({ reason }, "ending");
    controller.close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, "could not end in order");
        process.exit(3);
      },
    );
  };
  process.on("SIGTERM", () => end("SIGTERM"));
  process.on("SIGINT", () => end("SIGINT"));
  if (exitWithStdin) process.stdin.on("end", () => end("stdin")).resume();
}
