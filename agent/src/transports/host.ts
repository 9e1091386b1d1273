import type { HostFiles } from "./host-files.ts";

/** One host, opened for one piece of work: everything it does ends with TIMEOUT when that work's signal fires. */
export interface Host {
  /** True for a folder that plays a host; no program runs there. */
  readonly practice: boolean;
  readonly files: HostFiles;
  /**
   * Starts a program by its absolute path, without a shell of its own and in a bare environment, and waits for its end.
   * When this throws, the program has been killed or will be soon.
   * @throws HostError when there is no output to speak of
   */
  run(argv: readonly string[]): Promise<ProgramOutput>;
}

/** The piece of work a host is opened for. */
export interface Work {
  /** Ends whatever is under way, with TIMEOUT. */
  readonly signal: AbortSignal;
  /** How long the work may take in all, in milliseconds: a program on another machine ends by itself about then. */
  readonly limitMs: number;
}

/** How a program ended. */
export interface ProgramOutput {
  readonly code: number;
  /** All it wrote to standard output, at most `MAX_OUTPUT_BYTES`. */
  readonly stdout: Buffer;
  /**
   * The beginning of what it complained of, at most `MAX_COMPLAINT_BYTES`. From the host: it is shown nowhere but in a heal's
   * transcript, scrubbed.
   */
  readonly stderr: Buffer;
}

/** More output than this is OUTPUT_TOO_LARGE, never cut. */
export const MAX_OUTPUT_BYTES: number = 10 * 1024 * 1024;

/** No more is kept of what a program writes to standard error. */
export const MAX_COMPLAINT_BYTES: number = 16 * 1024;

/** All that a program finds in its environment. */
export const BARE_ENVIRONMENT: Readonly<Record<string, string>> = {
  PATH: "/usr/sbin:/usr/bin:/sbin:/bin",
  LC_ALL: "C",
};
