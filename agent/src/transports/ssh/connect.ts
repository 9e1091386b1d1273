import ssh2, { type Client, type ServerHostKeyAlgorithm } from "ssh2";
import { HostError, type ReachToken } from "../../errors.ts";
import { errnoOf } from "../host-files.ts";
import type { SshTarget } from "./ssh-target.ts";

/** From the first packet to a log-in. */
const CONNECT_LIMIT_MS = 8_000;
/** A peer that answers none of three of these is gone. */
const KEEPALIVE_MS = 5_000;
const KEEPALIVES = 3;

/** What a host may prove itself by, best first; SHA-1 is not among it. */
const HOST_KEY_ALGORITHMS: readonly ServerHostKeyAlgorithm[] = [
  "ssh-ed25519",
  "ecdsa-sha2-nistp256",
  "ecdsa-sha2-nistp384",
  "ecdsa-sha2-nistp521",
  "rsa-sha2-512",
  "rsa-sha2-256",
];

/**
 * Logs in with a private key (OpenSSH or PEM text) to a host that shows one of its pinned keys. Nothing is sent before
 * the host has proven that key, and nothing but the private key is tried. Settles within `CONNECT_LIMIT_MS`.
 * @throws HostError
 */
export function connect(target: SshTarget, privateKey: Buffer): Promise<Client> {
  const { promise, resolve, reject } = Promise.withResolvers<Client>();
  const client = new ssh2.Client();
  let mismatch = false;
  const fail = (token: ReachToken | "TIMEOUT", cause?: unknown): void => {
    client.destroy();
    reject(new HostError(token, { cause }));
  };
  // Without delay: a program costs several small packets, and each would wait 40 ms for the acknowledgement before it.
  client.once("ready", () => resolve(client.setNoDelay(true)));
  // Stays when the connection is up: an error that nobody listens to would end the process. "close" tells of it, too.
  client.on("error", (error) => fail(mismatch ? "HOST_KEY_MISMATCH" : tokenOfFailure(error), error));
  client.once("close", () => fail("HOST_UNREACHABLE"));
  const pinned = target.hostKeys.map(keyBytes);
  try {
    client.connect({
      host: target.address,
      port: target.port,
      username: target.user,
      privateKey,
      authHandler: ["publickey"],
      readyTimeout: CONNECT_LIMIT_MS,
      keepaliveInterval: KEEPALIVE_MS,
      keepaliveCountMax: KEEPALIVES,
      algorithms: { serverHostKey: pinnedFirst(target.hostKeys) },
      hostVerifier: (shown: Buffer) => {
        mismatch = !pinned.some((key) => key.equals(shown));
        return !mismatch;
      },
    });
  } catch (error) {
    fail("CREDENTIAL_INVALID", error); // the only part that is judged before anything is sent
  }
  return promise;
}

/** The host is asked for a kind of key that is pinned; one that has none of these shows another, and is refused. */
function pinnedFirst(hostKeys: readonly string[]): ServerHostKeyAlgorithm[] {
  const types = new Set(hostKeys.map((key) => key.slice(0, key.indexOf(" "))));
  const isPinned = (algorithm: string): boolean => types.has(algorithm.replace(/^rsa-sha2-.*/, "ssh-rsa"));
  return HOST_KEY_ALGORITHMS.toSorted((a, b) => Number(isPinned(b)) - Number(isPinned(a)));
}

function keyBytes(hostKey: string): Buffer {
  return Buffer.from(hostKey.slice(hostKey.indexOf(" ") + 1), "base64");
}

function tokenOfFailure(error: Error & { readonly level?: string }): ReachToken | "TIMEOUT" {
  if (error.level === "client-authentication") return "AUTH_REFUSED";
  if (error.level === "client-timeout") return "TIMEOUT";
  const errno = errnoOf(error);
  return errno === "ENOTFOUND" || errno === "EAI_AGAIN" ? "HOST_NAME_UNKNOWN" : "HOST_UNREACHABLE";
}
