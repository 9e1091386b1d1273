/** Test support: hosts behind SSH for the real product, each a program that ends with this process. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const LAB = join(dirname(fileURLToPath(import.meta.url)), "../../../agent/src/testdata/lab.ts");

/** Why there is no host behind SSH that may be changed, or null. */
export const noSshHost: string | null =
  process.env["COMPLINE_NO_SSHD"] ??
  (process.getuid?.() === 0 ? null : "not root") ??
  (existsSync("/usr/sbin/sshd") ? null : "openssh-server is not installed");

/** Why there is no machine with systemd, or null. */
export const noMachine: string | null =
  noSshHost ??
  process.env["COMPLINE_NO_DEBIAN"] ??
  (process.env["COMPLINE_DEBIAN_ROOT"] === undefined ? "COMPLINE_DEBIAN_ROOT is not set" : null);

/** A host that runs. */
export interface LabHost {
  readonly port: number;
  readonly hostKey: string;
  read(path: string): string;
  write(path: string, text: string): void;
  /** Lets a key log in as anybody. */
  authorize(publicKey: string): void;
  /** Runs a program on it, beside SSH. Resolves with its exit code. */
  run(...argv: readonly string[]): Promise<number>;
  stop(): Promise<void>;
}

/** sshd in namespaces of its own, with the files of this machine; or a machine with systemd. */
export async function startLabHost(kind: "sshd" | "machine"): Promise<LabHost> {
  const child = spawn(process.execPath, [LAB, kind], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = once(child, "exit");
  const lines = createInterface(child.stdout);
  const [line] = await Promise.race([
    once(lines, "line"),
    ended.then(() => Promise.reject(new Error(`the ${kind} did not start`))),
  ]);
  // Printed by our own program.
  const { port, hostKey, root, authorizedKeys } = JSON.parse(String(line)) as Record<string, string> & {
    port: number;
  };
  const pid = root?.split("/")[2] ?? "";
  return {
    port,
    hostKey: hostKey ?? "",
    read: (path) => readFileSync(`${root}${path}`, "utf8"),
    write: (path, text) => writeFileSync(`${root}${path}`, text),
    authorize: (key) => appendFileSync(authorizedKeys ?? "", `${key}\n`),
    run: (...argv) => runProgram("/usr/bin/nsenter", "--target", pid, "--all", ...argv),
    stop: async () => {
      child.stdin.end();
      await ended;
    },
  };
}

/** Resolves with the exit code; what it prints is not kept. */
export async function runProgram(program: string, ...args: readonly string[]): Promise<number> {
  const child = spawn(program, args, { stdio: "ignore" });
  const [code] = await once(child, "exit");
  return Number(code);
}
