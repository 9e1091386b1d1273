/** Test support: what the hosts of a lab have in common. They end with the process that started them. */
import { type ChildProcessByStdio, execFileSync, spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import type { Readable, Writable } from "node:stream";

/** Why nothing can be tested that needs root, or null. */
export const noRoot: string | null = process.getuid?.() === 0 ? null : "not root";

/** A host that runs, behind an sshd of its own on 127.0.0.1. */
export interface LabHost {
  /** Where its state lies; removed when it stops. */
  readonly folder: string;
  readonly port: number;
  /** In the form YAML has. */
  readonly hostKey: string;
  /** Who may log in as anybody: one public key a line, looked at by each log-in. A path of the host. */
  readonly authorizedKeys: string;
  /** A path of the host as this process reaches it. */
  outside(path: string): string;
  /** What it has logged so far. */
  log(): string;
  stop(): Promise<void>;
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

/**
 * Starts a program that ends with its standard input, and so also with a test that crashes. Resolves when sshd listens.
 * `depth` counts from that program to the process that sees the host's files.
 */
export async function startLabHost(
  command: readonly string[],
  known: Pick<LabHost, "folder" | "port" | "hostKey" | "authorizedKeys"> & { readonly depth: number },
): Promise<LabHost> {
  const { depth, ...place } = known;
  const child = spawn("/bin/sh", ["-c", '"$@" & cat; kill -KILL $!', "sh", ...command], {
    stdio: ["pipe", "pipe", "pipe"],
  });
  const log = await listening(child);
  let pid = child.pid ?? 0;
  for (let level = 0; level < depth; level += 1) pid = childOf(pid);
  return {
    ...place,
    outside: (path) => (noRoot === null ? `/proc/${pid}/root${path}` : path),
    log,
    stop: async () => {
      const ended = new Promise((resolve) => child.once("exit", resolve));
      child.stdin.end();
      await ended;
      rmSync(place.folder, { recursive: true, force: true });
    },
  };
}

/** A command in namespaces of its own: when it ends, the kernel ends all that it started and undoes all that it mounted. */
export function inNamespaces(script: string): readonly string[] {
  const namespaces = ["--mount", "--pid", "--fork", "--kill-child", "--mount-proc"];
  return ["/usr/bin/unshare", ...namespaces, "/bin/sh", "-c", `set -e\n${script}`];
}

/** A new host key; says its public half. */
export function makeHostKey(file: string): string {
  execFileSync("/usr/bin/ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", file]);
  return readFileSync(`${file}.pub`, "utf8").split(" ").slice(0, 2).join(" ");
}

/** A port of 127.0.0.1 on which nothing listens now. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        address !== null && typeof address === "object" ? resolve(address.port) : reject(new Error("no port")),
      );
    });
  });
}

function listening(child: Child): Promise<() => string> {
  let text = "";
  return new Promise((resolve, reject) => {
    const take = (chunk: unknown): void => {
      text += String(chunk);
      if (text.includes("Server listening on")) resolve(() => text);
    };
    child.stdout.on("data", take);
    child.stderr.on("data", take);
    child.once("close", (code) => reject(new Error(`the host ended with ${code}: ${text}`)));
  });
}

function childOf(pid: number): number {
  return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, "utf8").split(" ")[0]);
}
