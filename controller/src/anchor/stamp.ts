import {
  type AnchorPlan,
  type Attested,
  attestedMessages,
  encodeOts,
  extendTimestamp,
  mergeTimestamps,
  readOts,
  type Timestamp,
} from "@compline/core";
import { ControllerError, messageOf } from "../errors.ts";
import { redeemPromise, submitDigest } from "./calendar.ts";
import type { Web } from "./web.ts";

/** A timestamp, and what calendars did not do for it. */
export interface Stamped {
  readonly timestamp: Timestamp;
  readonly failures: readonly string[];
}

/** Gives a root (32 bytes) to all calendars at once. Throws CALENDARS_TOO_FEW when fewer than must have answered. */
export async function stampRoot(
  root: Uint8Array<ArrayBuffer>,
  { calendars, atLeast }: AnchorPlan,
  web: Web,
): Promise<Stamped> {
  const { done, failures } = await settle(calendars.map(({ url }) => submitDigest(url, root, web)));
  const [first, ...rest] = done;
  if (first === undefined || done.length < atLeast) {
    const message = `${done.length} of ${calendars.length} calendars answered, ${atLeast} must: ${failures.join("; ")}`;
    throw new ControllerError("CALENDARS_TOO_FEW", message);
  }
  return { timestamp: rest.reduce((all, one) => mergeTimestamps(all, one), first), failures };
}

/**
 * Asks each calendar that is declared, and has only promised so far, for what became of its promise. What would make
 * a file that nobody reads is left out.
 */
export async function redeemPromises(
  timestamp: Timestamp,
  { calendars }: AnchorPlan,
  web: Web,
): Promise<Stamped> {
  const declared = new Set(calendars.map(({ url }) => url));
  const asked = promises(timestamp).flatMap(({ attestation, message }) =>
    attestation.kind === "pending" && declared.has(attestation.uri)
      ? [redeemPromise(attestation.uri, message, web)]
      : [],
  );
  const { done, failures } = await settle(asked);
  const redeemed = done
    .flatMap((one) => one ?? [])
    .reduce((all, one) => readable(extendTimestamp(all, one)) ?? all, timestamp);
  return { timestamp: redeemed, failures };
}

/** Whether an attestation names a block. */
export function isAttested(timestamp: Timestamp): boolean {
  return attestedMessages(timestamp).some(({ attestation }) => attestation.kind === "bitcoin");
}

/** What is only promised: pending, and no block follows from the message. */
function promises(timestamp: Timestamp): readonly Attested[] {
  const own = timestamp.attestations.map((attestation) => ({ attestation, message: timestamp.message }));
  return [
    ...(isAttested(timestamp) ? [] : own.filter(({ attestation }) => attestation.kind === "pending")),
    ...timestamp.branches.flatMap((branch) => promises(branch.timestamp)),
  ];
}

/** A calendar may answer anything that is a timestamp; together they may be too long or too deep. */
function readable(timestamp: Timestamp): Timestamp | null {
  return readOts(encodeOts(timestamp)).ok ? timestamp : null;
}

async function settle<T>(
  calls: readonly Promise<T>[],
): Promise<{ readonly done: readonly T[]; readonly failures: readonly string[] }> {
  const settled = await Promise.allSettled(calls);
  return {
    done: settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : [])),
    failures: settled.flatMap((one) => (one.status === "rejected" ? [messageOf(one.reason)] : [])),
  };
}
