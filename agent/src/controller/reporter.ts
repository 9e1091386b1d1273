import type { ApplianceReport } from "@compline/core/appliance";
import { wait } from "../clock.ts";
import type { Wake } from "../wake.ts";
import type { ControllerClient } from "./client.ts";
import type { Connection } from "./connection.ts";

const SHORTEST_MS = 5_000;
const LONGEST_MS = 30_000;
/** The least time between two reports, however much happens. */
const LEAST_GAP_MS = 1_000;

/** What the reporter is wired to. */
export interface ReporterPorts {
  readonly client: ControllerClient;
  readonly connection: Connection;
  /** Notified when something changed that a report would say. */
  readonly wake: Wake;
  readonly report: () => ApplianceReport;
  /** Takes each report before it is sent, whether it will arrive or not. */
  readonly onReport: (report: ApplianceReport) => void;
  /** Takes the newest checkpoint of the log, as the controller tells of it. */
  readonly onCheckpoint: (note: string) => void;
  /** The shortest interval of any check, in milliseconds. */
  readonly cadenceMs: () => number;
}

/** Says now and then, and after every change, that this appliance lives. Nothing depends on its arriving. */
export async function runReporter(ports: ReporterPorts, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await ports.wake.sleep(reportEveryMs(ports.cadenceMs()), signal);
    if (signal.aborted) return;
    const report = ports.report();
    ports.onReport(report);
    try {
      const checkpoint = await ports.client.sendReport(report, signal);
      if (checkpoint !== null) ports.onCheckpoint(checkpoint);
      ports.connection.answered();
    } catch (error) {
      if (signal.aborted) return;
      ports.connection.failed(error);
    }
    await wait(LEAST_GAP_MS, signal);
  }
}

/** As often as the checks run, within 5 to 30 seconds. */
export function reportEveryMs(cadenceMs: number): number {
  return Math.min(Math.max(cadenceMs, SHORTEST_MS), LONGEST_MS);
}
