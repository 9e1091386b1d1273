import { existsSync, mkdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import ssh2 from "ssh2";
import { AgentError, HostError } from "../errors.ts";
import { errnoOf } from "../transports/host-files.ts";
import { writeDurably } from "./durable-file.ts";

/** Where private keys for hosts lie: systemd's credentials when it gives any, else a folder of the appliance's own. */
export function credentialDirectory(folder: string, fromSystemd: string | undefined): string {
  return fromSystemd ?? join(folder, "credentials");
}

/** Group and others. */
const ANYBODY_ELSE = 0o077;

/**
 * The private key of that name.
 * @throws HostError CREDENTIAL_MISSING, or CREDENTIAL_INVALID when it cannot be read or others than its owner can
 */
export function readCredential(directory: string, name: string): Buffer {
  const file = join(directory, name);
  try {
    if (statSync(file).mode & ANYBODY_ELSE) throw new HostError("CREDENTIAL_INVALID");
    return readFileSync(file);
  } catch (error) {
    if (error instanceof HostError) throw error;
    const missing = errnoOf(error) === "ENOENT" || errnoOf(error) === "ENOTDIR";
    throw new HostError(missing ? "CREDENTIAL_MISSING" : "CREDENTIAL_INVALID", { cause: error });
  }
}

/**
 * Makes the Ed25519 key of that name, unless there is one, and says its public half as authorized_keys wants it. The
 * private half never leaves the box.
 * @throws AgentError CONFIG_INVALID when the file of that name holds no private key
 */
export function makeCredential(directory: string, name: string): string {
  const file = join(directory, name);
  if (!existsSync(file)) {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const { private: key } = ssh2.utils.generateKeyPairSync("ed25519", { comment: name });
    writeDurably(file, Buffer.from(key));
  }
  const parsed = ssh2.utils.parseKey(readFileSync(file));
  if (parsed instanceof Error)
    throw new AgentError("CONFIG_INVALID", `${file}: expected a private key, found something else`, {
      cause: parsed,
    });
  return `${parsed.type} ${parsed.getPublicSSH().toString("base64")} ${name}`;
}
