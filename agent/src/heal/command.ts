import { spawn } from "node:child_process";
import { HealError } from "./heal-error.ts";

/** Starts a program of this machine and waits for it. A port, so that a test starts nothing. */
export type RunCommand = (argv: readonly string[], signal: AbortSignal) => Promise<void>;

/** What `reload` means on a real host. */
export function reloadCommand(service: string): readonly string[] {
  return ["/usr/bin/systemctl", "reload", service];
}

/**
 * By argv, never through a shell, with a bare environment, and killed when `signal` fires.
 * @throws HealError COMMAND_FAILED
 */
export const runCommand: RunCommand = async (argv, signal) => {
  const [program, ...rest] = argv;
  if (program?.startsWith("/") !== true) throw new HealError("COMMAND_FAILED");
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const child = spawn(program, rest, {
    stdio: "ignore",
    shell: false,
    signal,
    killSignal: "SIGKILL",
    env: { PATH: "/usr/sbin:/usr/bin:/sbin:/bin", LC_ALL: "C" },
  });
  child.once("error", (cause) => reject(new HealError("COMMAND_FAILED", { cause })));
  child.once("exit", (code) => (code === 0 ? resolve() : reject(new HealError("COMMAND_FAILED"))));
  await promise;
};
