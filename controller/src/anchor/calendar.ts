import { attestedMessages, readTimestamp, type Timestamp } from "@compline/core";
import { ControllerError, messageOf } from "../errors.ts";
import { type Answer, type Call, call, type Web } from "./web.ts";

const maxBytes = 10_000;
const headers = { accept: "application/vnd.opentimestamps.v1" };

/**
 * Gives a digest (32 bytes) to a calendar and returns what it promises. A promise counts only under the address that
 * was asked: that is where it is redeemed, and no other address is ever asked because an answer says so.
 * Throws CALENDAR_FAILED.
 */
export async function submitDigest(
  url: string,
  digest: Uint8Array<ArrayBuffer>,
  web: Web,
): Promise<Timestamp> {
  const { status, bytes } = await ask({ url: `${url}/digest`, body: digest, headers, maxBytes }, web);
  if (status !== 200) throw failed(url, `it answered ${status}`);
  const timestamp = timestampOf(url, digest, bytes);
  const isPromised = attestedMessages(timestamp).some(
    ({ attestation }) => attestation.kind === "pending" && attestation.uri === url,
  );
  if (!isPromised)
    throw failed(url, `expected a promise at ${url}; declare the address that the calendar names itself`);
  return timestamp;
}

/** What a calendar knows of a message that it promised to put into a block; null while it waits. Throws CALENDAR_FAILED. */
export async function redeemPromise(url: string, message: Uint8Array, web: Web): Promise<Timestamp | null> {
  const hex = Buffer.from(message).toString("hex");
  const { status, bytes } = await ask({ url: `${url}/timestamp/${hex}`, headers, maxBytes }, web);
  if (status === 404) return null;
  if (status !== 200) throw failed(url, `it answered ${status}`);
  return timestampOf(url, message, bytes);
}

async function ask(what: Call, web: Web): Promise<Answer> {
  try {
    return await call(web, what);
  } catch (cause) {
    throw failed(what.url, messageOf(cause), cause);
  }
}

function timestampOf(url: string, message: Uint8Array, bytes: Uint8Array): Timestamp {
  const read = readTimestamp(message, bytes);
  if (!read.ok) throw failed(url, `its answer is no timestamp: ${read.message}`);
  return read.timestamp;
}

function failed(url: string, why: string, cause?: unknown): ControllerError {
  return new ControllerError("CALENDAR_FAILED", `calendar ${url}: ${why}`, { cause });
}
