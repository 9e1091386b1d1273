import { HostError } from "../../errors.ts";
import type { Host, ProgramOutput, Work } from "../host.ts";
import type { Executed } from "./execute.ts";
import { NO_SUCH_PROGRAM, NOT_STARTED, remoteCommand } from "./remote-command.ts";
import type { Session } from "./session.ts";
import { sshFiles } from "./ssh-files.ts";

/** A host behind a session, for one piece of work. */
export function sshHost(session: Session, { signal, limitMs }: Work): Host {
  const start = async (argv: readonly string[], stdin?: Buffer): Promise<Executed> => {
    const command = remoteCommand(argv, { sudo: session.sudo, limitMs });
    const executed = await session.execute(command, stdin === undefined ? { signal } : { signal, stdin });
    if (executed.code === NO_SUCH_PROGRAM) throw new HostError("PROGRAM_MISSING");
    if (executed.code === NOT_STARTED) throw new HostError("NEEDS_PRIVILEGE");
    return executed;
  };
  return {
    practice: false,
    files: sshFiles((script, words, stdin) => start(["/bin/sh", "-c", script, "sh", ...words], stdin)),
    run: async (argv): Promise<ProgramOutput> => {
      const { code, stdout, stderr } = await start(argv);
      return { code, stdout, stderr };
    },
  };
}
