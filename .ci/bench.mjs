/**
 * `npm run bench [-- --json] [-- NAME...]`: the figures of `x.bench.ts` files, each in a process of its own. A bench file
 * exports `bench`: `{figures: [{name, unit, goal}], runs, prepare}`. `prepare` makes what is measured and answers
 * `{run, close}`; a run answers the values it measured, by name, and `cpuS` when the work was in a process that lives on.
 */
import { fork } from "node:child_process";
import { globSync, readFileSync } from "node:fs";
import { cpus } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const here = fileURLToPath(import.meta.url);
const root = join(dirname(here), "..");
const clockTicks = 100;
const limitMs = 180_000;

/** CPU seconds of this process and of its children that ended. */
function cpuSeconds() {
  const fields = readFileSync("/proc/self/stat", "latin1").split(") ").at(-1).split(" ");
  return fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / clockTicks;
}

/** In the bench's own process: all runs, sent to the parent. */
async function measure(file) {
  const { bench } = await import(file);
  const { run, close } = await bench.prepare();
  const runs = [];
  try {
    for (let n = 0; n < bench.runs; n++) {
      const before = { wall: performance.now(), cpu: cpuSeconds() };
      const { values, cpuS } = await run();
      const wallS = (performance.now() - before.wall) / 1000;
      runs.push({ values, wallS, cpuS: cpuS ?? cpuSeconds() - before.cpu });
    }
  } finally {
    await close();
  }
  process.send(runs);
}

/** Ends what a bench started as well: a controller that is left behind would load every later figure. */
function endGroup(leader) {
  try {
    process.kill(-leader, "SIGKILL");
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}

function runApart(file) {
  return new Promise((resolve, reject) => {
    // What a bench prints is not the result: stdout carries that alone.
    const child = fork(here, ["--measure", file], { stdio: ["ignore", 2, 2, "ipc"], detached: true });
    const end = () => endGroup(child.pid);
    const timer = setTimeout(end, limitMs);
    process.once("exit", end);
    let runs = null;
    child.on("message", (message) => (runs = message));
    child.on("close", (code, signal) => {
      clearTimeout(timer);
      process.off("exit", end);
      end();
      if (code === 0 && runs !== null) resolve(runs);
      else reject(new Error(`${file} ended with ${signal ?? code}`));
    });
  });
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Four digits that mean something. */
function round(value) {
  return Number(value.toPrecision(4));
}

function isMet(value, goal) {
  const [relation, limit] = goal.split(" ");
  return relation === "<=" ? value <= Number(limit) : value >= Number(limit);
}

function rowOf({ name, unit, goal }, runs) {
  const values = runs.map((run) => run.values[name]);
  const value = round(median(values));
  return {
    name,
    value,
    unit,
    goal,
    met: isMet(value, goal) ? "yes" : "no",
    range: `${round(Math.min(...values))}..${round(Math.max(...values))}`,
    cpuS: round(median(runs.map((run) => run.cpuS))),
    wallS: round(median(runs.map((run) => run.wallS))),
    runs: runs.length,
  };
}

const headings = { name: "name", value: "median", unit: "unit", goal: "goal", met: "met", range: "range" };
const timeHeadings = { cpuS: "CPU s a run", wallS: "wall s a run", runs: "runs" };

function table(rows) {
  const lines = [{ ...headings, ...timeHeadings }, ...rows];
  const columns = Object.keys(lines[0]);
  const widths = columns.map((column) => Math.max(...lines.map((line) => String(line[column]).length)));
  const format = (line) =>
    columns.map((column, index) => String(line[column]).padEnd(widths[index])).join("  ");
  return lines.map((line) => format(line).trimEnd()).join("\n");
}

/** The bench files, and which of them have a figure that is asked for. */
async function chosen(names) {
  const files = globSync("*/src/**/*.bench.ts", { cwd: root }).toSorted();
  const all = await Promise.all(
    files.map(async (file) => ({ file, figures: (await import(join(root, file))).bench.figures })),
  );
  const known = all.flatMap(({ figures }) => figures.map(({ name }) => name));
  const unknown = names.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    process.stderr.write(`no figure ${unknown.join(", ")}; there are ${known.join(", ")}\n`);
    process.exit(2);
  }
  const isWanted = ({ name }) => names.length === 0 || names.includes(name);
  return all
    .map(({ file, figures }) => ({ file, figures: figures.filter(isWanted) }))
    .filter(({ figures }) => figures.length > 0);
}

async function main() {
  // Ended from outside, it goes by way of `exit`, and takes the bench along.
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(1));
  const { values: flags, positionals: names } = parseArgs({
    options: { json: { type: "boolean", default: false } },
    allowPositionals: true,
  });
  const rows = [];
  for (const { file, figures } of await chosen(names)) {
    process.stderr.write(`${file} ...\n`);
    try {
      const runs = await runApart(join(root, file));
      rows.push(...figures.map((figure) => rowOf(figure, runs)));
    } catch (error) {
      process.stderr.write(`${error.message}\n`);
      process.exitCode = 3;
    }
  }
  const print = flags.json
    ? JSON.stringify(rows.map(({ name, value, unit, goal }) => ({ name, value, unit, goal })))
    : `${table(rows)}\n\n${cpus().length} cores of ${cpus()[0]?.model}, Node ${process.versions.node}`;
  process.stdout.write(`${print}\n`);
}

if (process.argv[2] === "--measure") await measure(process.argv[3]);
else await main();
