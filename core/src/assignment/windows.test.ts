import type { DeclaredWindow } from "@compline/schemas";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TimeWindow } from "../evidence/statement.ts";
import { isInWindow } from "../evidence/window.ts";
import { expandWindows } from "./windows.ts";

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const ALL_DAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"] as const;

/** The first window of a night that starts on the given date, as `start end hours`. */
function night(date: string, declared: Omit<DeclaredWindow, "days">): string {
  const from = new Date(Date.parse(date) - DAY).toISOString();
  const until = new Date(Date.parse(date) + 3 * DAY).toISOString();
  const weekday = ALL_DAYS[(new Date(date).getUTCDay() + 6) % 7] ?? "mon";
  const [window] = expandWindows([{ days: [weekday], ...declared }], from, until) ?? [];
  if (window === undefined) return "none";
  const hours = (Date.parse(window.end) - Date.parse(window.start)) / (60 * MINUTE);
  return `${window.start.slice(0, 16)} ${window.end.slice(0, 16)} ${hours}`;
}

describe("maintenance windows", () => {
  const lisbon = "Europe/Lisbon";

  it.each([
    // Lisbon puts its clocks back at 01:00 UTC on 2026-10-25 and forward at 01:00 UTC on 2026-03-29.
    ["an ordinary night", "2026-11-24", "22:00", "04:00", "2026-11-24T22:00 2026-11-25T04:00 6"],
    ["a summer night", "2026-07-14", "22:00", "04:00", "2026-07-14T21:00 2026-07-15T03:00 6"],
    ["a night of one hour more", "2026-10-24", "22:00", "04:00", "2026-10-24T21:00 2026-10-25T04:00 7"],
    ["a night of one hour less", "2026-03-28", "22:00", "04:00", "2026-03-28T22:00 2026-03-29T03:00 5"],
    ["a start that comes twice", "2026-10-25", "01:30", "03:00", "2026-10-25T00:30 2026-10-25T03:00 2.5"],
    ["an end that comes twice", "2026-10-24", "22:00", "01:30", "2026-10-24T21:00 2026-10-25T00:30 3.5"],
    ["a start that does not exist", "2026-03-29", "01:30", "03:00", "2026-03-29T01:00 2026-03-29T02:00 1"],
    ["an end that does not exist", "2026-03-28", "22:00", "01:30", "2026-03-28T22:00 2026-03-29T01:00 3"],
    ["neither of which exists", "2026-03-29", "01:15", "01:45", "none"],
    ["a whole day of 25 hours", "2026-10-25", "00:00", "00:00", "2026-10-24T23:00 2026-10-26T00:00 25"],
  ])("are right on %s", (_, date, start, end, expected) => {
    expect(night(date, { start, end, timeZone: lisbon })).toBe(expected);
  });

  it("are right where clocks change by half an hour, or at midnight", () => {
    // Lord Howe: from +10:30 to +11 at 02:00. Beirut: forward at 00:00.
    const lord = { start: "02:15", end: "03:00", timeZone: "Australia/Lord_Howe" };
    expect(night("2026-10-04", lord)).toBe("2026-10-03T15:30 2026-10-03T16:00 0.5");
    const beirut = { start: "00:00", end: "02:00", timeZone: "Asia/Beirut" };
    expect(night("2026-03-29", beirut)).toBe("2026-03-28T22:00 2026-03-28T23:00 1");
  });

  it("that touch or overlap are one, and none lasts longer than it is asked for", () => {
    const weekend: readonly DeclaredWindow[] = [
      { days: ["sat", "sun"], start: "00:00", end: "00:00", timeZone: "Etc/UTC" },
      { days: ["fri"], start: "22:00", end: "00:00", timeZone: "Etc/UTC" },
      { days: ["sat"], start: "10:00", end: "11:00", timeZone: lisbon },
    ];
    expect(expandWindows(weekend, "2026-11-23T00:00:00.000Z", "2026-11-29T12:00:00.000Z")).toEqual([
      { start: "2026-11-27T22:00:00.000Z", end: "2026-11-29T12:00:00.000Z" },
    ]);
  });

  it("that are open already keep their start, and those that ended are left out", () => {
    const nightly: readonly DeclaredWindow[] = [
      { days: [...ALL_DAYS], start: "22:00", end: "04:00", timeZone: "Etc/UTC" },
    ];
    expect(expandWindows(nightly, "2026-11-24T01:00:00.000Z", "2026-11-24T22:00:00.000Z")).toEqual([
      { start: "2026-11-23T22:00:00.000Z", end: "2026-11-24T04:00:00.000Z" },
    ]);
    expect(expandWindows(nightly, "2026-11-24T04:00:00.000Z", "2026-11-24T22:00:00.000Z")).toEqual([]);
  });

  it("are any time where none are declared", () => {
    expect(expandWindows(null, "2026-11-24T01:00:00.000Z", "2026-12-01T00:00:00.000Z")).toBeNull();
  });

  it("are those that the wall clock shows, minute by minute", () => {
    fc.assert(
      fc.property(anyZoneAndTime, anyDeclared, ({ timeZone, from }, declared) => {
        const window = { ...declared, timeZone };
        const until = from + 2 * DAY;
        const windows = expandWindows([window], instant(from), instant(until));
        for (const [at, expected] of shownByTheClock(window, from, until))
          expect(`${instant(at)} ${isInWindow(windows, instant(at))}`).toBe(`${instant(at)} ${expected}`);
      }),
      { numRuns: 60 },
    );
  }, 60_000);

  it("are the same ones whenever they are asked for, and sorted and apart", () => {
    fc.assert(
      fc.property(
        anyZoneAndTime,
        fc.array(anyDeclared, { minLength: 1, maxLength: 16 }),
        fc.nat(7 * DAY),
        ({ timeZone, from }, declared, later) => {
          const windows = declared.map((one) => ({ ...one, timeZone }));
          const until = from + 7 * DAY;
          const early = expandWindows(windows, instant(from), instant(until)) ?? [];
          const late = expandWindows(windows, instant(from + later), instant(until)) ?? [];
          expect(opensAfter(late, instant(from + later))).toEqual(opensAfter(early, instant(from + later)));
          expect(early.length).toBeLessThanOrEqual(256);
          for (const [at, { start, end }] of early.entries()) {
            expect(start < end).toBe(true);
            expect((early[at - 1]?.end ?? "") < start).toBe(true);
          }
        },
      ),
      { numRuns: 100 },
    );
  });
});

