import type { Host } from "../transports/host.ts";
import { HealError } from "./heal-error.ts";

/** What `reload` means on a real host. */
export function reloadCommand(service: string): readonly string[] {
  return ["/usr/bin/systemctl", "reload", service];
}

/** Runs a program of a runbook on its host. @throws HealError COMMAND_FAILED, HostError when it could not be run */
export async function runCommand(host: Host, argv: readonly string[]): Promise<void> {
  const { code } = await host.run(argv);
  if (code !== 0) throw new HealError("COMMAND_FAILED");
}
