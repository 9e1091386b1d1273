import { resolve } from "node:path";
import { ExitCode } from "../exit-code.ts";
import { type Examined, examine } from "./examine.ts";
import { type DoctorPlace, readMachine } from "./machine.ts";

/** The flags of `compline doctor`. */
export interface DoctorOptions extends DoctorPlace {
  readonly output: "text" | "json";
}

/** Says what is missing on this machine and what to do. Answers `failed` when something that is needed is missing. */
export async function doctor(options: DoctorOptions): Promise<ExitCode> {
  const examined = examine(await readMachine({ ...options, repo: resolve(options.repo) }));
  const ready = examined.every(({ state }) => state !== "missing");
  const print = options.output === "json" ? printJson : printText;
  process.stdout.write(`${print(examined, ready)}\n`);
  return ready ? ExitCode.clean : ExitCode.failed;
}

function printJson(checks: readonly Examined[], ready: boolean): string {
  return JSON.stringify({ schemaVersion: "1", ready, checks }, null, 2);
}

function printText(examined: readonly Examined[], ready: boolean): string {
  const width = Math.max(...examined.map(({ name }) => name.length));
  const rows = examined.flatMap(({ name, state, found, remedy }) => {
    const row = `${state.padEnd(8)}  ${name.padEnd(width)}  ${found}`;
    return remedy === null ? [row] : [row, `${" ".repeat(width + 12)}${remedy}`];
  });
  return [...rows, ready ? "Ready to start." : "Not ready: see what is missing."].join("\n");
}