/** What is left of windows from an instant on. */
function opensAfter(windows: readonly TimeWindow[], at: string): readonly TimeWindow[] {
  return windows
    .filter(({ end }) => end > at)
    .map(({ start, end }) => ({ start: start > at ? start : at, end }));
}

function instant(ms: number): string {
  return new Date(ms).toISOString();
}

const timeOfDay = fc
  .tuple(fc.nat(23), fc.nat(59))
  .map(([hour, minute]) => `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`);
const anyDeclared = fc.record({
  days: fc.subarray([...ALL_DAYS], { minLength: 1 }),
  start: timeOfDay,
  // Often a time at which clocks change.
  end: fc.oneof(timeOfDay, fc.constantFrom("00:00", "01:30", "02:00", "02:30", "03:00")),
});
/** Zones on both halves of the earth, east and west, and times around their changes of the clocks. */
const anyZoneAndTime = fc
  .record({
    timeZone: fc.constantFrom(
      "Europe/Lisbon",
      "America/New_York",
      "America/St_Johns",
      "Australia/Lord_Howe",
      "Asia/Beirut",
      "Africa/Casablanca",
      "Pacific/Chatham",
      "Asia/Kathmandu",
      "Etc/UTC",
    ),
    near: fc.constantFrom("2026-03-08", "2026-03-29", "2026-04-05", "2026-10-04", "2026-10-25", "2026-11-01"),
    minutes: fc.integer({ min: -2 * 24 * 60, max: 0 }),
  })
  .map(({ timeZone, near, minutes }) => ({ timeZone, from: Date.parse(near) + minutes * MINUTE }));

/**
 * Another way to the same: walk minute by minute and read the wall clock. A window opens at the first minute at which
 * the clock shows its start or later, and is over at the first at which it shows its end or later.
 */
function shownByTheClock(
  { days, start, end, timeZone }: DeclaredWindow,
  from: number,
  until: number,
): ReadonlyMap<number, boolean> {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone, dateStyle: "short", timeStyle: "short" });
  const minutes: [at: number, shown: string][] = [];
  for (let at = from - 2 * DAY; at < until + 2 * DAY; at += MINUTE) minutes.push([at, format.format(at)]);
  const dates = [...new Set(minutes.map(([, shown]) => shown.slice(0, 10)))];
  const first = (date: string, time: string): number =>
    minutes.find(([, shown]) => shown >= `${date} ${time}`)?.[0] ?? Number.POSITIVE_INFINITY;
  const open = dates.slice(1).flatMap((date) => {
    const weekday = ALL_DAYS[(new Date(date).getUTCDay() + 6) % 7];
    if (!days.some((day) => day === weekday)) return [];
    const nextDate = new Date(Date.parse(date) + DAY).toISOString().slice(0, 10);
    return [[first(date, start), first(end > start ? date : nextDate, end)] as const];
  });
  return new Map(
    minutes
      .filter(([at]) => at >= from && at < until)
      .map(([at]) => [at, open.some(([opens, ends]) => opens <= at && at < ends)]),
  );
}
