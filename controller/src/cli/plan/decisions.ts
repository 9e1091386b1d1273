import {
  changedDecisions,
  compareDiagnostics,
  type Diagnostic,
  judgeDecisions,
  type RefusedUnit,
} from "@compline/core";
import { nodeEngine, nodeSha256 } from "../../crypto.ts";
import { decisionsAt } from "../../source/decisions.ts";
import type { Sides } from "./sides.ts";

const ports = { engine: nodeEngine(), sha256: nodeSha256 };

/**
 * What is wrong with the signed decisions of what is planned, and which of a base that is a commit it has no more or
 * has otherwise, sorted by file. Throws GIT_FAILED, GIT_OBJECT.
 */
export async function decisionErrors(
  repo: string,
  { base, head }: Pick<Sides, "base" | "head">,
): Promise<readonly Diagnostic[]> {
  const { kind, revision } = base.side;
  const before = kind === "commit" && revision !== null ? await decisionsAt(repo, revision) : null;
  const changed = before === null ? [] : await changedDecisions(before, head.decisions, ports);
  return [...(await judgeDecisions(head.decisions, ports)), ...changed]
    .filter(({ severity }) => severity === "error")
    .toSorted(compareDiagnostics);
}

/** The same by partner. */
export function refusedDecisions(errors: readonly Diagnostic[]): readonly RefusedUnit[] {
  const byPartner = Map.groupBy(errors, ({ file }) => file.split("/")[1] ?? "");
  return [...byPartner].map(([partner, own]) => ({
    partner,
    code: "DECISION_FAULT",
    holds: [],
    errors: own.length,
    first: own[0] ?? null,
    detail: null,
  }));
}
