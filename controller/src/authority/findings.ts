import type { Finding } from "../reconcile/conditions.ts";
import type { DecisionRecall } from "./recall.ts";
import type { Ruling } from "./ruling.ts";

/** What is said of authorities whose decisions do not all count; one finding for each, the graver one. */
export function findingsOfAuthorities(
  rulings: readonly Ruling[],
  recall: Pick<DecisionRecall, "refusal">,
): readonly Finding[] {
  return rulings.flatMap(({ authority, findings }): readonly Finding[] => {
    const of = {
      subject: `authority/${authority.name}`,
      state: "stalled",
      revision: authority.revision,
    } as const;
    const [first] = findings;
    const refusal = recall.refusal(authority.partner);
    if (first === undefined)
      return refusal === null ? [] : [{ ...of, reason: "DECISION_REFUSED", detail: refusal }];
    const more = findings.length === 1 ? "" : ` (${findings.length} in all)`;
    const place = first.file?.split("/").at(-1)?.split(".")[0] ?? "";
    const reason = first.code === "FORK" ? "AUTHORITY_FORK" : "GIT_DISAGREES";
    return [{ ...of, reason, detail: `${place}: ${first.message}${more}` }];
  });
}
