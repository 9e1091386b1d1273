import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readOverride } from "../state/override.ts";
import { enrolledFolder } from "../testdata/enrolled-folder.ts";
import { override } from "./override.ts";
import { decide } from "./suspend.ts";

const NOW = Date.parse("2026-11-23T10:00:00.000Z");

let folder: string;

beforeEach(() => {
  folder = enrolledFolder();
});

afterEach(() => rmSync(join(folder, ".."), { recursive: true, force: true }));

it("is written down with its end, and says what stays as it was", () => {
  const text = override(folder, { reason: "the disk was replaced", for: "30m", now: NOW });
  expect(text).toContain("until 2026-11-23T10:30:00.000Z");
  expect(text).toContain("ceiling");
  expect(readOverride(folder)).toEqual({
    since: "2026-11-23T10:00:00.000Z",
    until: "2026-11-23T10:30:00.000Z",
    reason: "the disk was replaced",
  });
});

it("of a suspended box says that nothing is healed all the same", () => {
  decide(folder, { suspended: true, reason: "fuses", at: "2026-11-23T09:00:00.000Z" });
  expect(override(folder, { reason: "why", for: "1h", now: NOW })).toContain("suspended");
});

it.each(["25h", "0m", "1w", "-1h", "", "10"])("is refused for %s, and nothing is written", (span) => {
  expect(() => override(folder, { reason: "why", for: span, now: NOW })).toThrow(
    expect.objectContaining({ code: "CONFIG_INVALID", message: expect.stringContaining("--for") }),
  );
  expect(() => override(folder, { reason: "two\nlines", for: "1h", now: NOW })).toThrow(/--reason/);
  expect(existsSync(join(folder, "override.json"))).toBe(false);
});

it("that cannot be read allows nothing", () => {
  for (const text of ["", "{}", '{"since":"now","until":"later","reason":"why"}']) {
    writeFileSync(join(folder, "override.json"), text);
    expect(readOverride(folder)).toBe(null);
  }
});
