import { HostError } from "../errors.ts";
import type { Host, ProgramOutput } from "../transports/host.ts";
import { HealError } from "./heal-error.ts";
import type { Recorder } from "./recorder.ts";

/** What `reload` means on a real host. */
export function reloadCommand(service: string): readonly string[] {
  return ["/usr/bin/systemctl", "reload", service];
}

/**
 * Runs a program of a runbook on its host, and takes down what it said. @throws HealError COMMAND_FAILED, HostError when it
 * could not be run
 */
export async function runCommand(
  { opened, recorder }: { readonly opened: Host; readonly recorder: Recorder },
  argv: readonly string[],
): Promise<void> {
  let output: ProgramOutput;
  try {
    output = await opened.run(argv);
  } catch (error) {
    if (error instanceof HostError) recorder.program(argv, null);
    throw error;
  }
  recorder.program(argv, output);
  if (output.code !== 0) throw new HealError("COMMAND_FAILED");
}
