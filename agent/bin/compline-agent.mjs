#!/usr/bin/env node
// Plain JavaScript on purpose: whatever Node starts this, it goes on with one that runs the sources as they are,
// with little memory, and with a compile cache that nobody else can write.
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const OLDEST = 26;
// A small young generation halves what the process holds; it allocates little.
const FLAGS = ["--max-semi-space-size=1", "--optimize-for-size", "--no-maglev"];

const require = createRequire(import.meta.url);
const here = fileURLToPath(import.meta.url);
const cache = path.join(path.dirname(require.resolve("pino/package.json")), "../.cache/compline-agent");
const args = [...FLAGS, here, ...process.argv.slice(2)];
// One arena gives the memory of a thread that ended back.
const env = { MALLOC_ARENA_MAX: "1", NODE_COMPILE_CACHE: cache, ...process.env };

if (Number(process.versions.node.split(".")[0]) < OLDEST) spawnNewer();
else if (FLAGS.every((flag) => process.execArgv.includes(flag))) await import("../src/main.ts");
else process.execve(process.execPath, [process.execPath, ...args], env);

function spawnNewer() {
  const node = path.join(path.dirname(require.resolve("node/package.json")), "bin", "node");
  const child = spawn(node, args, { stdio: "inherit", env });
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", () => {
    process.stderr.write(`expected Node ${OLDEST} or newer, or ${node}; run npm install\n`);
    process.exit(3);
  });
  child.on("exit", (code) => process.exit(code ?? 3));
}
