import {
  type ApplianceEvent,
  MAX_ENVELOPE_BYTES,
  type Observation,
  type Predicate,
  type Statement,
} from "@compline/core";
import { ControllerError } from "../errors.ts";
import type { StoredBundle } from "./contract.ts";

const payloadAt = '{"payload":"'.length;
const quote = 0x22;
/** What is decoded is read at once, so that one room does for all. */
const room = Buffer.alloc(MAX_ENVELOPE_BYTES);

/**
 * What a bundle of the store says. Its form and signature were judged before it was kept and nothing kept is changed, so
 * nothing is judged again here: that takes five times as long as reading. Throws STORE_IO for what cannot be read.
 */
export function storedPredicate({ bytes, digest }: Pick<StoredBundle, "bytes" | "digest">): Predicate {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  try {
    // The one form there is: canonical JSON begins with its payload, and all of it is ASCII.
    const length = room.write(file.toString("latin1", payloadAt, file.indexOf(quote, payloadAt)), "base64");
    return (JSON.parse(room.toString("latin1", 0, length)) as Statement).predicate;
  } catch (cause) {
    throw new ControllerError("STORE_IO", `bundle ${digest} in the store cannot be read`, { cause });
  }
}

/** {@link storedPredicate} of an appliance's bundle. Throws STORE_IO. */
export function keptPredicate(bundle: StoredBundle): Observation | ApplianceEvent {
  const predicate = storedPredicate(bundle);
  if (predicate.kind !== "authority") return predicate;
  throw new ControllerError("STORE_IO", `bundle ${bundle.digest} in the store is no appliance's`);
}

/** Whether a bundle is of an authority: its chain and its folder have the partner's ULID. */
export function isOfAuthority({ chain, site }: Pick<StoredBundle, "chain" | "site">): boolean {
  return chain === site;
}
