import type { Collected } from "./collected.ts";
import { factsError, noFactsYet, toFacts } from "./raw-file.ts";
import type { Facts, FactsResult } from "./raw-file.ts";
import type { Program } from "./raw-output.ts";
import { systemdRuns } from "./systemd.ts";

const properties = ["LoadState", "ActiveState", "SubState", "UnitFileState"];

/**
 * Units as `systemctl show` describes them. Facts: `{manager, services: {"cron.service": {found, load, active, sub,
 * running, enabled}}}`, with an entry for every unit asked for. `manager` is `systemd`, or `none` where systemd does not
 * run the host; then `services` is empty. `running` is true from when a unit starts until it is stopped; `enabled` means
 * that it starts by itself at boot or when asked for.
 */
export function parseServices(units: readonly string[], collected: Collected): FactsResult {
  const runs = systemdRuns(collected);
  if (runs === null) return noFactsYet;
  if (!runs) return { kind: "facts", facts: { manager: "none", services: {} } };
  const text = collected.textOf(servicesProgram(units));
  if (text === null) return noFactsYet;
  const services = describeUnits(text);
  if (services.length !== units.length || services.some((service) => service === null))
    return factsError("SYNTAX_INVALID");
  const entries = units.map((unit, at) => [unit, services[at] ?? null] as const);
  return { kind: "facts", facts: { manager: "systemd", services: toFacts(new Map(entries)) } };
}

/** What asks systemd. It prints one block for each unit, in the order of the units, also for one that does not exist. */
export function servicesProgram(units: readonly string[]): Program {
  return ["/usr/bin/systemctl", "show", `--property=${properties.join(",")}`, "--", ...units];
}

/** What systemctl says of each unit it was asked for, in their order; null for one of which it does not say enough. */
export function describeUnits(text: string): readonly (UnitFacts | null)[] {
  return text
    .trim()
    .split(/\n{2,}/)
    .map((block) => describe(readBlock(block)));
}

/** Facts of one unit. */
export interface UnitFacts extends Facts {
  readonly found: boolean;
  readonly load: string;
  readonly active: string;
  readonly sub: string;
  readonly running: boolean;
  readonly enabled: boolean;
}

function readBlock(block: string): ReadonlyMap<string, string> {
  return new Map(
    block.split("\n").map((line) => {
      const at = line.indexOf("=");
      return at < 0 ? [line, ""] : [line.slice(0, at), line.slice(at + 1)];
    }),
  );
}

function describe(block: ReadonlyMap<string, string>): UnitFacts | null {
  const [load, active, sub] = ["LoadState", "ActiveState", "SubState"].map((name) => block.get(name));
  if (load === undefined || active === undefined || sub === undefined) return null;
  return {
    found: load !== "not-found",
    load,
    active,
    sub,
    running: ["active", "activating", "reloading", "refreshing"].includes(active),
    enabled: ["enabled", "enabled-runtime"].includes(block.get("UnitFileState") ?? ""),
  };
}
