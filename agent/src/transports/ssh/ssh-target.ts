import type { Transport } from "@compline/schemas";

/** Where and as whom to log in, read from a host's transport. */
export interface SshTarget {
  readonly address: string;
  readonly port: number;
  readonly user: string;
  /** Public host keys in OpenSSH's form; one of them must be shown. */
  readonly hostKeys: readonly string[];
  readonly credentialRef: string;
  /** Everything runs as root, by sudo. */
  readonly sudo: boolean;
}

const SSH_PORT = 22;

/** The target of a transport of type `ssh`. */
export function sshTarget(transport: Transport): SshTarget {
  const { address, port, user, hostKeys, credentialRef, become } = transport;
  if (address === undefined || user === undefined || hostKeys === undefined || credentialRef === undefined)
    throw new Error("unreachable: the schema asks for these of an ssh transport");
  return { address, port: port ?? SSH_PORT, user, hostKeys, credentialRef, sudo: become === "sudo" };
}
