/** Every way an operation of the agent can fail. What to do about one is looked up from its code, never from its text. */
export type AgentCode =
  | "CONFIG_INVALID"
  | "IDENTITY_LOST"
  | "STATE_LOCKED"
  | "STATE_VERSION"
  | "STATE_FAILED"
  | "ASSIGNMENT_REFUSED"
  | "CONTROLLER_UNREACHABLE"
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
 * A file operation on a host that could not be done. `token` may enter evidence as a reason or an error class, so it
 * is a constant of this program and never text from the host.
 */
export class HostError extends Error {
  readonly token: HostToken;
  constructor(token: HostToken, options?: ErrorOptions) {
    super(token, options);
    this.name = "HostError";
    this.token = token;
  }
}

/** Why a file of a host could not be read or changed. */
export type HostToken =
  | "NEEDS_PRIVILEGE"
  | "PATH_REFUSED"
  | "NOT_A_FILE"
  | "FILE_TOO_LARGE"
  | "NOT_TEXT"
  | "DIRECTORY_MISSING"
  | "HOST_UNAVAILABLE"
  | "IO_FAILED";
