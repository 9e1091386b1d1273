import type { HistoryDay } from "@compline/core";
import { describe, expect, test } from "vitest";
import { CHART, historyView } from "./history.ts";

function day(name: string, change: Partial<HistoryDay> = {}): HistoryDay {
  const counts = { pass: 0, fail: 0, error: 0, unknown: 0, not_applicable: 0 };
  return { day: `2026-11-${name}`, ...counts, beganToFail: 0, bundles: [], ...change };
}

describe("a site's history", () => {
  test("says since when, what began to fail, and on how many days something failed or could not be told", () => {
    const view = historyView([
      day("21", { pass: 3, beganToFail: 1 }),
      day("22", { fail: 1 }),
      day("23", { unknown: 4 }),
    ]);
    expect(view.summary).toBe(
      "In the 3 days since 21 Nov 2026 1 result began to fail. Of 3 days, 1 ended with something failing and 1 with something that could not be told.",
    );
    expect(view.rows.map(({ name }) => name)).toEqual(["23 Nov 2026", "22 Nov 2026", "21 Nov 2026"]);
  });

  test("of nothing is no chart", () => {
    expect(historyView([])).toMatchObject({
      summary: "Nothing has been signed here yet.",
      bars: [],
      rows: [],
    });
  });

  test("of one day is no chart, but a row", () => {
    const view = historyView([day("23", { pass: 3 })]);
    expect([view.bars.length, view.rows.length]).toEqual([0, 1]);
    expect(view.summary).toContain("Since 23 Nov 2026, today, 0 results began to fail.");
  });

  test("stacks what is there on the ground line, what fails first, to the height of the fullest day", () => {
    const { bars, most } = historyView([
      day("22", { pass: 2, fail: 1, unknown: 1, not_applicable: 9 }),
      day("23", { pass: 2 }),
    ]);
    expect(most).toBe(4);
    expect(bars.map(({ verdict, y, height }) => [verdict, y, height])).toEqual([
      ["fail", 90, 30],
      ["unknown", 60, 30],
      ["pass", 0, 60],
      ["pass", 60, 60],
    ]);
  });

  test("shows one fail among thousands, and stays in its frame", () => {
    const { bars } = historyView([day("22", { pass: 9999, fail: 1 }), day("23", { pass: 10_000 })]);
    expect(bars[0]).toMatchObject({ verdict: "fail", height: 2 });
    expect(bars.every(({ x, y, width }) => y >= 0 && x >= 0 && x + width <= CHART.width)).toBe(true);
  });
});
