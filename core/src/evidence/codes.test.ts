import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { EVIDENCE_TEXTS } from "./codes.ts";
import { allCases } from "./testdata/cases/all.ts";

const folder = new URL("./", import.meta.url);
const sources = ["./", "../kit/"].flatMap((beside) => {
  const names = readdirSync(new URL(beside, folder));
  return names
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts") && name !== "codes.ts")
    .map((name) => new URL(`${beside}${name}`, folder));
});
const reporting = sources.map((source) => readFileSync(source, "utf8")).join("\n");
const format = readFileSync(new URL("FORMAT.md", folder), "utf8");
const codes = Object.keys(EVIDENCE_TEXTS);

const forged = new Set(allCases().flatMap((one) => one.codes));
const decisive = Object.entries(EVIDENCE_TEXTS).filter(
  ([, { level }]) => level === "fail" || level === "incomplete",
);

describe("the catalogue of codes", () => {
  it.each(codes)("%s is reported somewhere and described in FORMAT.md", (code) => {
    expect(reporting).toContain(`"${code}"`);
    expect(format).toContain(`\`${code}\``);
  });

  it.each(decisive)("%s has a forgery that gives it", (code) => {
    expect(forged).toContain(code);
  });

  it("explains each code in one sentence of its own", () => {
    const explanations = Object.values(EVIDENCE_TEXTS).map(({ explanation }) => explanation);
    for (const explanation of explanations) expect(explanation).toMatch(/^[A-Z][^.]*\.$/);
    expect(new Set(explanations).size).toBe(codes.length);
  });

  it("promises nothing", () => {
    expect(JSON.stringify(EVIDENCE_TEXTS)).not.toMatch(/guarantee|ensure|tamper-proof|audit-ready|100 ?%/i);
  });
});
