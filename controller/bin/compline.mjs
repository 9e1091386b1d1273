#!/usr/bin/env node
/** Launcher: finds a Node that strips types (24 or newer), turns the compile cache on, and hands over. */
import { spawnSync } from "node:child_process";
import { createRequire, enableCompileCache } from "node:module";
import { dirname, join } from "node:path";

const major = Number(process.versions.node.split(".")[0]);
if (major < 24) {
  const node = join(dirname(createRequire(import.meta.url).resolve("node/package.json")), "bin", "node");
  const result = spawnSync(node, process.argv.slice(1), { stdio: "inherit" });
  process.exit(result.status ?? 3);
}
enableCompileCache?.();
// `compline status | head` closes the pipe early: that is no fault.
process.stdout.on("error", (error) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});
const { main } = await import("../src/cli/main.ts");
process.exitCode = await main(process.argv.slice(2));
