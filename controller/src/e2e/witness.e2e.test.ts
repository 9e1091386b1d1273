import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { backup, DatabaseSync } from "node:sqlite";
import { readCheckpoint } from "@compline/core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { openSqliteStore } from "../store/sqlite-store.ts";
import { layoutOf } from "../start/layout.ts";
import { git, makeWorkplace, runCompline, type Running, startProduct, type Workplace } from "./product.ts";

/**
 * The whole way of a witness with real parts: the product, its bare repository, the commands, git. The witness has a
 * clone, commits to a branch of its own and pushes it; the controller finds it there.
 */
const PARTNER = "sites/lanternfish/partner.yaml";
const NAME = "witness.example/ci";
const PATIENCE = { timeout: 60_000, interval: 500 };

let workplace: Workplace;
let product: Running;
let clone: string;
/** The store as it was before anybody saw the log. */
let early: string;
let logAddress: string;
let origin: string;
/** Only the controller, without a box that knows better. */
let alone: ChildProcess | null = null;

beforeAll(async () => {
  workplace = await makeWorkplace();
  product = await startProduct(workplace);
  clone = join(workplace.folder, "witness");
  early = join(workplace.folder, "early.db");
  const id = /^ {2}id: (\S+)$/m.exec(readFileSync(join(workplace.repo, PARTNER), "utf8"))?.[1] ?? "";
  logAddress = `${product.url}/v1/log/${id}`;
});

afterAll(async () => {
  await product.stop();
  if (alone !== null && alone.kill()) await once(alone, "exit");
  workplace.remove();
});

const layout = (): ReturnType<typeof layoutOf> => layoutOf(workplace.repo, workplace.state);
const storePath = (): string => join(layout().controller, "compline.db");
const where = (): string[] => ["--repo", workplace.repo, "--state", workplace.state];
const key = (): string => join(workplace.folder, "witness.key");

/** The partner says in its own file what the log's key is, and whom it believes to watch it. */
async function declareWitness(): Promise<void> {
  const made = await runCompline(["witness", "init", "--key", key(), "--name", NAME]);
  expect(made.code, made.stderr).toBe(0);
  const { vkey = "", log = "" } = (await newestStored()) ?? {};
  origin = log;
  const file = join(workplace.repo, PARTNER);
  const declared = `  log:\n    origin: ${origin}\n    vkey: ${vkey}\n    witnesses:\n      - vkey: ${made.stdout.trim()}\n        branch: witness\n    quorum: 1\n`;
  writeFileSync(file, `${readFileSync(file, "utf8").trimEnd()}\n${declared}`);
  await git(workplace.repo, "commit", "--quiet", "--all", "--message=A witness");
  const inForce = async (): Promise<string> => await git(layout().desired, "show", `demo:${PARTNER}`);
  await expect.poll(inForce, PATIENCE).toContain(NAME);
}

async function newestStored() {
  const store = openSqliteStore(storePath(), "read");
  try {
    const partner = readFileSync(layout().logOrigin, "utf8").trim();
    return await store.checkpoint(partner);
  } finally {
    await store.close();
  }
}

/** How many leaves a checkpoint at the log's address has; null when there is none. */
async function sizeAt(path: "checkpoint" | "cosigned"): Promise<number | null> {
  const answer = await fetch(`${logAddress}/${path}`);
  const read = readCheckpoint(new Uint8Array(await answer.arrayBuffer()));
  return read.ok ? read.value.size : null;
}

/** The witness comes by, and pushes what it committed. */
async function watch(): Promise<Awaited<ReturnType<typeof runCompline>>> {
  const flags = ["--log", logAddress, "--repo", clone, "--partner", "lanternfish", "--key", key()];
  const seen = await runCompline(["witness", ...flags]);
  await git(clone, "push", "--quiet", "origin", "HEAD:refs/heads/witness");
  return seen;
}

/** The conditions of the log that are not as they should be. */
async function troubles(): Promise<readonly string[]> {
  const { stdout } = await runCompline(["status", "-o", "json", ...where()]);
  const { conditions } = JSON.parse(stdout) as {
    conditions: { subject: string; reason: string; type: string }[];
  };
  return conditions.flatMap(({ subject, type, reason }) =>
    subject.startsWith("log/") && type !== "Ready" ? [reason] : [],
  );
}

it("a partner names the key of its log, and who watches it on which branch", async () => {
  await expect.poll(async () => (await sizeAt("checkpoint")) ?? 0, PATIENCE).toBeGreaterThan(0);
  const database = new DatabaseSync(storePath(), { readOnly: true });
  await backup(database, early);
  database.close();
  await declareWitness();
  await git(workplace.folder, "clone", "--quiet", "--branch", "demo", layout().desired, clone);
  await git(clone, "checkout", "--quiet", "-b", "witness");
});

