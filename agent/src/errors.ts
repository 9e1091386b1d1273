/** Every way an operation of the agent can fail. What to do about one is looked up from its code, never from its text. */
export type AgentCode =
  | "CONFIG_INVALID"
  | "IDENTITY_LOST"
  | "STATE_LOCKED"
  | "STATE_VERSION"
  | "STATE_FAILED"
  | "STATE_FULL"
  | "ASSIGNMENT_REFUSED"
  | "NOT_ENROLLED"
  | "CONTROLLER_UNREACHABLE"
  | "CONTROLLER_IDENTITY"
  | "CONTROLLER_ANSWER";

/** Thrown by adapters, caught at the loop or at `main`. The message names what was expected, found and where. */
export class AgentError extends Error {
  readonly code: AgentCode;
  constructor(code: AgentCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "AgentError";
    this.code = code;
  }
}

/**
 * Something that could not be done on a host. `token` may enter evidence as a reason or an error class, so it is a
 * constant of this program and never text from the host.
 */
export class HostError extends Error {
  readonly token: HostToken;
  constructor(token: HostToken, options?: ErrorOptions) {
    super(token, options);
    this.name = "HostError";
    this.token = token;
  }
}

/** Why a file of a host could not be read or changed, a program could not be run, or a host not be reached. */
export type HostToken =
  | "NEEDS_PRIVILEGE"
  | "PATH_REFUSED"
  | "NOT_A_FILE"
  | "FILE_TOO_LARGE"
  | "NOT_TEXT"
  | "DIRECTORY_MISSING"
  | "IO_FAILED"
  | ProgramToken
  | ReachToken;

/** Why a program gave no output. That it ended with another code than 0 is no error here. */
export type ProgramToken =
  | "PRACTICE_HOST"
  | "ARGUMENT_REFUSED"
  | "PROGRAM_MISSING"
  | "PROGRAM_FAILED"
  | "OUTPUT_NOT_TEXT"
  | "OUTPUT_TOO_LARGE"
  | "TIMEOUT";

/** Why a host could not be reached or not be worked on. */
export type ReachToken =
  | "HOST_UNAVAILABLE"
  | "HOST_NAME_UNKNOWN"
  | "HOST_UNREACHABLE"
  | "HOST_KEY_MISMATCH"
  | "AUTH_REFUSED"
  | "CHANNEL_REFUSED"
  | "CONNECTION_LOST"
  | "CREDENTIAL_MISSING"
  | "CREDENTIAL_INVALID"
  | "SHELL_NOT_POSIX"
  | "SHELL_PRINTS"
  | "SUDO_REFUSED";
