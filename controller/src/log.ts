import { type Logger, pino } from "pino";

/** The logger of the controller: JSON lines, a constant message, variables as fields. */
export type Log = Logger;

/**
 * Makes the one logger. It writes to stderr at once (fd 2, synchronously), so that nothing is lost when the process
 * is killed; stdout is kept for the `ready` line. Secrets are redacted by path wherever they might be passed.
 */
export function createLog(level: string): Log {
  return pino(
    {
      level,
      base: { process: "controller" },
      redact: ["req.headers.authorization", "req.headers.cookie", "token", "*.token", "bearer", "*.bearer"],
    },
    pino.destination({ fd: 2, sync: true }),
  );
}
