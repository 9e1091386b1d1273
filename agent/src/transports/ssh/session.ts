import type { Client } from "ssh2";
import { createGate } from "../../concurrency.ts";
import { HostError } from "../../errors.ts";
import { type Executed, execute, type ExecuteOptions } from "./execute.ts";
import { remoteCommand } from "./remote-command.ts";
import type { SshTarget } from "./ssh-target.ts";

/** Programs at the same time on one host; sshd's own limit is 10 unless its administrator set another. */
const CHANNELS = 4;
/** A shell that does not answer in this time will not. */
const GREETING_LIMIT_MS = 8_000;

/** A connection that is up, with a log-in shell that was found to read commands as POSIX says. */
export interface Session {
  readonly sudo: boolean;
  /** Waits for a free channel, and runs one command line of the remote shell. @throws HostError */
  execute(command: string, options: ExecuteOptions): Promise<Executed>;
  /** Ends the connection at once. */
  close(): void;
  /** Resolves when it has ended, for whatever reason. */
  readonly closed: Promise<void>;
}

/** Everything that a shell might read otherwise than POSIX does. */
const GREETING = 'it\'s \\\\ $HOME `id` "!" *\n~ é';

/**
 * Greets the host by the very form in which everything is run there, and looks at what comes back. A connection whose
 * host does not answer as it should is ended.
 * @throws HostError SHELL_NOT_POSIX, SHELL_PRINTS, SUDO_REFUSED, or why there was no answer
 */
export async function openSession(client: Client, target: SshTarget): Promise<Session> {
  const closed = new Promise<void>((resolve) => client.once("close", resolve));
  const gate = createGate(CHANNELS);
  const session: Session = {
    sudo: target.sudo,
    execute: (command, options) => gate(() => execute(client, command, options)),
    close: () => void client.destroy(),
    closed,
  };
  try {
    await greet(session);
    return session;
  } catch (error) {
    session.close();
    throw error;
  }
}

async function greet(session: Session): Promise<void> {
  const { stdout } = await answerTo(session, ["/usr/bin/printf", "%s", GREETING], false);
  const answer = stdout.toString("utf8");
  if (answer !== GREETING)
    throw new HostError(answer.includes(GREETING) ? "SHELL_PRINTS" : "SHELL_NOT_POSIX");
  if (!session.sudo) return;
  const { code } = await answerTo(session, ["/usr/bin/true"], true);
  if (code !== 0) throw new HostError("SUDO_REFUSED");
}

function answerTo(session: Session, argv: readonly string[], sudo: boolean): Promise<Executed> {
  const command = remoteCommand(argv, { sudo, limitMs: GREETING_LIMIT_MS });
  return session.execute(command, { signal: AbortSignal.timeout(GREETING_LIMIT_MS) });
}
