import type { AnchorView, LogView } from "@compline/core";
import { describe, expect, test } from "vitest";
import { bundleAnchorText, bundleSeenBy, placeInLog, seenBy, witnessedText } from "./log.ts";

const at = "2026-11-26T22:14:00.000Z";
const log: LogView = {
  origin: "log.acme.example",
  size: 123,
  checkpoint: { size: 122, root: "0".repeat(64), signedAt: at },
  witnesses: {
    quorum: 2,
    size: 100,
    at,
    seen: [
      { name: "owl.example", size: 100, at },
      { name: "heron.example", size: 123, at },
      { name: "late.example", size: 0, at: null },
    ],
  },
  anchors: null,
};
const unwatched: LogView = { ...log, witnesses: null };
const asking = (quorum: number, since: string | null): LogView => ({
  ...log,
  witnesses: log.witnesses && { ...log.witnesses, quorum, at: since },
});
const when = "26 Nov 2026, 22:14:00 UTC by its clock";

describe("a log that is watched", () => {
  test("says of each witness how far it saw, when, and how far behind that is", () => {
    expect(seenBy(log).map(({ name, text }) => `${name} ${text}`)).toEqual([
      `owl.example saw the first 100, ${when}; 23 came after that`,
      `heron.example saw all 123 bundles, ${when}`,
      "late.example saw nothing yet",
    ]);
    expect(seenBy(unwatched)).toEqual([]);
  });

  test("says what that comes to", () => {
    expect(witnessedText(log)).toBe(
      "A bundle counts as witnessed when 2 of them saw it; so are the first 100, since 26 Nov 2026, 22:14:00 UTC.",
    );
    expect(witnessedText(asking(1, null))).toMatch(/when one of them saw it; so far none is\.$/);
    expect(witnessedText(asking(0, at))).toBe("partner.yaml asks for no number of them.");
    expect(witnessedText(unwatched)).toContain("declares no witnesses");
  });
});

describe("a bundle", () => {
  test("says where in the log it is, and whether that is signed", () => {
    expect(placeInLog(0, log)).toBe(
      "Number 1 of 123 in log.acme.example; covered by the checkpoint of the first 122, signed 26 Nov 2026, 22:14:00 UTC.",
    );
    expect(placeInLog(122, log)).toMatch(/^Number 123 of 123 .*; no checkpoint covers it yet\.$/);
    expect(placeInLog(null, log)).toContain("before the partner had one");
    expect(placeInLog(null, null)).toContain("this partner has none");
  });

  test("says of each witness whether it saw it", () => {
    const texts = (leaf: number | null): readonly string[] => bundleSeenBy(leaf, log).map(({ text }) => text);
    expect(texts(99)).toEqual([
      `this is among the first 100 that it saw, ${when}`,
      `this is among the first 123 that it saw, ${when}`,
      "saw nothing yet",
    ]);
    expect(texts(100)[0]).toBe(`not yet: this comes after the first 100 that it saw, ${when}`);
    expect([texts(null), bundleSeenBy(1, null), bundleSeenBy(1, unwatched)]).toEqual([[], [], []]);
  });

  test("says whether a block covers it", () => {
    const newest: AnchorView = { size: 50, stampedAt: at, block: null };
    const anchored: LogView = { ...log, anchors: { calendars: 3, newest, pendingSince: null } };
    expect(bundleAnchorText(49, anchored)).toMatch(/^It is under the root of the first 50 bundles, stamped /);
    expect(bundleAnchorText(50, anchored)).toMatch(/^Not yet/);
    for (const [leaf, of] of [
      [1, log],
      [null, anchored],
      [1, null],
    ] as const)
      expect(bundleAnchorText(leaf, of)).toMatch(/^None/);
  });
});
