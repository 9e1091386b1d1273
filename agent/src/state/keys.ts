import type { CrashPoint } from "../crash-point.ts";
import { AgentError } from "../errors.ts";
import type { AgentStore } from "../store/agent-store.ts";
import { type Identity, type KeyPair, openIdentity, readIdentityId } from "./identity.ts";
import { adoptNextKey, readNextKey } from "./next-key.ts";

/**
 * The keys of an appliance. Each of the two answers by the key of the moment: one signs bundles, the other requests. They differ only
 * while a rotation waits for review.
 */
export interface Keys {
  /** Signs what enters the chain: after the event `rotate` the new key only. */
  readonly chain: Identity;
  /** Signs requests: the key that git has. */
  readonly requests: Identity;
  /** The next key, when a person wants a rotation and the chain does not say so yet; 64 hex digits. */
  wanted(): string | null;
  /** The rotation that the chain tells of and git does not know yet. */
  pending(): Pending | null;
  /** The next key by itself, to ask whether git has it; null when none is pending. */
  candidate(): KeyPair | null;
  /** Git has the next key: it signs everything from now on, and the one before is deleted. */
  settle(): void;
}

/** A new key that waits to be reviewed. */
export interface Pending {
  /** 64 hex digits. */
  readonly publicKey: string;
  /** Its first epoch. */
  readonly epoch: number;
  /** Bundles by the key before that the controller does not have yet. */
  readonly unsent: number;
}

/**
 * Opens the keys in a state folder; at the first start the first is born. What a crash left of a rotation is brought to its end.
 * @throws AgentError IDENTITY_LOST
 */
export function openKeys(folder: string, store: AgentStore, crashPoint: CrashPoint): Keys {
  const settleOnDisk = (): void => {
    const rotation = store.rotation();
    if (rotation?.settled !== true) return;
    adoptNextKey(folder, { id: readIdentityId(folder), publicKey: rotation.publicKey }, crashPoint);
    store.endRotation();
  };
  settleOnDisk();
  let current = openIdentity(folder);
  const next = (): KeyPair => {
    const { publicKey } = store.rotation() ?? { publicKey: null };
    const key = readNextKey(folder);
    if (key !== null && key.publicKey === publicKey) return key;
    const message = `${folder}: the chain names ${publicKey} as its next key, and that key is missing`;
    throw new AgentError(
      "IDENTITY_LOST",
      `${message}; the appliance has to be enrolled again in a new folder`,
    );
  };
  let chain = store.rotation() === null ? null : next();
  const chainKey = (): KeyPair => {
    if (store.rotation() === null) return current;
    chain ??= next();
    return chain;
  };
  const candidate = (): KeyPair | null => (store.rotation() === null ? null : chainKey());
  return {
    chain: identityBy(current.id, chainKey),
    requests: identityBy(current.id, () => current),
    wanted: () => (store.rotation() === null ? (readNextKey(folder)?.publicKey ?? null) : null),
    candidate,
    pending: () => pendingIn(store),
    settle() {
      store.settleRotation();
      crashPoint("after-settled");
      settleOnDisk();
      current = openIdentity(folder);
      chain = null;
    },
  };
}

/** The rotation that waits for its review; null when none does. */
export function pendingIn(store: Pick<AgentStore, "rotation" | "waitingBefore">): Pending | null {
  const rotation = store.rotation();
  if (rotation === null) return null;
  const { publicKey, epoch } = rotation;
  return { publicKey, epoch, unsent: store.waitingBefore(epoch) };
}

function identityBy(id: string, key: () => KeyPair): Identity {
  return {
    id,
    get publicKey() {
      return key().publicKey;
    },
    get sign() {
      return key().sign;
    },
  };
}
