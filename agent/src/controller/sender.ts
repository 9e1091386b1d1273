import type { Logger } from "pino";
import type { CrashPoint } from "../crash-point.ts";
import { AgentError } from "../errors.ts";
import type { Signing } from "../evidence/signing.ts";
import type { Keys } from "../state/keys.ts";
import type { AgentStore } from "../store/agent-store.ts";
import type { Attachments } from "../store/attachments.ts";
import type { Envelope, Outbox } from "../store/outbox.ts";
import type { Wake } from "../wake.ts";
import type { ControllerClient } from "./client.ts";
import { compareHeads } from "./compare-heads.ts";
import { giveBackAssignments } from "./give-back.ts";
import { type BatchSize, createBatchSize } from "./batch-size.ts";
import type { Connection } from "./connection.ts";
import type { Reports } from "./reporter.ts";
import type { SendResult } from "./evidence-results.ts";
import type { Backoff } from "./retry.ts";
import type { Review } from "./review.ts";

/** How long an empty outbox is left alone when nobody says that there is a bundle. */
const IDLE_MS = 30_000;

/** What the sender is wired to. */
export interface SenderPorts {
  readonly store: Outbox & Attachments & Pick<AgentStore, "head" | "assignmentsToSend" | "assignmentOf">;
  readonly signing: Signing;
  readonly client: ControllerClient;
  readonly connection: Connection;
  readonly reports: Pick<Reports, "sendUrgent">;
  readonly review: Review;
  readonly keys: Pick<Keys, "pending">;
  readonly backoff: Backoff;
  /** Notified when there is something to send; it shortens no pause after a failure. */
  readonly wake: Wake;
  /** Notified when the controller answered somebody else. */
  readonly retry: Wake;
  readonly crashPoint: CrashPoint;
  readonly log: Logger;
  /** In milliseconds since 1970. */
  readonly now: () => number;
  /** Called when the controller was asked how far it has this chain. */
  readonly onCompared: () => void;
  /** Called when everything was sent. */
  readonly onEmpty: () => void;
}

/**
 * Sends by priority, for ever and as often as it takes: before each batch what is urgent, which is a report, then
 * evidence in the order of its chain, and when none waits attached files. What the API refuses is kept aside and does not hold
 * up the rest.
 */
export async function runSender(ports: SenderPorts, signal: AbortSignal): Promise<void> {
  let comparedAfter = -1;
  const size = createBatchSize();
  while (!signal.aborted) {
    try {
      await ports.review.ask(signal);
      if (comparedAfter !== ports.connection.losses()) {
        const losses = ports.connection.losses();
        await compareHeads(ports, signal);
        await giveBackAssignments(ports, signal);
        comparedAfter = losses;
        ports.connection.answered();
        ports.onCompared();
      }
      await sendNext(ports, size, signal);
    } catch (error) {
      if (signal.aborted) return;
      // What could not be noted as taken is sent again, and known there.
      if (!(error instanceof AgentError) || error.code !== "STATE_FULL") ports.connection.failed(error);
      ports.signing.settle();
      await ports.backoff.pause(ports.retry, signal);
    }
  }
}

async function sendNext(ports: SenderPorts, size: BatchSize, signal: AbortSignal): Promise<void> {
  ports.signing.settle();
  await ports.reports.sendUrgent(signal);
  const batch = ports.store.waiting(size.limit());
  if (batch.length === 0) return await sendAttachment(ports, signal);
  ports.crashPoint("before-send");
  const results = await size.watch(() => ports.client.sendEvidence(batch, signal));
  ports.crashPoint("after-send");
  takeResults(ports, batch, results);
  ports.crashPoint("after-taken");
  ports.backoff.reset();
  ports.connection.answered();
  if (ports.store.outbox().waiting === 0) ports.onEmpty();
}

async function sendAttachment(ports: SenderPorts, signal: AbortSignal): Promise<void> {
  const { store, client, log, crashPoint } = ports;
  const attachment = store.waitingAttachment();
  if (attachment === null) return ports.wake.sleep(IDLE_MS, signal);
  const { digest, bundle } = attachment;
  crashPoint("before-send");
  const result = await client.sendAttachment(attachment, signal);
  crashPoint("after-send");
  // A refused one is kept like a copy: an API that lost its bundle is sent both again.
  store.settleAttachment(digest, ports.now());
  crashPoint("after-taken");
  if (result.kind === "refused")
    log.warn({ digest, bundle, code: result.code }, "attachment refused by the evidence API");
  ports.backoff.reset();
  ports.connection.answered();
}

/** What was kept is settled, also when the rest has to wait. */
function takeResults(ports: SenderPorts, batch: readonly Envelope[], results: readonly SendResult[]): void {
  const kept = batch.filter((_, index) => results[index]?.kind === "kept");
  if (kept.length > 0)
    ports.store.acknowledge(
      kept.map(({ digest }) => digest),
      ports.now(),
    );
  for (const [index, { digest }] of batch.entries()) {
    const result = results[index];
    if (result?.kind === "refused" && !mayComeBack(ports, result)) setAside(ports, digest, result.code);
  }
  if (results.some((result) => result.kind === "later" || mayComeBack(ports, result)))
    throw new AgentError("NOT_ENROLLED", "no reviewed file enrols this appliance");
}

/** Whoever merged the new key too early can put the one before back; what that one signed waits for it. */
function mayComeBack({ keys }: SenderPorts, result: SendResult): boolean {
  return result.kind === "refused" && result.code === "UNKNOWN_KEY" && keys.pending() !== null;
}

function setAside({ store, log }: SenderPorts, digest: string, code: string): void {
  store.setAside(digest, code);
  log.error(
    { digest, code, refused: store.outbox().refused },
    "bundle refused by the evidence API and kept aside",
  );
}
