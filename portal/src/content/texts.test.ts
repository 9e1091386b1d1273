import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import * as texts from "./texts.ts";
import * as verify from "./verify-texts.ts";

const SOURCES = join(import.meta.dirname, "..");

test("no text and no page promises more than is true", async () => {
  const templates = (await readdir(SOURCES, { recursive: true })).filter((file) => file.endsWith(".astro"));
  const pages = await Promise.all(templates.map((file) => readFile(join(SOURCES, file), "utf8")));
  const all = [JSON.stringify([texts, verify]), ...pages].join("\n").toLowerCase();
  expect(templates.length).toBeGreaterThan(20);
  for (const word of ["ensure", "guarantee", "tamper", "audit-ready", "100 % compliant", "fully compliant"]) {
    expect(all, word).not.toContain(word);
  }
});

test("a code without a text is shown in readable form", () => {
  expect(texts.textFor(texts.REASONS, "STALE")).toBe("not confirmed for too long");
  expect(texts.textFor(texts.REASONS, "SOME_NEW_CODE")).toBe("some new code");
  expect(texts.textFor(texts.REASONS, "constructor")).toBe("constructor");
});

test("every verdict has its own word, and a fail comes first", () => {
  const words = texts.VERDICT_ORDER.map((verdict) => texts.VERDICTS[verdict].word);
  expect(new Set(words).size).toBe(5);
  expect(texts.VERDICT_ORDER[0]).toBe("fail");
});
