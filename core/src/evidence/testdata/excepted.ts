import type { TrustFile } from "../trust.ts";
import { timeAt } from "./statements.ts";

export type Exception = TrustFile["exceptions"][number];

/** An exception for all of a site until minute 9, which somebody else approved than who asked for it. */
export function approvedException(site: string): Exception {
  return {
    name: "exc-1",
    site,
    host: null,
    check: null,
    requestedBy: "ada",
    approvedBy: ["grace"],
    notBefore: timeAt(0),
    expires: timeAt(9),
  };
}
