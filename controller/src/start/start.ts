import { resolve } from "node:path";
import { ExitCode } from "../cli/exit-code.ts";
import { CliError } from "../cli/failure.ts";
import { version } from "../version.ts";
import { type Checkout, readCheckout } from "../desired/checkout.ts";
import { prepareDesired, takeCheckout } from "../desired/demo-branch.ts";
import { type FollowOptions, carryCheckout, editsNotice, follow } from "./follow.ts";
import { type Layout, layoutOf } from "./layout.ts";
import { LocalProduct } from "./local-product.ts";
import { makeLoginLink } from "./login-link.ts";
import { isPortFree } from "./port.ts";
import { Progress } from "./progress.ts";
import { readStarted, removeStarted, writeStarted } from "./start-file.ts";
import { welcome } from "./welcome.ts";

/** The flags of `compline start`. */
export interface StartOptions {
  readonly repo: string;
  readonly state: string | undefined;
  readonly port: number;
}

const READY_MS = 60_000;

/** Runs the whole product on this machine until it is stopped by Ctrl-C (or SIGTERM). */
export async function start(options: StartOptions): Promise<ExitCode> {
  // Every file below the state folder, git's and SQLite's too, is for its owner only.
  process.umask(0o077);
  const repo = resolve(options.repo);
  const layout = layoutOf(repo, options.state);
  const url = `http://127.0.0.1:${options.port}`;
  const stop = stopSignal();
  await refuseSecondStart(layout, options.port);
  const progress = new Progress((text) => process.stdout.write(text));
  progress.line(`Compline ${version}: ${repo}`);
  const product = new LocalProduct({ layout, repo, url, say: (text) => progress.line(text), stop });
  try {
    await writeStarted(layout.startFile, url);
    const checkout = await bringUp({ layout, repo, url }, product, progress);
    const link = await makeLoginLink(layout.login, url);
    const { inventory } = product;
    progress.line(welcome({ link, elapsed: progress.elapsed, inventory, flags: flagsOf(options) }));
    await follow(followOptions({ layout, repo }, product, progress), checkout, stop);
  } catch (error) {
    // Ctrl-C reaches the processes that were just at work, too: what they then say is no fault.
    if (!stop.aborted) throw error;
  } finally {
    await product.stop();
    removeStarted(layout.startFile);
  }
  progress.line("\nStopped. The state is kept; start again at any time.");
  return ExitCode.clean;
}

/** The flags with which other commands find the same repository and state. */
function flagsOf({ repo, state }: StartOptions): string {
  return `${repo === "." ? "" : ` --repo ${repo}`}${state === undefined ? "" : ` --state ${state}`}`;
}

interface Place {
  readonly layout: Layout;
  readonly repo: string;
}

/** Everything up to the portal's first page, step by step. Answers what was checked out. */
async function bringUp(
  { layout, repo }: Place & { url: string },
  product: LocalProduct,
  progress: Progress,
): Promise<Checkout> {
  await progress.step(
    "keys",
    () => product.prepareKeys(),
    (made) => (made ? "controller and authority keys made on this machine" : "found"),
  );
  const checkout = await readCheckout(repo);
  if (checkout.kind === "unborn")
    throw new CliError(
      "failed",
      `${repo} has no commit yet; commit your files first (git add . && git commit)`,
    );
  const commit = await progress.step(
    "files",
    async () => await takeFiles(layout, repo, checkout),
    (taken) => describeTaken(taken, checkout),
  );
  await progress.step(
    "portal program",
    () => product.preparePortal(),
    (built) => (built ? "built once" : "found"),
  );
  const names = await progress.step(
    "appliances",
    () => product.startAppliances(commit),
    (started) => (started.length === 0 ? "none declared here" : started.join(", ")),
  );
  await progress.step(
    "desired state",
    () => carryCheckout({ layout, repo, bornFor: (id) => product.bornFor(id) }, checkout),
    (state) => `branch demo at ${state.revision.slice(0, 12)}`,
  );
  await progress.step(
    "controller",
    () => product.startController(AbortSignal.timeout(READY_MS)),
    (where) => where,
  );
  if (names.length > 0)
    await progress.step(
      "first look",
      () => product.waitForEvidence(AbortSignal.timeout(READY_MS)),
      (text) => text,
    );
  await progress.step(
    "portal",
    () => product.waitForPortal(AbortSignal.timeout(READY_MS)),
    (text) => text,
  );
  return checkout;
}

async function takeFiles(layout: Layout, repo: string, checkout: Checkout): Promise<string> {
  await prepareDesired(layout.desired);
  return await takeCheckout(layout.desired, repo, checkout);
}

function describeTaken(commit: string, checkout: Checkout): string {
  if (checkout.kind !== "repository")
    return "this folder has no git repository of its own: its files are taken as one commit, at each start";
  const place = `commit ${commit.slice(0, 12)} of ${checkout.branch ?? "a detached HEAD"}`;
  return checkout.edits.length === 0 ? place : `${place}; ${editsNotice(checkout.edits.length).message}`;
}

function followOptions({ layout, repo }: Place, product: LocalProduct, progress: Progress): FollowOptions {
  return {
    layout,
    repo,
    bornFor: (commit) => product.bornFor(commit),
    events: {
      moved: (state) =>
        progress.line(
          `commit ${state.carries.slice(0, 12)} is now on branch demo (${state.revision.slice(0, 12)})`,
        ),
      edited: (count) => progress.line(count === 0 ? "all edits are committed" : editsNotice(count).message),
      failed: (message) => progress.line(`the folder could not be read: ${message}`),
    },
  };
}

async function refuseSecondStart(layout: Layout, port: number): Promise<void> {
  const running = readStarted(layout.startFile);
  if (running !== null)
    throw new CliError(
      "failed",
      `already running here (process ${running.pid}) at ${running.url}; stop it first, or use another --state and --port`,
    );
  await refuseTakenPort(port);
}

/** What a killed start leaves behind ends by itself within moments, so the port gets a few seconds to become free. */
async function refuseTakenPort(port: number): Promise<void> {
  const until = performance.now() + 3_000;
  while (!(await isPortFree(port))) {
    if (performance.now() > until)
      throw new CliError(
        "failed",
        `port ${port} is in use by another program; stop it, or start with --port <number>`,
      );
    await new Promise((retry) => setTimeout(retry, 200));
  }
}

/** Aborted by the first Ctrl-C, SIGTERM, or the terminal's end. */
function stopSignal(): AbortSignal {
  const controller = new AbortController();
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.on(name, () => controller.abort(new CliError("clean", "stopped before everything was up")));
  return controller.signal;
}
