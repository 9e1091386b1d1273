import { expect, test } from "vitest";
import { readInstant } from "./instant.ts";

test("a time is written as evidence writes it", () => {
  expect(readInstant("--from", "2026-11-23T10:00:00Z")).toBe("2026-11-23T10:00:00.000Z");
  expect(readInstant("--from", "2026-11-23T10:00:00.250Z")).toBe("2026-11-23T10:00:00.250Z");
});

test.each(["2026-11-23", "2026-11-23T10:00:00", "2026-11-23T10:00:00+01:00", "2026-02-30T10:00:00Z", "now"])(
  "%s is none",
  (text) => {
    expect(() => readInstant("--from", text)).toThrow(/--from is a time in UTC such as .*found/);
  },
);
