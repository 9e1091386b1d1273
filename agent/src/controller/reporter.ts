import type { ApplianceReport } from "@compline/core/appliance";
import type { Logger } from "pino";
import { wait } from "../clock.ts";
import { AgentError } from "../errors.ts";
import type { Wake } from "../wake.ts";
import type { ControllerClient } from "./client.ts";
import type { Connection } from "./connection.ts";
import { urgentPart } from "./urgent.ts";

const SHORTEST_MS = 5_000;
const LONGEST_MS = 30_000;
/** The least time between two reports, however much happens. */
const LEAST_GAP_MS = 1_000;

/** What reports are made of and sent by. */
export interface ReportPorts {
  readonly client: Pick<ControllerClient, "sendReport">;
  readonly connection: Connection;
  readonly report: () => ApplianceReport;
  /** Takes each report before it is sent, whether it will arrive or not. */
  readonly onReport: (report: ApplianceReport) => void;
  /** Takes the newest checkpoint of the log, as the controller tells of it. */
  readonly onCheckpoint: (note: string) => void;
  readonly log: Logger;
}

/** Tells the controller how this appliance is. A report that did not arrive is not kept: the next one says more. */
export interface Reports {
  /** Makes one and sends it. @throws AgentError CONTROLLER_*, NOT_ENROLLED */
  send(signal: AbortSignal): Promise<void>;
  /**
   * Sends one when the controller does not know yet what cannot wait, or was away. One that the controller refuses holds
   * nothing up. @throws AgentError CONTROLLER_UNREACHABLE, CONTROLLER_IDENTITY, NOT_ENROLLED
   */
  sendUrgent(signal: AbortSignal): Promise<void>;
}

/** Reports of one appliance. */
export function createReports(ports: ReportPorts): Reports {
  const { client, connection, log } = ports;
  let told: string | null = null;
  const urgent = (report: ApplianceReport): string => `${connection.losses()} ${urgentPart(report)}`;
  const send = async (report: ApplianceReport, signal: AbortSignal): Promise<void> => {
    const telling = urgent(report);
    ports.onReport(report);
    const checkpoint = await client.sendReport(report, signal);
    told = telling;
    if (checkpoint !== null) ports.onCheckpoint(checkpoint);
    connection.answered();
  };
  return {
    send: (signal) => send(ports.report(), signal),
    async sendUrgent(signal) {
      const report = ports.report();
      if (urgent(report) === told) return;
      try {
        await send(report, signal);
      } catch (error) {
        if (!(error instanceof AgentError) || error.code !== "CONTROLLER_ANSWER") throw error;
        told = urgent(report);
        log.warn({ detail: error.message }, "urgent report refused; evidence goes on");
      }
    },
  };
}

/** What the reporter is wired to. */
export interface ReporterPorts {
  readonly reports: Reports;
  readonly connection: Connection;
  /** Notified when something changed that a report would say. */
  readonly wake: Wake;
  /** The shortest interval of any check, in milliseconds. */
  readonly cadenceMs: () => number;
}

/** Says now and then, and after every change, that this appliance lives. Nothing depends on its arriving. */
export async function runReporter(ports: ReporterPorts, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await ports.wake.sleep(reportEveryMs(ports.cadenceMs()), signal);
    if (signal.aborted) return;
    try {
      await ports.reports.send(signal);
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
