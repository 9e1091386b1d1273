import { type HealRecord, type Observation, readEnvelope } from "@compline/core";
import { join } from "node:path";
import { nodeSha256 } from "../crypto.ts";
import { waitForHealth } from "../start/health.ts";
import type { Layout } from "../start/layout.ts";
import type { EvidenceStore, StoredBundle } from "../store/contract.ts";
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

const LOOK_EVERY_MS = 100;
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
  const failed = await nextBundle(
    telling,
    telling.position,
    (observation) => verdictIn(observation, telling.pair) === "fail",
  );
  if (failed === null) return giveUp(telling, "no appliance has seen it");
  tell(telling, `fail seen and signed: bundle ${place(failed)}`);
  const healed = await nextBundle(
    telling,
    failed.position - 1,
    (observation) => healIn(observation, telling.pair) !== undefined,
  );
  if (healed === null) return giveUp(telling, "it was seen and not healed; `npx compline status` says why");
  const heal = healOf(healed, telling.pair);
  tell(telling, `${describeHeal(heal)}: bundle ${place(healed)}`);
  await waitForHealth(
    telling.url,
    ({ portal }) => portal !== null && portal.position >= healed.position,
    AbortSignal.timeout(PATIENCE_MS),
  );
  tell(telling, `the portal shows it: ${telling.url}/bundles/${healed.digest}/`);
  telling.say(`Break to visible heal: ${seconds(telling.from)}`);
  return heal?.after === "pass" ? ExitCode.clean : ExitCode.failed;
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

/** The first bundle after a position that is as wanted, or null when none came in time. */
async function nextBundle(
  { store }: Telling,
  after: number,
  wanted: (observation: Observation) => boolean,
): Promise<StoredBundle | null> {
  const until = performance.now() + PATIENCE_MS;
  let position = after;
  while (performance.now() < until) {
    for (const bundle of await store.bundlesSince(position, 100)) {
      position = bundle.position;
      const observation = observationOf(bundle);
      if (observation !== null && wanted(observation)) return bundle;
    }
    await new Promise((next) => setTimeout(next, LOOK_EVERY_MS));
  }
  return null;
}

function observationOf(bundle: StoredBundle): Observation | null {
  const read = readEnvelope(bundle.bytes, nodeSha256);
  if (!read.ok) throw new Error(`unreachable: the store keeps a bundle that cannot be read (${read.code})`);
  const { predicate } = read.statement;
  return predicate.kind === "snapshot" || predicate.kind === "delta" ? predicate : null;
}

function verdictIn(observation: Observation, pair: Pair): string | undefined {
  return observation.results.find(({ host, check }) => host === pair.host && check === pair.check)?.verdict;
}

function healIn(observation: Observation, pair: Pair): HealRecord | undefined {
  return observation.heals.find(({ host, check }) => host === pair.host && check === pair.check);
}

function healOf(bundle: StoredBundle, pair: Pair): HealRecord | undefined {
  const observation = observationOf(bundle);
  return observation === null ? undefined : healIn(observation, pair);
}

function describeHeal(heal: HealRecord | undefined): string {
  if (heal === undefined) throw new Error("unreachable: the bundle was chosen because it has the heal");
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
