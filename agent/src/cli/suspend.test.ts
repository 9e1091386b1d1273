import { chownSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { readDecision, SUSPENSION_FILE } from "../state/suspension.ts";
import { enrolledFolder } from "../testdata/enrolled-folder.ts";
import { decide } from "./suspend.ts";

const AT = "2026-11-23T10:00:00.000Z";
const LATER = "2026-11-24T10:00:00.000Z";
const suspend = { suspended: true, reason: "the fuse box is rebuilt", at: AT };
const resume = { suspended: false, reason: "fuses work", at: LATER };

let folder: string;

beforeEach(() => {
  folder = enrolledFolder();
});

afterEach(() => rmSync(join(folder, ".."), { recursive: true, force: true }));

it("suspends and resumes; the same again changes nothing and says since when", () => {
  expect(decide(folder, suspend)).toContain("heals nothing");
  expect(decide(folder, { ...suspend, reason: "another", at: LATER })).toContain(`${AT}: ${suspend.reason}`);
  expect(readDecision(folder)).toEqual({ suspended: true, since: AT, reason: suspend.reason });
  expect(decide(folder, resume)).toContain("goes on");
  expect(readDecision(folder)).toEqual({ suspended: false, since: LATER, reason: resume.reason });
});

it("has nothing to resume where nobody suspended", () => {
  expect(decide(folder, resume)).toBe("front-box is not suspended");
  expect(readDecision(folder)).toBe(null);
});

it.each(["", " ", "two\nlines", "\u001b[31m", "\u202e", "x".repeat(201)])(
  "refuses the reason %j",
  (reason) => {
    expect(() => decide(folder, { ...suspend, reason })).toThrow(
      expect.objectContaining({ code: "CONFIG_INVALID" }),
    );
    expect(readDecision(folder)).toBe(null);
  },
);

it("refuses a folder that is no appliance's", () => {
  expect(() => decide(join(folder, ".."), suspend)).toThrow(
    expect.objectContaining({ code: "CONFIG_INVALID" }),
  );
});

it.each(["", "{", "{}", `{"suspended":false,"since":"now","reason":"x"}`, "[]", "null"])(
  "takes a file that says %j for a stop, and suspend and resume mend it",
  (text) => {
    writeFileSync(join(folder, SUSPENSION_FILE), text);
    expect(readDecision(folder)?.suspended).toBe(true);
    decide(folder, resume);
    expect(readDecision(folder)?.suspended).toBe(false);
  },
);

it.skipIf(process.getuid?.() !== 0)(
  "leaves a file that the folder's owner can read when root suspends",
  () => {
    chownSync(folder, 65_534, 65_534);
    decide(folder, suspend);
    const { uid, gid, mode } = statSync(join(folder, SUSPENSION_FILE));
    expect([uid, gid, mode & 0o777]).toEqual([65_534, 65_534, 0o600]);
  },
);
