import { expect, test } from "vitest";
import { observedChanges, observedValues } from "./observed.ts";
import { codeSpans } from "./spans.ts";

test("recorded names and values read as words", () => {
  expect(observedValues({ permitRootLogin: "yes", max_auth_tries: 6, found: true, other: null })).toEqual([
    { name: "permit root login", value: "yes" },
    { name: "max auth tries", value: "6" },
    { name: "found", value: "yes" },
    { name: "other", value: "not set" },
  ]);
  expect(observedValues(null)).toEqual([]);
});

test("a heal shows what it changed and nothing else", () => {
  const before = { found: true, permitRootLogin: "yes", gone: 1 };
  const after = { found: true, permitRootLogin: "no", fresh: false };
  expect(observedChanges(before, after)).toEqual([
    { name: "permit root login", before: "yes", after: "no" },
    { name: "gone", before: "1", after: "not set" },
    { name: "fresh", before: "not set", after: "no" },
  ]);
});

test("a heal with one side unseen claims no change", () => {
  expect(observedChanges(null, { a: 1 })).toEqual([]);
  expect(observedChanges({ a: 1 }, null)).toEqual([]);
});

test("what stands between back-quotes is code", () => {
  expect(codeSpans("run `compline plan` now")).toEqual([
    { text: "run ", code: false },
    { text: "compline plan", code: true },
    { text: " now", code: false },
  ]);
  expect(codeSpans("")).toEqual([]);
});
