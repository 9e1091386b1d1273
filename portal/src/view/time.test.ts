import { describe, expect, test } from "vitest";
import {
  between,
  fleetZone,
  formatDuration,
  formatInstant,
  formatSpan,
  nextText,
  zoneLabel,
} from "./time.ts";

const WINTER = "2026-11-23T17:26:54.000Z";
const SUMMER = "2026-07-01T22:30:00.000Z";

describe("instants", () => {
  test("are shown in the site's zone, with seconds and the day there", () => {
    expect(formatInstant(WINTER, "Europe/Berlin")).toBe("23 Nov 2026, 18:26:54");
    expect(formatInstant(WINTER, "Pacific/Auckland")).toBe("24 Nov 2026, 06:26:54");
  });

  test("at midnight read 00, not 24", () => {
    expect(formatInstant("2026-11-23T00:00:00.000Z", "UTC")).toBe("23 Nov 2026, 00:00:00");
  });

  test("in a zone that is not known are shown in UTC, and the label says so", () => {
    expect(formatInstant(WINTER, "Mars/Olympus")).toBe("23 Nov 2026, 17:26:54");
    expect(zoneLabel("Mars/Olympus", WINTER)).toBe("UTC");
  });
});

describe("the zone's label", () => {
  test("names the zone and its distance from UTC on that day", () => {
    expect(zoneLabel("Europe/Berlin", WINTER)).toBe("Europe/Berlin (UTC+1)");
    expect(zoneLabel("Europe/Berlin", SUMMER)).toBe("Europe/Berlin (UTC+2)");
    expect(zoneLabel("UTC", WINTER)).toBe("UTC");
  });

  test("for several sites is the one they share, else UTC", () => {
    expect(fleetZone([{ zone: "Europe/Lisbon" }, { zone: "Europe/Lisbon" }])).toBe("Europe/Lisbon");
    expect(fleetZone([{ zone: "Europe/Lisbon" }, { zone: "Europe/Berlin" }])).toBe("UTC");
    expect(fleetZone([])).toBe("UTC");
  });
});

test.each([
  [-5, "under 0.1\u00a0s"],
  [400, "0.4 s"],
  [40_000, "40 s"],
  [59 * 60_000, "59 min"],
  [2 * 3_600_000, "2 h"],
  [2 * 3_600_000 + 5 * 60_000, "2 h 5 min"],
  [86_400_000, "1 day"],
  [3 * 86_400_000 + 5, "3 days"],
])("%i ms read %s", (ms, words) => {
  expect(formatDuration(ms)).toBe(words);
});

test("the time between two instants never reads negative", () => {
  expect(between(WINTER, WINTER)).toBe("under 0.1\u00a0s");
  expect(between(WINTER, "2026-11-23T17:20:00.000Z")).toBe("under 0.1\u00a0s");
});

test("a span says its day once, unless the day changes in that zone", () => {
  const [start, end] = ["2026-11-23T22:59:00.000Z", "2026-11-23T23:01:00.000Z"];
  expect(formatSpan(start, end, "UTC")).toBe("23 Nov 2026, 22:59:00 to 23:01:00");
  expect(formatSpan(start, end, "Europe/Berlin")).toBe("23 Nov 2026, 23:59:00 to 24 Nov 2026, 00:01:00");
});

test("what happens next is said so that it is still true when it is read", () => {
  const asOf = "2026-11-23T10:00:00.000Z";
  const says = (next: string): string => nextText(`2026-11-23T${next}.000Z`, asOf, "UTC");
  expect(says("10:30:00")).toBe("23 Nov 2026, 10:30:00");
  expect([says("10:00:05"), says("09:59:58")]).toEqual(["within a minute", "within a minute"]);
  expect(says("08:00:00")).toBe("was due 23 Nov 2026, 08:00:00");
});
