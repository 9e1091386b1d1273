import type { Finding } from "../reconcile/conditions.ts";
import type { Ruling } from "./ruling.ts";

/** What is said of authorities whose decisions do not all count. */
export function findingsOfAuthorities(rulings: readonly Ruling[]): readonly Finding[] {
  return rulings.flatMap(({ authority, findings }) => {
    const [first] = findings;
    if (first === undefined) return [];
    const more = findings.length === 1 ? "" : ` (${findings.length} in all)`;
    const place = first.file?.split("/").at(-1)?.split(".")[0] ?? "";
    return {
      subject: `authority/${authority.name}`,
      state: "stalled",
      reason: first.code === "FORK" ? "AUTHORITY_FORK" : "GIT_DISAGREES",
      detail: `${place}: ${first.message}${more}`,
      revision: authority.revision,
    };
  });
}
