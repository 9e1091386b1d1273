import { realpath } from "node:fs/promises";
import { join } from "node:path";
import type { AssignmentHost } from "@compline/schemas";
import { HostError } from "../errors.ts";
import type { Host, Work } from "./host.ts";
import { type RunProgram, runLocalProgram } from "./local-program.ts";
import { practiceTree } from "./practice-tree.ts";
import { realHost } from "./real-host.ts";
import { Connections, type Credentials } from "./ssh/connections.ts";
import { sshHost } from "./ssh/ssh-host.ts";
import { sshTarget } from "./ssh/ssh-target.ts";

/** What hosts are reached with. */
export interface HostPorts {
  /** The appliance's state folder, below which practice hosts lie. */
  readonly folder: string;
  readonly credentials: Credentials;
  /** What starts a program of this machine. */
  readonly runProgram?: RunProgram;
}

/** The hosts of an assignment, by whatever transport they have. */
export class Hosts {
  readonly #folder: string;
  readonly #runProgram: RunProgram;
  readonly #connections: Connections;

  constructor({ folder, credentials, runProgram = runLocalProgram }: HostPorts) {
    this.#folder = folder;
    this.#runProgram = runProgram;
    this.#connections = new Connections(credentials);
  }

  /** From now on a host that could not be reached is tried again. */
  beginRound(host: AssignmentHost): void {
    this.#connections.beginRound(keyOf(host));
  }

  /** Opens a host for one piece of work. @throws HostError when it cannot be reached, or what `task` throws */
  async use<T>(host: AssignmentHost, work: Work, task: (opened: Host) => Promise<T>): Promise<T> {
    const { transport } = host;
    if (transport.type === "local") return task(await this.#openLocal(transport.root, work));
    return this.#connections.use(keyOf(host), sshTarget(transport), (session) =>
      task(sshHost(session, work)),
    );
  }

  /** Makes sure that the host can still be reached from here: for a remote one, by another log-in. @throws HostError */
  async reachAgain(host: AssignmentHost, signal: AbortSignal): Promise<void> {
    await this.#connections.renew(keyOf(host), signal);
  }

  /** Ends what is open to all hosts but these. */
  retain(hosts: readonly AssignmentHost[]): void {
    this.#connections.retain(new Set(hosts.map(keyOf)));
  }

  async #openLocal(root: string | undefined, { signal }: Work): Promise<Host> {
    if (root === undefined)
      return { practice: false, files: realHost, run: (argv) => this.#runProgram(argv, signal) };
    const tree = await practiceRoot(root, this.#folder);
    return {
      practice: true,
      files: practiceTree(tree),
      run: () => Promise.reject(new HostError("PRACTICE_HOST")),
    };
  }
}

/** A host whose transport changes is another one as far as its connection goes. */
function keyOf({ id, transport }: AssignmentHost): string {
  return JSON.stringify([id, transport]);
}

/** Where a practice host lies. @throws HostError HOST_UNAVAILABLE when `root` leads out of the appliance's folder */
async function practiceRoot(root: string, applianceFolder: string): Promise<string> {
  if (!isInside(root)) throw new HostError("HOST_UNAVAILABLE");
  const tree = join(await realpath(applianceFolder), root);
  // A link on the way to the root would lead out as well as one below it.
  const real = await realpath(tree).catch(() => tree);
  if (real !== tree) throw new HostError("HOST_UNAVAILABLE");
  return tree;
}

function isInside(root: string): boolean {
  return root
    .split("/")
    .every((part) => part !== "" && part !== "." && part !== ".." && !part.includes("\0"));
}
