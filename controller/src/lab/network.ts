import { writeFile } from "node:fs/promises";
import { expectProgram } from "./programs.ts";

/** The network of a lab: a namespace of its own, so that nothing of it is seen on this machine. */
export interface Network {
  /** A command that runs in it. */
  enter(argv: readonly string[]): readonly string[];
  /** Gives a machine, by its number from 1 and the process that is its first, an address at the end of its cable. */
  connect(machine: string, number: number, pid: number): Promise<string>;
}

/** Makes the network; `file` keeps its namespace until its mount goes. */
export async function makeNetwork(file: string): Promise<Network> {
  await writeFile(file, "");
  await expectProgram(["unshare", `--net=${file}`, "true"]);
  const enter = (argv: readonly string[]): readonly string[] => ["nsenter", `--net=${file}`, ...argv];
  await expectProgram(enter(["ip", "link", "set", "lo", "up"]));
  return {
    enter,
    connect: async (machine, number, pid) => {
      const inside = (argv: readonly string[]): readonly string[] => [
        "nsenter",
        `--target=${pid}`,
        "--net",
        ...argv,
      ];
      const address = `10.0.${number}.2`;
      await plug(enter, cableOf(machine), `10.0.${number}.1/24`);
      await plug(inside, "host0", `${address}/24`);
      return address;
    },
  };
}

/** How systemd-nspawn names this end of a machine's cable. */
function cableOf(machine: string): string {
  return `ve-${machine}`;
}

async function plug(enter: Network["enter"], cable: string, address: string): Promise<void> {
  await expectProgram(enter(["ip", "address", "add", address, "dev", cable]));
  await expectProgram(enter(["ip", "link", "set", cable, "up"]));
}
