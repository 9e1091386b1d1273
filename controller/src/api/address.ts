import { isIP } from "node:net";
import { plainHost } from "../config/config.ts";

/** Where a server is reached. */
export interface Address {
  readonly scheme: "http" | "https";
  /** A DNS name or an IP address. */
  readonly host: string;
  readonly port: number;
}

/** The address as a browser writes it: `https://192.0.2.7:8480`; without a port where it is the scheme's own. */
export function originOf({ scheme, host, port }: Address): string {
  return new URL(`${scheme}://${isIP(host) === 6 ? `[${host}]` : host}:${port}`).origin;
}

/** What a Host header may say: the host of the configuration, and on loopback every name of it. */
export function namesOf(address: Address): readonly string[] {
  const hosts = address.host === plainHost ? [plainHost, "localhost", "::1"] : [address.host];
  return hosts.map((host) => new URL(originOf({ ...address, host })).host);
}
