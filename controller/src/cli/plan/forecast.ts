import { type Forecast, type GraphOfPartner, healMoves, observedPlaces, scoreMoves } from "@compline/core";
import type { ObservedState } from "@compline/schemas";
import type { Before, Foresight } from "../../reconcile/foresee.ts";

/** What lies before, and what publishing makes of it. */
export interface Outlook {
  readonly before: Before;
  readonly foresight: Foresight;
  readonly nowMs: number;
}

/** What follows from the observed verdicts when the plan is published. */
export function forecastOf(observed: ObservedState, { before, foresight, nowMs }: Outlook): Forecast {
  const places = observedPlaces(observed);
  const sides: Record<"before" | "after", readonly GraphOfPartner[]> = {
    before: before.sources.flat(),
    after: foresight.partners,
  };
  const scores = scoreMoves(sides, places);
  const heals = healMoves({
    actions: foresight.actions,
    assigned: (appliance) => before.published.get(appliance)?.read(),
    places,
    nowMs,
  });
  return {
    asOf: observed.asOf,
    scores: scores.moves,
    heals: heals.moves,
    sameHeals: heals.same,
    notKnown: [...new Set([...scores.notKnown, ...heals.notKnown])].toSorted(),
  };
}
