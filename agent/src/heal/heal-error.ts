import type { HostToken } from "../errors.ts";

/** Why a heal failed. Enters evidence as its error class, so it is a constant and never text from the host. */
export type HealFault = HostToken | "COMMAND_FAILED" | "FILE_MISSING" | "RECHECK_NOT_PASS" | "UNDO_FAILED";

/** A step that could not be done. */
export class HealError extends Error {
  readonly fault: HealFault;
  constructor(fault: HealFault, options?: ErrorOptions) {
    super(fault, options);
    this.name = "HealError";
    this.fault = fault;
  }
}
