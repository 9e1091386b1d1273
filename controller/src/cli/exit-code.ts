/** What the exit codes of both programs mean. */
export const ExitCode = {
  /** Nothing is wrong. */
  clean: 0,
  /** Something is wrong in the repository's YAML (or, with `plan --exit-code`, there is a difference). */
  findings: 1,
  /** Flags or configuration. */
  usage: 2,
  /** Could not run: files, network, another process. */
  failed: 3,
  /** Verification failed. */
  unverified: 4,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];
