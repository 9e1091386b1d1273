import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";

/** Prints what a module needs to load, without its threads. */
const LIST = `
import { registerHooks } from "node:module";
registerHooks({ load(url, context, next) { console.log(url); return next(url, context); } });
await import(process.argv[1]);`;

function loadedBy(module: string): readonly string[] {
  const args = ["--input-type=module", "--eval", LIST, join(import.meta.dirname, module)];
  return spawnSync(process.execPath, args, { encoding: "utf8" }).stdout.split("\n");
}

it("is loaded by the thread that judges, and not by the agent itself", () => {
  const isOfLanguage = (url: string): boolean => url.includes("/@bufbuild/cel/");
  expect(loadedBy("evaluation.ts").some(isOfLanguage)).toBe(true);
  const agent = loadedBy("../cli/program.ts");
  expect(agent.some((url) => url.endsWith("/checks/evaluator.ts"))).toBe(true);
  expect(agent.filter(isOfLanguage)).toEqual([]);
});
