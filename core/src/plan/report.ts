import type { Instant } from "../evidence/statement.ts";
import type { ApplianceTarget } from "../assignment/derive.ts";
import type { Diagnostic } from "../manifest/diagnostic.ts";
import type { Notice } from "../snapshot/snapshot.ts";
import type { Action, AssignmentChange } from "./action.ts";
import type { Forecast } from "./forecast.ts";

/**
 * What publishing would do, as `compline plan -o json` prints it. Every member is always there; null says that
 * something is not known or does not apply, and never stands for none.
 */
export interface PlanReport {
  readonly schemaVersion: "1";
  /** What the plan starts from. */
  readonly base: PlanSide;
  /** What would be published. */
  readonly head: PlanSide;
  /** What a reader must know first. */
  readonly notices: readonly Notice[];
  /** What of the head would not come into force. */
  readonly refused: readonly RefusedUnit[];
  /** Every error of the head, sorted by file and place. */
  readonly diagnostics: readonly Diagnostic[];
  /** At most one for each appliance: by partner, site and appliance; withdrawals last. */
  readonly actions: readonly PlannedAction[];
  /** What follows from observed verdicts; null: nothing observed was given, so heals and scores are not known here. */
  readonly forecast: Forecast | null;
}

/** One of the two things that a plan compares. */
export interface PlanSide {
  /**
   * `published`: what the controller of the state folder published. `commit`: what publishing a commit's files comes
   * to. `folder`: files as they lie there. `nothing`: nothing was accepted yet.
   */
  readonly kind: "published" | "commit" | "folder" | "nothing";
  /** The reference it was found by. */
  readonly ref: string | null;
  /** The commit; for a folder the one that is checked out. */
  readonly revision: string | null;
}

/** The library or one partner's tree, when it would not come into force; or what a partner's authority signed, which no file takes back. */
export interface RefusedUnit {
  /** Null: the library, and with it every partner of the repository. */
  readonly partner: string | null;
  readonly code: "LIBRARY_FAULT" | "PARTNER_FAULT" | "IDENTITY_TAKEN" | "IDENTITY_MOVED" | "DECISION_FAULT";
  /** Partners that stay as they are in force now; a partner that was never in force is not among them. */
  readonly holds: readonly string[];
  /** How many errors there are. */
  readonly errors: number;
  /** The first error by file and place; null when the reason is not in the files. */
  readonly first: Diagnostic | null;
  /** What the reason is, when it is not in the files. */
  readonly detail: string | null;
}

/** An action as it is told: names for people, no assignment. */
export type PlannedAction =
  | { readonly kind: "publish"; readonly target: ApplianceTarget; readonly change: AssignmentChange }
  | { readonly kind: "renew"; readonly target: ApplianceTarget; readonly healUntil: Instant }
  | {
      readonly kind: "withdraw";
      /** Its last place; null when what the plan starts from does not have it. */
      readonly target: ApplianceTarget | null;
      /** ULIDs. */
      readonly site: string;
      readonly appliance: string;
      /** Names of the hosts that nobody looks at by it any more, sorted. */
      readonly hosts: readonly string[];
    };

/** Where an appliance stood before, by its ULID. */
export type FormerPlaces = ReadonlyMap<string, ApplianceTarget>;

/** The action without its assignment, and with the names that it lost. */
export function plannedAction(action: Action, places: FormerPlaces): PlannedAction {
  if (action.kind === "publish") return { kind: "publish", target: action.target, change: action.change };
  if (action.kind === "renew") {
    return { kind: "renew", target: action.target, healUntil: action.assignment.healUntil };
  }
  const { kind, site, appliance, hosts } = action;
  return { kind, target: places.get(appliance) ?? null, site, appliance, hosts };
}
