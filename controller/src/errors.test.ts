import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { ControllerError, controllerCodes, isRetryable } from "./errors.ts";
import { reasonTexts, textOf } from "./reconcile/texts.ts";

const sources = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" })
  .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
  .filter((name) => name !== "errors.ts" && name !== join("reconcile", "texts.ts"))
  .map((name) => readFileSync(join(import.meta.dirname, name), "utf8"))
  .join("\n");

describe("codes", () => {
  test.each(Object.entries(controllerCodes))("%s is used and says what it means", (code, { meaning }) => {
    expect(sources).toContain(`"${code}"`);
    expect(meaning).toMatch(/^[A-Z].*\.$/);
  });

  test.each(Object.keys(reasonTexts))("the reason %s is used", (reason) => {
    expect(sources).toContain(`"${reason}"`);
  });

  test("a reason's text carries its detail", () => {
    expect(textOf("LIBRARY_FAULT", "abc")).toContain("abc");
    expect(textOf("ACCEPTED")).not.toContain("{}");
  });

  test("only failures that may pass by themselves are tried again", () => {
    expect(isRetryable(new ControllerError("GIT_FAILED", ""))).toBe(true);
    expect(isRetryable(new ControllerError("TREE_TOO_LARGE", ""))).toBe(false);
    expect(isRetryable(new Error("unreachable: a bug"))).toBe(false);
  });
});
