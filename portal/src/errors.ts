/** Why the portal could not be built. */
export type PortalCode =
  | "USAGE"
  | "NOT_PREPARED"
  | "SNAPSHOT_UNREADABLE"
  | "SNAPSHOT_VERSION"
  | "SNAPSHOT_NAME";

/** A build that could not be done. */
export class PortalError extends Error {
  readonly code: PortalCode;
  constructor(code: PortalCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "PortalError";
    this.code = code;
  }
}
