#!/usr/bin/env node
// Plain JavaScript on purpose: whatever Node starts this, it goes on with the one this repository pins.
import { spawn } from "node:child_process";
import module from "node:module";
import path from "node:path";
import { fileURLToPath } from "node:url";

const OLDEST = 24;

if (Number(process.versions.node.split(".")[0]) >= OLDEST) {
  module.enableCompileCache?.();
  await import("../src/main.ts");
} else {
  const require = module.createRequire(import.meta.url);
  const node = path.join(path.dirname(require.resolve("node/package.json")), "bin", "node");
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: "inherit" });
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("error", () => {
    process.stderr.write(`expected Node ${OLDEST} or newer, or ${node}; run npm install\n`);
    process.exit(3);
  });
  child.on("exit", (code) => process.exit(code ?? 3));
}
