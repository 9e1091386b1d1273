import type { HealRecord, Observation } from "@compline/core";
import { join } from "node:path";
import { waitForHealth } from "../start/health.ts";
import type { Layout } from "../start/layout.ts";
import type { EvidenceStore, StoredBundle } from "../store/contract.ts";
import { nextBundle } from "../store/next-bundle.ts";
import { openSqliteStore } from "../store/sqlite-store.ts";
import { ExitCode } from "./exit-code.ts";

/** Which verdict is watched. */
export interface Pair {
  readonly host: string;
  readonly check: string;
}

/** Tells what the kept evidence says about a pair after something was broken. */
export interface HealWatch {
  /** Tells until the portal shows the heal, or until nothing came for a while. `from` is on the monotonic clock. */
  tell(from: number, say: (line: string) => void): Promise<ExitCode>;
}

const PATIENCE_MS = 60_000;

/** Notes how much evidence is kept now; what comes after is told. */
export async function watchHeal(layout: Layout, url: string, pair: Pair): Promise<HealWatch> {
  const store = openSqliteStore(join(layout.controller, "compline.db"), "read");
  const position = await store.position();
  return {
    tell: async (from, say) => {
      try {
        return await tellHeal({ store, url, pair, position, from, say });
      } finally {
        await store.close();
      }
    },
  };
}

interface Telling {
  readonly store: EvidenceStore;
  readonly url: string;
  readonly pair: Pair;
  readonly position: number;
  readonly from: number;
  readonly say: (line: string) => void;
}

async function tellHeal(telling: Telling): Promise<ExitCode> {
  const { store, pair, position } = telling;
  const failed = await nextBundle(store, { after: position, patienceMs: PATIENCE_MS }, (observation) =>
    failIn(observation, pair),
  );
  if (failed === null) return giveUp(telling, "no appliance has seen it");
  tell(telling, `fail seen and signed: bundle ${place(failed.bundle)}`);
  const next = await wholeHeal(telling, failed.bundle.position - 1);
  if (next === null) return giveUp(telling, "it was seen and not healed; `npx compline status` says why");
  const { found: heal, bundle: healed } = next;
  await waitForHealth(
    telling.url,
    ({ portal }) => portal !== null && portal.position >= healed.position,
    AbortSignal.timeout(PATIENCE_MS),
  );
  tell(telling, `the portal shows it: ${telling.url}/bundles/${healed.digest}/`);
  telling.say(`Break to visible heal: ${seconds(telling.from)}`);
  return heal.after === "pass" ? ExitCode.clean : ExitCode.failed;
}

/**
 * The heal after which the check passes, or that failed otherwise than by being cut off, told with those before it: what was
 * cut off before it had an effect the appliance tries again when it is back.
 */
async function wholeHeal(
  telling: Telling,
  after: number,
): Promise<{ readonly found: HealRecord; readonly bundle: StoredBundle } | null> {
  const next = await nextBundle(telling.store, { after, patienceMs: PATIENCE_MS }, (observation) =>
    healIn(observation, telling.pair),
  );
  if (next === null) return null;
  tell(telling, `${describeHeal(next.found)}: bundle ${place(next.bundle)}`);
  const { errorClass, after: verdict } = next.found;
  const comesAgain = errorClass === "INTERRUPTED" && verdict !== "pass";
  return comesAgain ? await wholeHeal(telling, next.bundle.position) : next;
}

function giveUp(telling: Telling, why: string): ExitCode {
  tell(telling, `${why} after ${PATIENCE_MS / 1000} s`);
  return ExitCode.failed;
}

function tell(telling: Telling, text: string): void {
  telling.say(`  +${seconds(telling.from).padEnd(7)} ${text}`);
}

function seconds(from: number): string {
  return `${((performance.now() - from) / 1000).toFixed(1)} s`;
}

function failIn(observation: Observation | null, pair: Pair): true | undefined {
  const isOfPair = ({ host, check }: Pair): boolean => host === pair.host && check === pair.check;
  return observation?.results.find(isOfPair)?.verdict === "fail" ? true : undefined;
}

function healIn(observation: Observation | null, pair: Pair): HealRecord | undefined {
  return observation?.heals.find(({ host, check }) => host === pair.host && check === pair.check);
}

function describeHeal(heal: HealRecord): string {
  if (heal.outcome === "healed") {
    const reloaded = heal.skipped.some((step) => step.startsWith("reload:"))
      ? "; configured, not reloaded"
      : "";
    return `healed by ${heal.runbook}, the check was run again and passes${reloaded}`;
  }
  const cause = heal.errorClass === null ? "" : `, ${heal.errorClass}`;
  return `${heal.outcome}${cause}; the check then says ${heal.after ?? "nothing, it was not run again"}`;
}

function place(bundle: StoredBundle): string {
  return `${bundle.epoch}-${bundle.seq} ${bundle.digest.slice(0, 12)}`;
}
