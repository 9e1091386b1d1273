/** Test support: how an appliance reaches a host of the lab. */
import { appendFileSync } from "node:fs";
import { userInfo } from "node:os";
import { join } from "node:path";
import type { AssignmentHost, Transport } from "@compline/schemas";
import { makeCredential } from "../state/credentials.ts";
import type { LabHost } from "./lab-host.ts";

const CREDENTIAL = "lab";

/** Makes a key that every account of the host takes; says in which credential directory it lies. */
export function makeLabKey(host: LabHost): string {
  const directory = join(host.folder, "credentials");
  appendFileSync(host.outside(host.authorizedKeys), `${makeCredential(directory, CREDENTIAL)}\n`);
  return directory;
}

/** The host as an assignment names it, reached with that key. */
export function labHost({ port, hostKey }: LabHost, changes: Partial<Transport> = {}): AssignmentHost {
  return {
    id: "01M84T0000SSH0000000000000",
    name: "lab",
    platform: "linux",
    transport: {
      type: "ssh",
      address: "127.0.0.1",
      port,
      user: userInfo().username,
      hostKeys: [hostKey],
      credentialRef: CREDENTIAL,
      ...changes,
    },
  };
}
