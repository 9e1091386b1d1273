import { diagnosticTexts } from "@compline/core";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { printSarif } from "./sarif.ts";
import { anyDiagnostic, example } from "./testdata/any-diagnostic.ts";

/** A relative reference of RFC 3986 without scheme, authority, query and fragment. */
const uri = /^(?:[A-Za-z0-9._~!'()*/-]|%[0-9A-F]{2})*$/;

/** What SARIF 2.1.0 and the code scanner that takes it ask of a result. */
const resultForm = {
  ruleId: expect.any(String),
  ruleIndex: expect.any(Number),
  level: expect.stringMatching(/^(?:error|warning)$/),
  message: { text: expect.any(String) },
  locations: [
    expect.objectContaining({
      physicalLocation: {
        artifactLocation: { uri: expect.stringMatching(uri), uriBaseId: "%SRCROOT%" },
        region: { startLine: expect.any(Number), startColumn: expect.any(Number) },
      },
    }),
  ],
  partialFingerprints: { "complinePlace/v1": expect.stringMatching(/^[0-9a-f]{64}$/) },
};

function logForm(results: number) {
  const rules = Object.values(diagnosticTexts).map((text) => ({
    id: expect.any(String),
    shortDescription: { text },
  }));
  const run = {
    tool: { driver: { name: "Compline", semanticVersion: expect.stringMatching(/^\d+\.\d+\.\d+$/), rules } },
    invocations: [{ executionSuccessful: true }],
    columnKind: "utf16CodeUnits",
    results: Array.from({ length: results }, () => resultForm),
  };
  return { $schema: expect.stringContaining("sarif-schema-2.1.0"), version: "2.1.0", runs: [run] };
}

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly message: { readonly text: string };
  readonly partialFingerprints: Readonly<Record<string, string>>;
}

function runOf(diagnostics: Parameters<typeof printSarif>[0]["diagnostics"]) {
  const log: unknown = JSON.parse(printSarif({ files: 1, diagnostics }));
  expect(log).toEqual(logForm(diagnostics.length));
  // The line above found it to be of this shape.
  const { runs } = log as { runs: [{ tool: { driver: { rules: { id: string }[] } }; results: Result[] }] };
  return { rules: runs[0].tool.driver.rules, results: runs[0].results };
}

const fingerprints = (results: readonly Result[]) =>
  results.map(({ partialFingerprints }) => partialFingerprints["complinePlace/v1"]);

describe("a SARIF log", () => {
  it("has every code as a rule, and each result points at its own", () => {
    const { rules, results } = runOf([example]);
    expect(rules.map(({ id }) => id)).toEqual(Object.keys(diagnosticTexts));
    expect(results.map(({ ruleIndex }) => rules[ruleIndex]?.id)).toEqual(["SCHEMA_ENUM"]);
  });

  it("keeps its form, and makes no link, whatever the files hold", () => {
    fc.assert(
      fc.property(fc.array(anyDiagnostic, { maxLength: 4 }), (diagnostics) => {
        const { results } = runOf(diagnostics);
        for (const { message } of results) expect(message.text).not.toContain("](");
      }),
    );
  });

  it("gives a result the same fingerprint after lines moved", () => {
    const moved = { ...example, line: 40, column: 3 };
    expect(fingerprints(runOf([moved]).results)).toEqual(fingerprints(runOf([example]).results));
  });

  it("gives two results at one place two fingerprints", () => {
    const [one, two] = fingerprints(runOf([example, { ...example, found: "b" }]).results);
    expect(one).not.toBe(two);
  });
});