it("what a witness cosigned is found on its branch, and found again when it came by a second time", async () => {
  const first = await watch();
  expect([first.code, first.stdout]).toEqual([0, expect.stringContaining("the first it saw")]);
  await expect.poll(() => sizeAt("cosigned"), PATIENCE).not.toBeNull();
  const before = (await sizeAt("cosigned")) ?? 0;
  const broken = await runCompline(["demo", "break", "sshd-root-login", ...where()]);
  expect(broken.code, broken.stdout + broken.stderr).toBe(0);
  const second = await watch();
  expect([second.code, second.stdout]).toEqual([
    0,
    expect.stringContaining(`begin with the ${before} it saw`),
  ]);
  await expect.poll(() => sizeAt("cosigned"), PATIENCE).toBeGreaterThan(before);
  expect(await troubles()).toEqual([]);
});

it("status and pages say who saw how much", async () => {
  const { stdout } = await runCompline(["status", ...where()]);
  expect(stdout).toMatch(new RegExp(`${NAME} saw the first \\d+, .*Z; \\d+ came after that`));
  const cookie =
    ((await fetch(product.link, { redirect: "manual" })).headers.get("set-cookie") ?? "").split(";")[0] ?? "";
  const page = async (path: string): Promise<string> =>
    await (await fetch(`${product.url}${path}`, { headers: { cookie } })).text();
  const saw = new RegExp(`${NAME}</code>.*?saw (?:the first|all) \\d+`, "s");
  for (const path of ["/partner/", "/how-evidence-works/"])
    await expect.poll(() => page(path), PATIENCE).toMatch(saw);
  const store = openSqliteStore(storePath(), "read");
  const digests = await store.logLeaves(origin, 0, (await sizeAt("cosigned")) ?? 0);
  await store.close();
  const bundlePages = async (): Promise<string> =>
    (await Promise.all(digests.map((digest) => page(`/bundles/${digest}/`)))).join("");
  await expect.poll(bundlePages, PATIENCE).toMatch(/this is among the first \d+ that it saw/);
});

it("a kit has what the witness saw, and is verified with the quorum of one", async () => {
  const zip = join(workplace.folder, "kit.zip");
  const [from, to] = [Date.now() - 86_400_000, Date.now()].map((ms) => new Date(ms).toISOString());
  const period = ["--from", from ?? "", "--to", to ?? ""];
  const made = await runCompline(["kit", "--site", "tidewell-clinic", ...period, ...where(), "--out", zip]);
  expect(made.code, made.stderr).toBe(0);
  const verified = await runCompline(["verify", zip, "-o", "json"]);
  const { failures, unchecked, checked } = JSON.parse(verified.stdout);
  expect([verified.code, failures]).toEqual([0, []]);
  const codes = unchecked.map(({ code }: { code: string }) => code);
  expect(codes).not.toContain("WITNESSES_NOT_ASKED");
  expect(checked.log.witnesses).toMatchObject([{ witness: NAME, size: checked.log.witnessed }]);
  expect(checked.log.logged).toBe(checked.bundles);
  expect(checked.bundles).toBeGreaterThan(0);
});

it("a log that was set back with all that the controller knows is refused by the witness, and stops by what it saw", async () => {
  await watch();
  const seen = await sizeAt("cosigned");
  const later = openSqliteStore(storePath(), "read");
  const bundles = await later.bundlesSince(0, 10_000);
  await later.close();
  await product.stop();
  for (const end of ["", "-wal", "-shm"]) rmSync(`${storePath()}${end}`, { force: true });
  rmSync(join(layout().controller, "log-high-water.json"));
  copyFileSync(early, storePath());
  await startAlone();
  await expect.poll(troubles, PATIENCE).toEqual(["LOG_SET_BACK"]);
  const kept = (await newestStored())?.size ?? 0;
  expect(kept).toBeLessThan(seen ?? 0);
  const refused = await watch();
  expect([refused.code, refused.stderr]).toEqual([4, expect.stringContaining("REFUSED (ROLLED_BACK)")]);
  // The same evidence in another order is another history.
  for (const { bytes, position } of bundles.toReversed()) if (position > kept) await post(bytes);
  await expect.poll(troubles, PATIENCE).toEqual(["LOG_ANOTHER_HISTORY"]);
  expect((await newestStored())?.size).toBe(kept);
});

/** Starts the controller as `compline start` does, without the agent. */
async function startAlone(): Promise<void> {
  const main = join(import.meta.dirname, "..", "main.ts");
  const env = { ...process.env, COMPLINE_LOG_LEVEL: "silent" };
  const flags = [main, "--config", layout().controllerConfig];
  alone = spawn(process.execPath, flags, { env, stdio: ["ignore", "pipe", "inherit"] });
  const [line] = await once(alone.stdout ?? alone, "data");
  expect(String(line)).toContain(product.url);
}

async function post(bytes: Uint8Array): Promise<void> {
  const headers = { "content-type": "application/json" };
  const answer = await fetch(`${product.url}/v1/evidence`, {
    method: "POST",
    headers,
    body: Buffer.from(bytes),
  });
  expect(answer.status, await answer.text()).toBeLessThan(300);
}
