import { FAULTS_REPORTED, pairKey, type ReportedFault } from "@compline/core/appliance";
import type { Seen } from "./observe.ts";

/** Where the expressions of checks went wrong when they were last run. */
export class ExpressionFaults {
  readonly #byPair = new Map<string, ReportedFault>();

  /** Takes note of what was seen of a pair. */
  note({ observation: { host, check, reason }, fault }: Seen): void {
    const key = pairKey(host, check);
    if (fault === null || reason === null) this.#byPair.delete(key);
    else this.#byPair.set(key, { check, reason, ...fault });
  }

  /** Begins anew under other checks. */
  clear(): void {
    this.#byPair.clear();
  }

  /** As a report says it: each once, by check. */
  get reported(): readonly ReportedFault[] {
    const distinct = new Map([...this.#byPair.values()].map((fault) => [JSON.stringify(fault), fault]));
    return [...distinct.keys()]
      .toSorted()
      .slice(0, FAULTS_REPORTED)
      .flatMap((key) => distinct.get(key) ?? []);
  }
}
