import { type ChildProcess, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  exitOf,
  LAUNCHER,
  lastVerdictIn,
  type NamedIdentity,
  outcomesIn,
  startAgent,
  verifySink,
  writeConfig,
} from "./testdata/agent-process.ts";
import {
  makeAssignment,
  makeController,
  type TestController,
  signedAssignment,
} from "./testdata/assignment.ts";
import { makeFolder } from "./testdata/folder.ts";
import { type Sink, startSink } from "./testdata/sink.ts";

const BROKEN = "PASS_MAX_DAYS 99999\n";

let folder: string;
let tree: string;
let sink: Sink;
let controller: TestController;
let child: ChildProcess | null = null;

beforeEach(async () => {
  ({ folder, tree } = makeFolder());
  sink = await startSink();
  sink.enrolled = false;
  controller = makeController();
  writeConfig(folder, sink, controller);
});

afterEach(async () => {
  child?.kill("SIGKILL");
  await sink.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("the agent as a process", () => {
  it("names itself, waits for enrolment, heals, and leaves a chain that verifies", async () => {
    start({});
    await enrol();
    await sink.until(() => outcomes().includes("healed"));
    expect(readFileSync(join(tree, "etc/login.defs"), "utf8")).toContain("PASS_MAX_DAYS\t90");
    await sink.until(() => sink.reports.some(({ outbox, head }) => outbox === 0 && head?.seq === 1));
    const verification = await verify();
    expect(verification.failures).toEqual([]);
    expect(verification.checked.heals).toBe(1);
    expect(await end("SIGTERM")).toBe(0);
  });

  it("ends when its standard input does, within a second", async () => {
    start({}, ["--exit-with-stdin"]);
    await enrol();
    await sink.until(() => sink.bundles.length > 0);
    const before = performance.now();
    child?.stdin?.end();
    const [code] = (await once(running(), "exit")) as [number | null];
    expect(code).toBe(0);
    expect(performance.now() - before).toBeLessThan(1000);
  });

  it("says what it expected and exits with 2 when its folder is not one of an appliance", async () => {
    rmSync(join(folder, "appliance.json"));
    start({});
    expect(await exitOf(running())).toBe(2);
  });

  it("exits with 2 for a flag it does not know, and with 3 when another agent has the folder", async () => {
    start({}, ["--unknown"]);
    expect(await exitOf(running())).toBe(2);
    start({});
    await enrol();
    const first = running();
    start({});
    expect(await exitOf(running())).toBe(3);
    first.kill("SIGKILL");
  });
});

describe("a person on the box", () => {
  it("suspends and resumes it while it runs; both stand in the chain, and no heal between them", async () => {
    start({});
    await enrol();
    await sink.until(() => lastVerdict() === "pass");
    expect(command("suspend", folder, "--reason", "fuses").status).toBe(0);
    await sink.until(() => events().length === 1);
    breakHost();
    await sink.until(() => lastVerdict() === "fail");
    await sink.until(() => sink.reports.at(-1)?.suspension?.reason === "fuses");
    expect(command("status", folder).stdout).toMatch(/off, because of SUSPENDED[\s\S]*fuses/);
    expect(command("resume", folder, "--reason", "done").status).toBe(0);
    await sink.until(() => lastVerdict() === "pass");
    expect(events()).toEqual(["suspend", "resume"]);
    expect(outcomes()).toEqual(["healed", "healed"]);
    expect((await verify()).failures).toEqual([]);
  });

  it("lets it obey another controller, whose assignment may be of a lower generation", async () => {
    start({});
    await enrol(7);
    await sink.until(() => lastVerdict() === "pass");
    const other = makeController();
    const key = ["--controller-key", other.publicKey];
    expect(command("repin", folder, ...key, "--yes").status).toBe(3);
    expect(await end("SIGTERM")).toBe(0);
    expect(command("repin", folder, ...key).status).toBe(2);
    expect(command("repin", folder, ...key, "--yes").status).toBe(0);
    breakHost();
    start({});
    // By the old controller's assignment it looks, and heals nothing.
    await sink.until(() => sink.reports.at(-1)?.healing.reasons.includes("REPINNED") === true);
    await sink.until(() => lastVerdict() === "fail");
    controller = other;
    await enrol(2);
    await sink.until(() => lastVerdict() === "pass");
    expect(events()).toEqual(["override"]);
    expect(outcomes()).toEqual(["healed", "healed"]);
  });
});

describe("after a crash", () => {
  const points = [
    "after-begin:1",
    ...["after-observe", "after-sign", "after-outbox"].flatMap((name) =>
      [1, 2, 3].map((n) => `${name}:${n}`),
    ),
  ];

  it.each(points)("at %s the chain goes on without gap or fork, and the host is healed", async (point) => {
    start({ COMPLINE_CRASH_AT: point });
    await enrol();
    // Broken again after the first heal, so that every point is passed three times.
    let crashed = false;
    void sink.until(() => outcomes().includes("healed")).then(() => (crashed ? undefined : breakHost()));
    const [, signal] = (await once(running(), "exit")) as [number | null, string | null];
    crashed = true;
    expect(signal).toBe("SIGKILL");
    start({});
    await sink.until(() => lastVerdict() === "pass");
    const before = sink.bundles.length;
    breakHost();
    await sink.until(() => sink.bundles.length > before && lastVerdict() === "pass");
    expect(outcomes()).toContain("healed");
    const verification = await verify();
    expect(verification.failures).toEqual([]);
    const seqs = sink.bundles.map(({ statement }) => statement.predicate.chain.seq);
    expect(seqs).toEqual(seqs.map((_, index) => index));
    expect(readdirSync(join(tree, "etc"))).toEqual(["login.defs", "shadow"]);
    expect(await end("SIGTERM")).toBe(0);
  });

  it("goes on while the controller is away, and sends everything when it is back", async () => {
    start({});
    await enrol();
    await sink.until(() => lastVerdict() === "pass");
    sink.failing = 503;
    breakHost();
    await sink.until(() => sink.requests.filter(({ url }) => url.endsWith("/head")).length > 2);
    sink.failing = null;
    await sink.until(() => outcomes().filter((outcome) => outcome === "healed").length === 2);
    expect((await verify()).failures).toEqual([]);
  });
});

function start(env: Record<string, string>, flags: readonly string[] = []): void {
  child = startAgent(folder, env, flags);
}

function running(): ChildProcess {
  if (child === null) throw new Error("nothing runs");
  return child;
}

async function end(signal: NodeJS.Signals): Promise<number | null> {
  const ended = exitOf(running());
  running().kill(signal);
  return ended;
}

/** Runs another command of the program to its end. */
function command(...args: readonly string[]): { readonly status: number | null; readonly stdout: string } {
  return spawnSync(process.execPath, [LAUNCHER, ...args], { encoding: "utf8" });
}

/** What a reviewed file does once the agent has named itself. */
async function enrol(generation = 1): Promise<void> {
  const identity = await identityOf();
  sink.assignment = await signedAssignment(
    controller,
    makeAssignment({ appliance: identity.id, intervalMs: 1000, generation }),
  );
  sink.enrolled = true;
}

async function identityOf(): Promise<NamedIdentity> {
  for (;;) {
    try {
      return JSON.parse(readFileSync(join(folder, "identity.json"), "utf8")) as NamedIdentity;
    } catch {
      // The agent has not written it yet; nothing announces a file of another process but looking.
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }
}

function breakHost(): void {
  writeFileSync(join(tree, "etc/login.defs"), BROKEN);
}

function events(): readonly string[] {
  return sink.bundles.flatMap(({ statement: { predicate } }) =>
    predicate.kind === "event" ? [predicate.event.type] : [],
  );
}

const outcomes = (): readonly string[] => outcomesIn(sink);
const lastVerdict = (): string | undefined => lastVerdictIn(sink);
const verify = async (): ReturnType<typeof verifySink> => verifySink(sink, await identityOf());
