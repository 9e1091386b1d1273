/**
 * What went wrong in an operation of the controller: code, whether trying again can help, and what it means.
 * A code is thrown by an adapter and caught at the pass, the route or `main`; it is never shown without its message.
 */
export const controllerCodes = {
  CONFIG_INVALID: {
    retry: false,
    meaning: "The controller's configuration file is missing or not as its schema says.",
  },
  KEY_INVALID: {
    retry: false,
    meaning: "A key file is missing, holds no key of its kind, or not the key of its certificate.",
  },
  PORT_IN_USE: { retry: false, meaning: "Another program listens on the port." },
  STATE_IN_USE: { retry: false, meaning: "Another controller runs on the same folder." },
  HIGH_WATER_INVALID: {
    retry: false,
    meaning: "The file that says how far logs were shown cannot be read; without it no log may be signed.",
  },
  NOT_READY: {
    retry: true,
    meaning: "No desired state is in force yet: no tree was accepted, or none could be read.",
  },
  STORE_MISSING: { retry: false, meaning: "There is no store at the place where it was looked for." },
  STORE_VERSION: { retry: false, meaning: "The store was written by another version of Compline." },
  STORE_IO: { retry: true, meaning: "The store could not be read or written." },
  GIT_FAILED: { retry: true, meaning: "A git command failed." },
  GIT_OBJECT: { retry: false, meaning: "Git does not have the object that was asked for." },
  TREE_TOO_LARGE: {
    retry: false,
    meaning: "A tree or one of its files is larger than the controller reads.",
  },
  BRANCH_MISSING: { retry: true, meaning: "The source has no branch of the configured name." },
  AS_OF_INVALID: {
    retry: false,
    meaning: "A time or position to answer as of is malformed, still to come, or beyond what is kept.",
  },
  NOT_IN_FORCE: {
    retry: false,
    meaning: "At the time that was asked for nothing was in force, or not that partner.",
  },
  REVISION_MISSING: {
    retry: false,
    meaning: "A revision that was in force is not in the mirror, or its source is not configured any more.",
  },
  REVISION_UNREADABLE: {
    retry: false,
    meaning: "A revision that was in force is written in a way that this version does not accept.",
  },
  SITE_UNKNOWN: { retry: false, meaning: "No site of that name or id is in force." },
  KIT_INVALID: {
    retry: false,
    meaning: "A kit was asked for of a period that is none, or of a framework that the site does not follow.",
  },
  KIT_EMPTY: { retry: false, meaning: "No bundle of the site is of the period that a kit was asked for." },
  KIT_NOT_READY: {
    retry: false,
    meaning: "The programs that verify a kit, and are in it, are not built yet.",
  },
  KIT_BUSY: { retry: true, meaning: "Other kits are being made, and more wait than may." },
  CALENDAR_FAILED: {
    retry: true,
    meaning: "A calendar did not answer in time, or not with a timestamp of what it was given.",
  },
  CALENDARS_TOO_FEW: {
    retry: true,
    meaning: "Fewer calendars than must answered, so a root is not stamped yet.",
  },
  HEADER_UNAVAILABLE: {
    retry: true,
    meaning: "A block header could not be had from where the configuration says.",
  },
  PORTAL_FAILED: { retry: true, meaning: "The portal's pages could not be built." },
} as const;

/** A code from {@link controllerCodes}. */
export type ControllerCode = keyof typeof controllerCodes;

/** An operation of the controller that failed. `cause` holds what was caught, where something was. */
export class ControllerError extends Error {
  readonly code: ControllerCode;

  constructor(code: ControllerCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "ControllerError";
    this.code = code;
  }
}

/** Whether trying again later can help: looked up from the code, false for anything that is not ours. */
export function isRetryable(error: unknown): boolean {
  return error instanceof ControllerError && controllerCodes[error.code].retry;
}

/** The message of whatever was thrown, for logs and conditions. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
