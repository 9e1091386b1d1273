import type { Collect } from "@compline/schemas";
import type { Collected } from "./collected.ts";
import { factsError } from "./raw-file.ts";
import type { Facts, FactsResult, RawFile } from "./raw-file.ts";

type Protocol = NonNullable<Collect["port"]>["protocols"][number];

interface Socket {
  readonly port: number;
  readonly address: string;
}

/** What the kernel calls a socket that waits: LISTEN for TCP, and for UDP one that is bound and not connected. */
const waiting: Readonly<Record<Protocol, string>> = { tcp: "0A", udp: "07" };
const line =
  /^\s*\d+: ([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4}) ([0-9A-F]{8}|[0-9A-F]{32}):([0-9A-F]{4}) ([0-9A-F]{2}) /;

/**
 * Sockets that wait for others, as /proc/net/{tcp,tcp6,udp,udp6} list them: those of the network namespace the agent is
 * in. Facts: `{found, sockets: [{protocol, family, port, reach}]}`, each kind once. `reach` is `loopback`, `any` for every
 * address of the host, or `address` for some. On a machine of the other byte order a loopback address over IPv4 is not
 * known as one, and counts as `address`.
 */
export function parsePorts(protocols: readonly Protocol[], collected: Collected): FactsResult {
  const tables = protocols.flatMap((protocol) => tablesOf(protocol, collected));
  const sockets = new Map<string, Facts>();
  for (const { file, protocol, family } of tables) {
    const listed = readTable(file, waiting[protocol]);
    if (listed === null) return factsError("SYNTAX_INVALID");
    for (const { port, address } of listed) {
      const facts = { protocol, family, port, reach: reachOf(address) };
      sockets.set(JSON.stringify(facts), facts);
    }
  }
  return { kind: "facts", facts: { found: tables.length > 0, sockets: [...sockets.values()] } };
}

interface Table {
  readonly file: RawFile;
  readonly protocol: Protocol;
  readonly family: 4 | 6;
}

/** A host without IPv6 has no table for it. */
function tablesOf(protocol: Protocol, collected: Collected): readonly Table[] {
  const [four = "", six = ""] = socketTables(protocol);
  return [
    ...collected.find(four).map((file): Table => ({ file, protocol, family: 4 })),
    ...collected.find(six).map((file): Table => ({ file, protocol, family: 6 })),
  ];
}

/** Null when it is no such table, for then it says nothing about what is not in it. */
function readTable(file: RawFile, state: string): readonly Socket[] | null {
  const [header, ...lines] = (file.text ?? "").trimEnd().split("\n");
  if (header?.includes("local_address") !== true) return null;
  const sockets: Socket[] = [];
  for (const text of lines) {
    const [, address, port, , peer, seen] = line.exec(text) ?? [];
    if (address === undefined || port === undefined) return null;
    if (seen === state && peer === "0000") sockets.push({ port: Number.parseInt(port, 16), address });
  }
  return sockets;
}

/** Each 32 bits of an address are printed as a number of the machine, so on most machines back to front. */
function reachOf(address: string): "any" | "loopback" | "address" {
  if (/^0+$/.test(address)) return "any";
  const mapped = address.startsWith("0000000000000000FFFF0000") ? address.slice(24) : address;
  if (mapped === "00000000") return "any";
  if (mapped.length === 8) return mapped.endsWith("7F") ? "loopback" : "address";
  return address === "00000000000000000000000001000000" ? "loopback" : "address";
}

/** Where the kernel lists the sockets of a protocol, for IPv4 and IPv6. */
export function socketTables(protocol: Protocol): readonly string[] {
  return [`/proc/net/${protocol}`, `/proc/net/${protocol}6`];
}
