import type { ApplianceEvent, Observation, Statement } from "@compline/core";
import { ControllerError } from "../errors.ts";
import type { StoredBundle } from "./contract.ts";

const payloadAt = '{"payload":"'.length;
const quote = 0x22;

/**
 * What a bundle of the store says. Its form and signature were judged before it was kept and nothing kept is changed, so
 * nothing is judged again here: that takes five times as long as reading. Throws STORE_IO for what cannot be read.
 */
export function keptPredicate({ bytes, digest }: StoredBundle): Observation | ApplianceEvent {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  try {
    // The one form there is: canonical JSON begins with its payload, and all of it is ASCII.
    const payload = Buffer.from(file.toString("latin1", payloadAt, file.indexOf(quote, payloadAt)), "base64");
    const { predicate } = JSON.parse(payload.toString("latin1")) as Statement;
    if (predicate.kind !== "authority") return predicate;
  } catch (cause) {
    throw new ControllerError("STORE_IO", `bundle ${digest} in the store cannot be read`, { cause });
  }
  throw new ControllerError("STORE_IO", `bundle ${digest} in the store is no appliance's`);
}
