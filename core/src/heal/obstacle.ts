import { type StepKind, stepKind } from "../runbook/step.ts";
import { effectiveHealing, RISKS, riskLimit } from "./guards.ts";
import type { Obstacle } from "./hold.ts";
import { type HealPlan, type HealSituation, ruleOf, runbookOf } from "./situation.ts";

/** What keeps a plan from ever running as things are declared, here and on this box; null when nothing does. */
export function obstacleOf(plan: HealPlan, situation: HealSituation): Obstacle | null {
  const { assignment, ceiling, pair, now } = situation;
  const rule = ruleOf(assignment, plan);
  const runbook = runbookOf(assignment, plan);
  const practice = assignment.hosts.find(({ id }) => id === pair.host)?.transport.root !== undefined;
  // First: whatever else an assignment says, a box that may heal practice hosts only changes no real machine.
  if (!practice && ceiling.hosts === "practice") return "BOX_CEILING";
  if (rule.owner !== "agent") return "OWNED_ELSEWHERE";
  if (RISKS.indexOf(runbook.risk) > RISKS.indexOf(riskLimit(assignment, ceiling))) return "RISK_ABOVE_LIMIT";
  const { mode } = effectiveHealing(assignment, situation, now);
  if (mode === "standard" && (runbook.disruptive || runbook.reboot)) return "MODE_TOO_LOW";
  const kinds = [...runbook.steps, ...runbook.undo].map(stepKind);
  if (practice) return kinds.some(asksSystem) ? "PRACTICE_HOST" : null;
  return !ceiling.argv && kinds.some((kind) => kind === "reload" || asksSystem(kind))
    ? "ARGV_NOT_ALLOWED"
    : null;
}

/** What has to be run where it is to have an effect; a reload that is left out leaves a file that is right. */
function asksSystem(kind: StepKind): boolean {
  return kind === "run" || kind === "service";
}
