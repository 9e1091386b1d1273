/** Test support: the real product, started by its own program, on a small repository of its own. */
import { type ChildProcess, execFile, spawn } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "..");
const compline = join(root, "controller", "bin", "compline.mjs");

/** What a command printed and how it ended. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `compline`, or another program of ours, to its end. */
export function runCompline(args: readonly string[], program: string = compline): Promise<Finished> {
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [program, ...args],
      { maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) => {
        const code = error === null ? 0 : typeof error.code === "number" ? error.code : null;
        resolve({ code, stdout, stderr });
      },
    );
  });
}

/** Runs git in a folder, with an author of its own and nobody's configuration. */
export function git(folder: string, ...args: readonly string[]): Promise<string> {
  const env = {
    ...process.env,
    GIT_CONFIG_GLOBAL: "/dev/null",
    GIT_AUTHOR_NAME: "Test",
    GIT_AUTHOR_EMAIL: "test@compline.test",
    GIT_COMMITTER_NAME: "Test",
    GIT_COMMITTER_EMAIL: "test@compline.test",
  };
  return new Promise((resolve, reject) => {
    execFile("git", [...args], { cwd: folder, env }, (error, stdout) =>
      error === null ? resolve(stdout) : reject(error),
    );
  });
}

/** A folder with a repository that holds the shipped desired state, and room for a state folder. */
export interface Workplace {
  readonly folder: string;
  readonly repo: string;
  readonly state: string;
  remove(): void;
}

const DESIRED = ["frameworks", "policies", "runbooks", "sites"];

/** The site of the machine itself: its first look asks apt for updates and sshd for its settings, for seconds. */
const THIS_MACHINE = join(root, "sites/lanternfish/workbench");

/**
 * Copies the shipped desired state into a repository of its own; the practice site looks every second. The machine itself
 * is looked at only where a test is about that.
 */
export async function makeWorkplace(sites: "practice" | "all" = "practice"): Promise<Workplace> {
  const folder = mkdtempSync(join(tmpdir(), "compline-e2e-"));
  const repo = join(folder, "repo");
  const filter = (path: string): boolean => sites === "all" || path !== THIS_MACHINE;
  for (const name of DESIRED) cpSync(join(root, name), join(repo, name), { recursive: true, filter });
  const site = join(repo, "sites/lanternfish/tidewell-clinic/site.yaml");
  writeFileSync(site, readFileSync(site, "utf8").replace(/cadence: .*/, "cadence: 1s"));
  await git(repo, "init", "--quiet", "--initial-branch=main");
  await git(repo, "add", "--all");
  await git(repo, "commit", "--quiet", "--message=Desired state");
  return {
    folder,
    repo,
    state: join(folder, "state"),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** The product while it runs. */
export interface Running {
  readonly url: string;
  /** The one-time address that opens the portal. */
  readonly link: string;
  /** What `compline start` printed so far. */
  output(): string;
  /** Kills a process as a power cut would; waits for it first when it is just being started again. */
  kill(victim: "controller" | "agent"): Promise<void>;
  /** Sends SIGINT, as Ctrl-C does, and waits for the end. */
  stop(): Promise<number | null>;
}

/** Starts the product and waits until it says that it is ready. */
export async function startProduct(workplace: Workplace, env: Record<string, string> = {}): Promise<Running> {
  const port = await freePort();
  const args = [
    compline,
    "start",
    "--repo",
    workplace.repo,
    "--state",
    workplace.state,
    "--port",
    String(port),
  ];
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const output = collect(child);
  const link = await waitForLink(child, output);
  return {
    url: `http://127.0.0.1:${port}`,
    link,
    output,
    kill: async (victim) => {
      process.kill(await findProcess(workplace.state, PROGRAMS[victim]), "SIGKILL");
    },
    stop: () => endProcess(child),
  };
}

function collect(child: ChildProcess): () => string {
  let text = "";
  child.stdout?.on("data", (chunk) => (text += String(chunk)));
  child.stderr?.on("data", (chunk) => (text += String(chunk)));
  return () => text;
}

function waitForLink(child: ChildProcess, output: () => string): Promise<string> {
  return new Promise((resolve, reject) => {
    const look = (): void => {
      const link = /http:\/\/\S+\/session\?token=\S+/.exec(output())?.[0];
      if (link !== undefined && output().includes("Ctrl-C stops everything")) resolve(link);
    };
    child.stdout?.on("data", look);
    child.once("exit", (code) => reject(new Error(`compline start ended with ${code}:\n${output()}`)));
  });
}

function endProcess(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => {
    child.once("exit", (code) => resolve(code));
    child.kill("SIGINT");
  });
}

/** The ids of all processes whose command line names a text. */
export function processesNaming(text: string): readonly number[] {
  const found: number[] = [];
  for (const pid of pids()) {
    const line = commandLine(pid);
    if (line.includes(text) && pid !== process.pid) found.push(pid);
  }
  return found;
}

const PROGRAMS = { controller: "controller.mjs", agent: "compline-agent.mjs" } as const;

/** Longer than the longest pause before a process is started again. */
const RESTART_MS = 15_000;

async function findProcess(state: string, program: string): Promise<number> {
  const until = performance.now() + RESTART_MS;
  while (performance.now() < until) {
    const pid = processesNaming(state).find((candidate) => commandLine(candidate).includes(program));
    if (pid !== undefined) return pid;
    await new Promise((next) => setTimeout(next, 20));
  }
  throw new Error(`no ${program} runs for ${state}`);
}

function pids(): readonly number[] {
  return readdirSync("/proc")
    .map(Number)
    .filter((pid) => Number.isInteger(pid));
}

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return "";
  }
}

/** A port that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        address !== null && typeof address === "object"
          ? resolve(address.port)
          : reject(new Error("no port")),
      );
    });
  });
}
