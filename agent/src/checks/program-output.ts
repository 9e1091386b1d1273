import type { Program, RawOutput } from "@compline/core/appliance";
import { HostError } from "../errors.ts";
import type { Host } from "../transports/host.ts";

/** Runs a program of a host and gives its output as a row. Never throws: what went wrong is in `error`. */
export async function outputOf(host: Host, argv: Program): Promise<RawOutput> {
  try {
    const { code, stdout } = await host.run(argv);
    return { argv, code, text: textOf(stdout), error: null };
  } catch (error) {
    if (error instanceof HostError) return { argv, code: null, text: null, error: error.token };
    throw error;
  }
}

/** Output that is no UTF-8 is not guessed at. @throws HostError OUTPUT_NOT_TEXT */
function textOf(bytes: Buffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new HostError("OUTPUT_NOT_TEXT", { cause: error });
  }
}
