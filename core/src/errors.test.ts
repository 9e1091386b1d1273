import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { diagnosticTexts } from "./errors.ts";

describe("the codes of diagnostics", () => {
  const files = globSync(`${import.meta.dirname}/{manifest,graph,decisions}/testdata/*/expected.txt`);
  const given = new Set(
    files.flatMap((file) =>
      [...readFileSync(file, "utf8").matchAll(/ (?:error|warning) ([A-Z_]+)/g)].map(([, code]) => code),
    ),
  );

  it.each(Object.keys(diagnosticTexts))("%s is given for a file of the test data", (code) => {
    expect(given).toContain(code);
  });

  it("are all documented", () => {
    expect([...given].filter((code) => code === undefined || !Object.hasOwn(diagnosticTexts, code))).toEqual(
      [],
    );
  });
});
