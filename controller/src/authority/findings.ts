import type { Finding } from "../reconcile/conditions.ts";
import type { DecisionRecall } from "./recall.ts";
import type { Ruling } from "./ruling.ts";

/** What is said of authorities whose decisions do not all count, or are not all in git; one finding for each, the graver one. */
export function findingsOfAuthorities(
  rulings: readonly Ruling[],
  recall: Pick<DecisionRecall, "refusal" | "uncommitted">,
): readonly Finding[] {
  return rulings.flatMap((ruling): readonly Finding[] => {
    const { name, partner, revision } = ruling.authority;
    const of = { subject: `authority/${name}`, revision };
    const fault = faultOf(ruling);
    if (fault !== null) return [{ ...of, state: "stalled", ...fault }];
    const refusal = recall.refusal(partner);
    if (refusal !== null) return [{ ...of, state: "stalled", reason: "DECISION_REFUSED", detail: refusal }];
    const [first, ...more] = recall.uncommitted(partner);
    if (first === undefined) return [];
    const detail = `${first}${more.length === 0 ? "" : ` (${more.length + 1} in all)`}`;
    return [{ ...of, state: "retrying", reason: "DECISION_NOT_COMMITTED", detail }];
  });
}

function faultOf({ findings }: Ruling): Pick<Finding, "reason" | "detail"> | null {
  const [first] = findings;
  if (first === undefined) return null;
  const more = findings.length === 1 ? "" : ` (${findings.length} in all)`;
  const place = first.file?.split("/").at(-1)?.split(".")[0] ?? "";
  const reason = first.code === "FORK" ? "AUTHORITY_FORK" : "GIT_DISAGREES";
  return { reason, detail: `${place}: ${first.message}${more}` };
}
