import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openOffline } from "./reconcile/offline.ts";
import { makeRepository, type TestRepository } from "./source/testdata/repository.ts";
import { makeAppliance } from "./testdata/appliance.ts";
import { libraryFiles, partnerFiles } from "./testdata/desired.ts";

const acme = makeAppliance("01J0000000000000000000BXA1", "01J000000000000000000S1TA1");
let repository: TestRepository;
let state: string;
let children: ChildProcess[];

interface Running {
  readonly child: ChildProcess;
  readonly url: string;
}

function launch(env: Record<string, string> = {}, flags: readonly string[] = []): ChildProcess {
  const main = join(import.meta.dirname, "main.ts");
  const child = spawn(process.execPath, [main, "--config", join(state, "config.json"), ...flags], {
    env: { ...process.env, COMPLINE_LOG_LEVEL: "silent", ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  children.push(child);
  return child;
}

async function start(env: Record<string, string> = {}, flags: readonly string[] = []): Promise<Running> {
  const child = launch(env, flags);
  const [line] = await once(child.stdout ?? child, "data");
  return { child, url: /^ready (http:\/\/127\.0\.0\.1:\d+)\n$/.exec(String(line))?.[1] ?? "" };
}

async function endOf(child: ChildProcess): Promise<number | string | null> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return child.signalCode ?? child.exitCode;
}

async function writeConfig(port: number): Promise<void> {
  const sources = [{ name: "main", repository: repository.folder, branch: "main" }];
  const config = { schemaVersion: "1", state, host: "127.0.0.1", port, sources };
  await writeFile(join(state, "config.json"), JSON.stringify(config));
}

/** Asks as the appliance. */
async function ask({ url }: Running, target: string): Promise<Response> {
  return await fetch(url + target, { headers: await acme.signed({ host: new URL(url).host, url: target }) });
}

async function post({ url }: Running, bytes: Uint8Array): Promise<number> {
  const headers = { "content-type": "application/json" };
  const answer = await fetch(`${url}/v1/evidence`, { method: "POST", headers, body: Buffer.from(bytes) });
  await answer.arrayBuffer();
  return answer.status;
}

beforeEach(async () => {
  children = [];
  repository = await makeRepository();
  await repository.commit({ ...libraryFiles(), ...partnerFiles("acme", acme) });
  state = await mkdtemp(join(tmpdir(), "compline-controller-"));
  await writeConfig(0);
});
afterEach(async () => {
  for (const child of children) child.kill("SIGKILL");
  await Promise.all(children.map(endOf));
  await repository.remove();
  await rm(state, { recursive: true });
});

describe("the controller's process", () => {
  test("is ready with the assignment published, and ends within a second although somebody waits", async () => {
    const running = await start();
    const poll = `/v1/appliances/${acme.id}/assignment`;
    const first = await ask(running, poll);
    expect(first.status).toBe(200);
    const have = first.headers.get("compline-digest") ?? "";
    const waiting = ask(running, `${poll}?have=${have}&wait=25`);
    await fetch(`${running.url}/healthz`);
    const began = performance.now();
    running.child.kill("SIGTERM");
    expect((await waiting).status).toBe(204);
    expect(await endOf(running.child)).toBe(0);
    expect(performance.now() - began).toBeLessThan(1000);
  });

  test("sees a commit by itself and wakes who waits", async () => {
    const running = await start();
    const poll = `/v1/appliances/${acme.id}/assignment`;
    const have = (await ask(running, poll)).headers.get("compline-digest") ?? "";
    const waiting = ask(running, `${poll}?have=${have}&wait=25`);
    await repository.commit(libraryFiles("10m"));
    expect((await waiting).headers.get("compline-digest")).not.toBe(have);
  });

  test.each(["after-commit", "after-answer"])(
    "killed %s, it has the bundle, and knows it when it is sent again",
    async (point) => {
      const { bytes, digest } = await acme.seal(0);
      const first = await start({ COMPLINE_CRASH_AT: point });
      await post(first, bytes).catch(() => 0);
      expect(await endOf(first.child)).toBe("SIGKILL");
      const second = await start();
      expect(await post(second, bytes)).toBe(200);
      const kept = await ask(second, `/v1/evidence/${digest}`);
      expect(Buffer.from(await kept.arrayBuffer())).toEqual(Buffer.from(bytes));
    },
  );

  test("ends when its stdin ends, if it was told to", async () => {
    const { child } = await start({}, ["--exit-with-stdin"]);
    child.stdin?.end();
    expect(await endOf(child)).toBe(0);
  });

  test("says so when the port is taken, and when the configuration is wrong", async () => {
    const other = createServer().listen(0, "127.0.0.1");
    await once(other, "listening");
    const address = other.address();
    await writeConfig(typeof address === "object" ? (address?.port ?? 0) : 0);
    const taken = launch();
    const [text] = await once(taken.stderr ?? taken, "data");
    expect(String(text)).toContain("in use by another program");
    expect(await endOf(taken)).toBe(3);
    other.close();
    await writeConfig(-1);
    expect(await endOf(launch())).toBe(2);
  });

  test("is the only one on its folder, and the one killed gives it free", async () => {
    const running = await start();
    const second = launch();
    const [text] = await once(second.stderr ?? second, "data");
    expect(String(text)).toContain("another controller runs on");
    expect(await endOf(second)).toBe(3);
    running.child.kill("SIGKILL");
    await start();
  });

  test("can be read beside it and without it, from its folder alone", async () => {
    const running = await start();
    await post(running, (await acme.seal(0)).bytes);
    for (const isRunning of [true, false]) {
      if (!isRunning) {
        running.child.kill("SIGKILL");
        await endOf(running.child);
        await repository.git.raw("branch", "--move", "main", "elsewhere");
      }
      const offline = await openOffline(state, Date.now);
      expect(offline.status).toMatchObject({ position: 1, partner: { name: "acme" } });
      expect(offline.conditions).toContainEqual(
        expect.objectContaining({ subject: "source/main", reason: "ACCEPTED" }),
      );
      await offline.close();
    }
  });
});
