import type { Snapshot } from "@compline/core";
import { beforeAll, expect, test } from "vitest";
import { makeFixture } from "../fixture/snapshot.ts";
import { drillsOfCheck, drillsPage, shareText } from "./drills.ts";

let snapshot: Snapshot;

beforeAll(async () => {
  snapshot = await makeFixture();
});

test("drills that failed come first, then those not run, and each says why", () => {
  const page = drillsPage(snapshot);
  expect(page?.rows.map(({ outcome }) => outcome).slice(0, 4)).toEqual([
    "failed",
    "not_run",
    "not_run",
    "escalated",
  ]);
  expect(page?.rows[0]).toMatchObject({ word: "Failed", reason: "Still failing 30 s after the break." });
  expect(page?.rows).toHaveLength(page?.report.drills.length ?? 0);
  expect(page?.rate).toMatchObject({
    healed: 11,
    toHeal: 14,
    escalated: 2,
    toEscalate: 2,
    failed: 1,
    notRun: 2,
  });
});

test("a drill of a check that has changed since says so", () => {
  expect(
    drillsOfCheck(snapshot, "password-max-age").map(({ machine, outdated }) => [machine, outdated]),
  ).toEqual([
    ["debian-12", "The check has changed since."],
    ["debian-13", null],
  ]);
  const checks = snapshot.checks.map((check) => ({
    ...check,
    rule: check.rule === null ? null : { ...check.rule, runbookDigest: "f".repeat(64) },
  }));
  const [row] = drillsOfCheck({ ...snapshot, checks }, "sshd-root-login");
  expect(row?.outdated).toBe("The runbook has changed since.");
});

test("a drill of a check that no framework in use names has no page to lead to", () => {
  const [row] = drillsOfCheck({ ...snapshot, checks: [] }, "sshd-root-login");
  expect(row).toMatchObject({ check: { text: "sshd-root-login", url: "" }, outdated: null });
});

test("without a report there is no page of it and no drill of any check", () => {
  const silent = { ...snapshot, lab: null };
  expect(drillsPage(silent)).toBe(null);
  expect(drillsOfCheck(silent, "sshd-root-login")).toEqual([]);
});

test("only all of them reads 100 %, and nothing of nothing is no data", () => {
  expect([shareText(999, 1000), shareText(4, 4), shareText(0, 3), shareText(0, 0)]).toEqual([
    "99 %",
    "100 %",
    "0 %",
    "no data",
  ]);
});
