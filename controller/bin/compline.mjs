#!/usr/bin/env node
/** Launcher: under an older Node it runs itself with the one that is installed here; then it hands over. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import module from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";

const packages = join(dirname(fileURLToPath(import.meta.url)), "..", "..", "node_modules");
const major = Number(process.versions.node.split(".")[0]);
if (!existsSync(packages)) stopUninstalled();
else if (major < 26) runInstalledNode();
else await runHere();

/** Nothing can be loaded before the packages are there, not even what would say so at length. */
function stopUninstalled() {
  process.stderr.write("compline: the packages are not installed; run npm start or npm ci first\n");
  process.exitCode = 3;
}

/** Signals go on to the one that does the work; its end is ours. */
function runInstalledNode() {
  const node = join(
    dirname(module.createRequire(import.meta.url).resolve("node/package.json")),
    "bin",
    "node",
  );
  const child = spawn(node, process.argv.slice(1), { stdio: "inherit" });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", (error) => {
    process.stderr.write(`compline: ${error.message}; run npm start or npm ci first\n`);
    process.exitCode = 3;
  });
  child.on("exit", (code) => {
    process.exitCode = code ?? 3;
  });
}

async function runHere() {
  module.enableCompileCache();
  // The young generation grows at once to what it may have: what a command reads is not copied over and over.
  setFlagsFromString("--semi-space-growth-factor=16");
  // `compline status | head` closes the pipe early: that is no fault.
  process.stdout.on("error", (error) => {
    if (error.code !== "EPIPE") throw error;
    process.exit(0);
  });
  const { main } = await import("../src/cli/main.ts");
  process.exitCode = await main(process.argv.slice(2));
}
