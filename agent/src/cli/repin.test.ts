import { rmSync } from "node:fs";
import { join } from "node:path";
import { controllerFingerprint } from "@compline/core";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createStore } from "../store/agent-store.ts";
import { markAt } from "../testdata/time-mark.ts";
import { openDatabase } from "../store/database.ts";
import { enrolledFolder, pinnedKey } from "../testdata/enrolled-folder.ts";
import { readFolder } from "./folder.ts";
import { repin } from "./repin.ts";

const [OLD, NEW] = [pinnedKey, "c".repeat(64)];

let folder: string;

beforeEach(() => {
  folder = enrolledFolder();
  const store = createStore(openDatabase(join(folder, "agent.db")));
  const assignment = {
    digest: "d",
    signature: "s",
    bytes: Buffer.of(1),
    controllerKey: OLD,
    repinned: false,
  };
  store.saveAssignment(assignment, markAt(1));
  store.close();
});

afterEach(() => rmSync(join(folder, ".."), { recursive: true, force: true }));

const isMarked = (): boolean | undefined => {
  const store = createStore(openDatabase(join(folder, "agent.db")));
  const marked = store.assignment()?.repinned;
  store.close();
  return marked;
};

it("only says what it would do, with both fingerprints, until it is confirmed", () => {
  const { done, text } = repin(folder, { controllerKey: NEW, yes: false });
  expect(done).toBe(false);
  for (const key of [OLD, NEW]) expect(text).toContain(controllerFingerprint(key));
  expect(text).toContain("--yes");
  expect(readFolder(folder).controllerKey).toBe(OLD);
  expect(isMarked()).toBe(false);
});

it("pins the key and the address, keeps the rest, and lets the next assignment be older", () => {
  const before = readFolder(folder);
  const moved = "http://127.0.0.1:8481";
  expect(repin(folder, { controllerKey: NEW, controller: moved, yes: true }).done).toBe(true);
  expect(readFolder(folder)).toEqual({ ...before, controllerKey: NEW, controller: moved });
  expect(isMarked()).toBe(true);
});

it("may name the same key: of a controller that was restored from an old backup", () => {
  expect(repin(folder, { controllerKey: OLD, yes: true }).text).toContain("the same controller key");
  expect(isMarked()).toBe(true);
});

it("refuses a key of a wrong form, and changes nothing while an agent runs", () => {
  expect(() => repin(folder, { controllerKey: "c", yes: true })).toThrow(
    expect.objectContaining({ code: "CONFIG_INVALID" }),
  );
  const database = openDatabase(join(folder, "agent.db"));
  expect(() => repin(folder, { controllerKey: NEW, yes: true })).toThrow(
    expect.objectContaining({ code: "STATE_LOCKED" }),
  );
  database.close();
  expect(readFolder(folder).controllerKey).toBe(OLD);
});
