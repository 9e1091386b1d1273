import { type Logger, type LoggerOptions, pino } from "pino";

const secrets = ["token", "bearer", "authorization", "privateKey"];

/** How lines are written; what is named like a secret is left out, at the top, one level down and in headers. */
export const logOptions: LoggerOptions = {
  base: null,
  timestamp: pino.stdTimeFunctions.isoTime,
  redact: secrets.flatMap((name) => [name, `*.${name}`, `*.headers.${name}`]),
};

/** Makes the one logger of the process: JSON lines on stderr, a constant message, variables as fields. */
export function createLog(): Logger {
  return pino(logOptions, pino.destination({ dest: 2, sync: true }));
}
