/**
 * `npm run fuzz [-- --cases N] [--seed S] [--case N] [NAME...]`: random files for the parsers of `x.fuzz.ts` files. Each
 * parser has a process of its own, in which one thread judges and the other watches. A fault is a parser that throws, that
 * takes longer than its time or more than its memory, or that accepts what is written otherwise.
 */
import { fork } from "node:child_process";
import { randomInt } from "node:crypto";
import { globSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { isMainThread, parentPort, Worker, workerData } from "node:worker_threads";
import { makeCase, shrink } from "./mutate.mjs";

const here = fileURLToPath(import.meta.url);
const root = join(dirname(here), "..");
const defaultCases = 100_000;
/** CPU time that a file may take. The largest is 300 kB; the slowest seen takes a tenth of it. */
const caseLimitMs = 1000;
const hangLimitMs = 60_000;
const heapLimitMb = 256;
const rssLimitMb = 640;

async function targets() {
  const files = globSync("*/src/**/*.fuzz.ts", { cwd: root }).toSorted();
  const all = await Promise.all(files.map(async (file) => (await import(join(root, file))).fuzz));
  return all.flat();
}

/** What is wrong with a file, in a few words; null when nothing is, and then whether it was accepted. */
function judge(target, bytes) {
  const started = process.threadCpuUsage();
  let accepted = false;
  try {
    accepted = target.judge(new Uint8Array(bytes));
  } catch (error) {
    return { fault: `${error.name}: ${error.message}`, accepted, ms: 0 };
  }
  const { user, system } = process.threadCpuUsage(started);
  const ms = (user + system) / 1000;
  return { fault: ms > caseLimitMs ? `took longer than ${caseLimitMs} ms` : null, accepted, ms };
}

const printable = (bytes) => Buffer.from(bytes).toString("base64");
const caseName = ({ name, seed }, n) => `${seed} ${name} ${n}`;

/** The judging thread: tells the case it is at through shared memory, so that a hang has a number. */
async function judgeAll({ name, seed, first, end, at }) {
  const target = (await targets()).find((one) => one.name === name);
  const seeds = (await target.seeds()).map((bytes) => Buffer.from(bytes));
  const refused = seeds.findIndex((bytes) => !target.judge(new Uint8Array(bytes)));
  if (refused >= 0) return { fault: "a seed is refused", reproduction: printable(seeds[refused]) };
  const position = new Int32Array(at);
  let accepted = 0;
  let slowestMs = 0;
  for (let n = first; n < end; n++) {
    Atomics.store(position, 0, n);
    const bytes = makeCase(seeds, caseName({ name, seed }, n));
    const judged = judge(target, bytes);
    if (judged.fault !== null) {
      const small = shrink(bytes, (other) => judge(target, other).fault === judged.fault);
      return { fault: judged.fault, n, reproduction: printable(small) };
    }
    if (judged.accepted) accepted += 1;
    slowestMs = Math.max(slowestMs, judged.ms);
  }
  return { fault: null, accepted, slowestMs };
}

/** The parser's process: watches the judging thread, and ends it when it stands still. */
function watch(options) {
  return new Promise((resolve) => {
    const at = new SharedArrayBuffer(4);
    const position = new Int32Array(at);
    const thread = new Worker(here, {
      workerData: { ...options, at },
      resourceLimits: { maxOldGenerationSizeMb: heapLimitMb },
    });
    let seen = { n: -1, since: Date.now() };
    const timer = setInterval(() => {
      const n = Atomics.load(position, 0);
      if (n !== seen.n) seen = { n, since: Date.now() };
      else if (Date.now() - seen.since > hangLimitMs)
        end({ fault: `still at one file after ${hangLimitMs} ms`, n });
    }, 1000);
    const end = (result) => {
      clearInterval(timer);
      void thread.terminate();
      const rssMb = Math.round(process.resourceUsage().maxRSS / 1024);
      const tooMuch = result.fault === null && rssMb > rssLimitMb;
      resolve({ ...result, rssMb, fault: tooMuch ? `took ${rssMb} MB of memory` : result.fault });
    };
    thread.on("message", end);
    thread.on("error", (error) =>
      end({ fault: `${error.name}: ${error.message}`, n: Atomics.load(position, 0) }),
    );
  });
}

function fuzzApart(options) {
  return new Promise((resolve) => {
    const child = fork(here, ["--watch", JSON.stringify(options)], { stdio: ["ignore", 2, 2, "ipc"] });
    let result = { fault: "the process ended without an answer" };
    child.on("message", (message) => (result = message));
    child.on("close", () => resolve(result));
  });
}

function describe({ name, seed, first, end }, result, seconds) {
  const head = `${name.padEnd(14)} ${String(end - first).padStart(7)} files`;
  if (result.fault === null) {
    const facts = `${result.accepted} accepted, slowest ${result.slowestMs.toFixed(0)} ms`;
    return `ok     ${head}, ${facts}, at most ${result.rssMb} MB, ${seconds.toFixed(0)} s`;
  }
  const again =
    result.n === undefined ? [] : [`  again:  npm run fuzz -- ${name} --seed ${seed} --case ${result.n}`];
  const file =
    result.reproduction === undefined ? [] : [`  file in base64: ${result.reproduction || "(empty)"}`];
  return [`FAILED ${head}: ${result.fault}`, ...again, ...file].join("\n");
}

/** Fuzzes the parsers, all unless some are named; answers how many hold and how many do not. */
export async function fuzz({ names = [], cases = defaultCases, seed = randomInt(2 ** 32), case: only } = {}) {
  const known = (await targets()).map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new Error(`no parser ${unknown.join(", ")}; there are ${known.join(", ")}`);
  const [first, end] = only === undefined ? [0, cases] : [only, only + 1];
  process.stdout.write(`Fuzzing with seed ${seed}\n`);
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const name of names.length === 0 ? known : names) {
    const options = { name, seed, first, end };
    const started = performance.now();
    const result = await fuzzApart(options);
    process.stdout.write(`${describe(options, result, (performance.now() - started) / 1000)}\n`);
    counts[result.fault === null ? "passed" : "failed"] += 1;
  }
  return counts;
}

/** A whole number of 0 or more. */
function wholeNumber(flag, text) {
  if (/^\d{1,10}$/.test(text)) return Number(text);
  throw new Error(`--${flag} expects a whole number, found ${text}`);
}

async function main() {
  const text = { type: "string" };
  const { values, positionals } = parseArgs({
    options: { cases: text, seed: text, case: text },
    allowPositionals: true,
  });
  const numbers = Object.fromEntries(
    Object.entries(values).map(([flag, given]) => [flag, wholeNumber(flag, given)]),
  );
  const counts = await fuzz({ names: positionals, ...numbers });
  process.exitCode = counts.failed > 0 ? 1 : 0;
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread answers only its own process
if (!isMainThread) parentPort.postMessage(await judgeAll(workerData));
else if (process.argv[2] === "--watch")
  process.send(await watch(JSON.parse(process.argv[3])), () => process.exit());
else if (process.argv[1] === here)
  await main().catch((error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  });
