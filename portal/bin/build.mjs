#!/usr/bin/env node
import { enableCompileCache } from "node:module";

// Half of what a build of a small fleet costs is loading the program.
enableCompileCache();
const { main } = await import("../src/build/main.ts");
process.exitCode = await main(process.argv.slice(2), {
  out: (line) => process.stdout.write(`${line}\n`),
  err: (line) => process.stderr.write(`${line}\n`),
});
