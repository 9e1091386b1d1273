import { expect, it } from "vitest";
import { printReport } from "./formats.ts";
import { example } from "./testdata/any-diagnostic.ts";

const report = { files: 2, diagnostics: [example, { ...example, severity: "warning" as const }] };

it("a report as text shows place, expected, found and hint on lines of their own, then the numbers", () => {
  const lines = printReport(report, "text").split("\n");
  expect(lines.slice(0, 4)).toEqual([
    "policies/checks/linux/a.yaml:4:13 error SCHEMA_ENUM at /spec/severity",
    "  expected one of low, high",
    '  found "hihg"',
    "  nearest: high",
  ]);
  expect(lines.at(-1)).toBe("2 files, 1 error, 1 warning");
});

it("a report as JSON holds the diagnostics as they are", () => {
  expect(JSON.parse(printReport(report, "json"))).toEqual({
    schemaVersion: "1",
    summary: { files: 2, errors: 1, warnings: 1 },
    diagnostics: report.diagnostics,
  });
});
