import { HostError } from "../../errors.ts";
import { BARE_ENVIRONMENT } from "../host.ts";
import { shellCommand } from "../shell-quote.ts";

/** How a command is run there. */
export interface RemoteOptions {
  /** As root, by sudo. */
  readonly sudo: boolean;
  /** The host itself ends it about then. */
  readonly limitMs: number;
}

/**
 * The one form in which anything is started on a host: the log-in shell becomes sudo (when asked for), env (a bare
 * environment), timeout (so that a hang ends on the host even when nobody is left to end it) and at last the program.
 * @throws HostError ARGUMENT_REFUSED
 */
export function remoteCommand(argv: readonly string[], { sudo, limitMs }: RemoteOptions): string {
  if (argv[0]?.startsWith("/") !== true) throw new HostError("ARGUMENT_REFUSED");
  const environment = Object.entries(BARE_ENVIRONMENT).map(([name, value]) => `${name}=${value}`);
  const limit = String(Math.ceil(limitMs / 1000) + 1);
  const bounded = ["/usr/bin/env", "-i", ...environment, "/usr/bin/timeout", "-s", "KILL", limit, ...argv];
  return `exec ${shellCommand(sudo ? ["/usr/bin/sudo", "-n", "--", ...bounded] : bounded)}`;
}

/** What `timeout` and `env` end with when there is no such program. */
export const NO_SUCH_PROGRAM = 127;
/** What they end with when it may not be started. */
export const NOT_STARTED = 126;
