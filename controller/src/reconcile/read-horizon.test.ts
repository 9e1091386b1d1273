import { describe, expect, test } from "vitest";
import { readHorizon } from "./read-horizon.ts";

const now = { nowMs: Date.UTC(2026, 10, 23, 20), newest: 7 };
const fault = (message: string): object => ({
  code: "AS_OF_INVALID",
  message: expect.stringContaining(message),
});

describe("a horizon", () => {
  test("is an instant and a position, by default the newest", () => {
    const at = "2026-11-23T20:00:00Z";
    expect(readHorizon({ at, known: undefined }, now)).toEqual({ at: "2026-11-23T20:00:00.000Z", known: 7 });
    expect(readHorizon({ at: "2026-11-23T10:00:00.250Z", known: "0" }, now)).toEqual({
      at: "2026-11-23T10:00:00.250Z",
      known: 0,
    });
  });

  test.each([
    ["2026-11-23", "expected a time in UTC with Z"],
    ["2026-11-23T10:00:00", "a local time or a day alone names no instant"],
    ["2026-11-23T10:00:00+01:00", "expected a time in UTC with Z"],
    ["2026-02-30T10:00:00Z", "expected a time in UTC with Z"],
    ["2026-11-23T24:00:00Z", "expected a time in UTC with Z"],
    ["yesterday", 'found "yesterday"'],
    ["2026-11-23T20:00:01Z", "still to come"],
  ])("has no time %s", (at, message) => {
    expect(() => readHorizon({ at, known: undefined }, now)).toThrow(expect.objectContaining(fault(message)));
  });

  test.each(["8", "-1", "x", "1e0", ""])("has no position %j when seven bundles are kept", (known) => {
    const at = "2026-11-23T10:00:00Z";
    expect(() => readHorizon({ at, known }, now)).toThrow(expect.objectContaining(fault("from 0 to 7")));
  });
});
