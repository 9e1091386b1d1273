import type { Assignment } from "@compline/schemas";
import type { ApplianceTarget } from "../assignment/derive.ts";

/** What changes in a set of named things, each list sorted. */
export interface SetChange {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

/** A value that becomes another; `from` is null for an appliance that had no assignment. */
export interface ValueChange {
  readonly what: string;
  readonly from: string | null;
  readonly to: string;
}

/** What an assignment changes against the one before it. */
export interface AssignmentChange {
  readonly hosts: SetChange;
  readonly checks: SetChange;
  readonly rules: SetChange;
  readonly runbooks: SetChange;
  /** Mode, risk ceiling, kill switch and maintenance windows. */
  readonly healing: readonly ValueChange[];
  /** How often checks run. */
  readonly intervals: readonly ValueChange[];
  /** Hosts times checks, before and after. */
  readonly pairs: { readonly before: number; readonly after: number };
  /** Names of the hosts for which anything of it is another than before, sorted; those that are gone, too. */
  readonly touched: readonly string[];
}

/** One thing to do. `publish`: other work than before. `renew`: the same work for longer. `withdraw`: none any more. */
export type Action =
  | {
      readonly kind: "publish";
      readonly target: ApplianceTarget;
      readonly assignment: Assignment;
      readonly change: AssignmentChange;
    }
  | { readonly kind: "renew"; readonly target: ApplianceTarget; readonly assignment: Assignment }
  /** ULIDs, for the names are gone; but for those of its hosts, sorted. */
  | {
      readonly kind: "withdraw";
      readonly partner: string;
      readonly site: string;
      readonly appliance: string;
      readonly hosts: readonly string[];
    };
