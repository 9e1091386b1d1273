import { type Logger, type LoggerOptions, pino } from "pino";

/** The logger of the controller: JSON lines, a constant message, variables as fields. */
export type Log = Logger;

const secrets = ["token", "bearer", "cookie", "authorization", "privateKey"];

/** How lines are written; what is named like a secret is left out, at the top, one level down and in headers. */
export const logOptions: LoggerOptions = {
  base: { process: "controller" },
  redact: secrets.flatMap((name) => [name, `*.${name}`, `*.headers.${name}`]),
};

/**
 * Makes the one logger. It writes to stderr at once (fd 2, synchronously), so that nothing is lost when the process
 * is killed; stdout is kept for the `ready` line.
 */
export function createLog(level: string): Log {
  return pino({ ...logOptions, level }, pino.destination({ fd: 2, sync: true }));
}
