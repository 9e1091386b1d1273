import {
  type ApplianceEventDetail,
  buildEvent,
  type Digest,
  keyidOf,
  sealStatement,
} from "@compline/core/appliance";
import { toInstant } from "../clock.ts";
import { nodeSha256 } from "../sha256.ts";
import type { TimeMark } from "../steady-time.ts";
import type { ChainHead, EventEffects } from "../store/agent-store.ts";
import type { WriterPorts } from "./bundle-writer.ts";
import { headerOf, type Subject } from "./header.ts";

/**
 * Signs what happened to this appliance and commits it together with the chain's head, and with the evidence gone that
 * it says was dropped. Durable when it returns; it changes no verdict and is no heartbeat.
 */
export async function writeEvent(
  ports: WriterPorts,
  event: ApplianceEventDetail,
  about: Subject & { readonly time: TimeMark; readonly effects: OwnEffects },
): Promise<ChainHead> {
  const { store, identity, crashPoint } = ports;
  const { time, effects } = about;
  const before = store.head();
  const header = headerOf(ports, about, { before, index: 0, prev: before.digest });
  const statement = buildEvent({ ...header, at: toInstant(time.now), event }, nodeSha256);
  const keyid = keyidOf(Buffer.from(identity.publicKey, "hex"));
  const envelope = await sealStatement(statement, { keyid, sign: identity.sign }, nodeSha256);
  crashPoint("after-sign");
  const rotation = event.type === "rotate" ? { publicKey: event.publicKey, seq: before.seq + 1 } : null;
  const head = headAfter(before, event, envelope.digest);
  store.commitBundle({
    envelopes: [envelope],
    assignment: about.policy.assignment,
    attachments: [],
    head,
    map: null,
    time,
    attempts: [],
    event: { drop: null, override: null, ...effects, rotation },
  });
  crashPoint("after-outbox");
  return head;
}

/** What an event brings about beside what it says. */
export type OwnEffects = Partial<Omit<EventEffects, "rotation">>;

/** After a rotation the chain goes on at the first place of the next epoch, with an empty map and not suspended. */
function headAfter(before: ChainHead, event: ApplianceEventDetail, digest: Digest): ChainHead {
  if (event.type === "rotate") {
    const { newEpoch: epoch } = event;
    return {
      ...before,
      epoch,
      seq: -1,
      digest,
      snapshotAt: null,
      snapshotAssignment: null,
      suspended: false,
    };
  }
  const suspended = event.type === "suspend" || (before.suspended && event.type !== "resume");
  return { ...before, seq: before.seq + 1, digest, suspended };
}
