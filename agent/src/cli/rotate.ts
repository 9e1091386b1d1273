import { existsSync } from "node:fs";
import { join } from "node:path";
import { enrolmentFingerprint } from "@compline/core/appliance";
import { AgentError } from "../errors.ts";
import { openIdentity } from "../state/identity.ts";
import { type Pending, pendingIn } from "../state/keys.ts";
import { birthNextKey, readNextKey } from "../state/next-key.ts";
import { readStatus } from "../state/saved-status.ts";
import { createStore } from "../store/agent-store.ts";
import { openDatabase } from "../store/database.ts";
import { describeEnrolment } from "./enrolment-text.ts";
import { readFolder } from "./folder.ts";

/** The flags of `compline-agent rotate`. */
export interface RotateOptions {
  /** Without it no key is made. */
  readonly yes: boolean;
}

/** How far a rotation is. The document is there once the controller has all that the key before signed. */
export interface Rotation {
  /** YAML of the Appliance with its new key. */
  readonly document: string | null;
  readonly explanation: string;
}

/** One that is just starting must not be taken for none. */
const PROBE_MS = 200;

/**
 * Makes the appliance's next key, or says how far its rotation is. May be given again at any time, whether an agent runs or
 * not; a key that was made is never made again.
 * @throws AgentError CONFIG_INVALID, IDENTITY_LOST, STATE_FAILED
 */
export function rotate(folder: string, { yes }: RotateOptions): Rotation {
  const config = readFolder(folder);
  if (!existsSync(join(folder, "identity.json")))
    throw new AgentError(
      "CONFIG_INVALID",
      `${folder}: the appliance has no key yet; its first start makes it`,
    );
  const { id, publicKey } = openIdentity(folder);
  const next = readNextKey(folder) ?? (yes ? birthNextKey(folder) : null);
  if (next === null) return said(offer(config.name, enrolmentFingerprint(id, publicKey)));
  const pending = readPending(folder);
  if (pending?.publicKey !== next.publicKey) return said(born(folder, config.name));
  if (pending.unsent > 0) return said(unsent(folder, config.name, pending.unsent));
  const { document, explanation } = describeEnrolment(folder, config, { id, publicKey: next.publicKey });
  return { document, explanation: `${explanation}\n\n${REVIEW}` };
}

function said(explanation: string): Rotation {
  return { document: null, explanation };
}

/** Of a running agent what it wrote down last. */
function readPending(folder: string): Pending | null {
  try {
    const store = createStore(openDatabase(join(folder, "agent.db"), PROBE_MS));
    try {
      return pendingIn(store);
    } finally {
      store.close();
    }
  } catch (error) {
    if (error instanceof AgentError && error.code === "STATE_LOCKED")
      return readStatus(folder)?.rotation ?? null;
    throw error;
  }
}

function offer(name: string, fingerprint: string): string {
  return `${name} would get another key in place of the one with fingerprint ${fingerprint}:
  1. the new key is born here; the one before signs an event that names it, and then nothing more
  2. once the controller has everything by the one before, this command prints the new enrolment to review
  3. when that is merged the box deletes the old key and goes on by the new one
From 1 to 3 it looks and signs, sends nothing by the new key, and heals nothing. There is no way back from 1.
Run it again with --yes to do so.`;
}

function born(folder: string, name: string): string {
  return `${name}: its next key is born. The agent signs the event at once, or when it next runs.
Run \`compline-agent rotate ${folder}\` again in a minute: it prints the enrolment to review.`;
}

function unsent(folder: string, name: string, count: number): string {
  return `${name}: the controller has yet to get ${count} bundles by the key before; it takes none by it once git has another.
Run \`compline-agent rotate ${folder}\` again when it has: only then does it print the enrolment to review.`;
}

const REVIEW = `In the appliance's file only publicKey changes. Until that is merged the box heals nothing, and what it signs waits here.
After the merge it notices within a minute; \`compline-agent status\` says so.`;
