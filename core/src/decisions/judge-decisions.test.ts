import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { nobleEngine } from "../evidence/ed25519-noble.ts";
import { type Diagnostic, formatDiagnostic } from "../manifest/diagnostic.ts";
import { isDecisionPath } from "../manifest/place.ts";
import { changedDecisions } from "./changed-decisions.ts";
import { judgeDecisions } from "./judge-decisions.ts";
import { cases, changes } from "./testdata/cases.ts";

const engine = nobleEngine();

async function expectBeside(name: string, diagnostics: readonly Diagnostic[]): Promise<void> {
  const text = `${diagnostics.map(formatDiagnostic).join("\n")}\n`;
  await expect(text).toMatchFileSnapshot(join(import.meta.dirname, "testdata", name, "expected.txt"));
}

describe("decisions in git give exactly the diagnostics written beside", () => {
  it.each(Object.entries(cases))("%s", async (name, tree) => {
    await expectBeside(name, await judgeDecisions(tree, { engine }));
  });

  it.each(Object.entries(changes))("%s", async (name, { before, after }) => {
    await expectBeside(name, await changedDecisions(before, after, { engine }));
  });
});

describe("a path", () => {
  it.each([
    ["sites/acme/decisions/0-0.dsse.json", true],
    ["sites/acme/decisions/0-0.json", true],
    ["sites/acme/shop/0-0.dsse.json", true],
    ["sites/acme/decisions/front-box.md", false],
    ["sites/acme/decisions/.gitkeep", false],
    ["sites/acme/decisions/site.yaml", false],
    ["sites/acme/shop/practice/decisions/0-0.dsse.json", false],
    ["witness/0-0.dsse.json", false],
  ])("%s holds a decision: %s", (path, holds) => {
    expect(isDecisionPath(path)).toBe(holds);
  });
});
