import { assert, boolean, option, property, record, subarray } from "fast-check";
import { describe, expect, test } from "vitest";
import { readUnit, type UnitState, unitPrograms } from "./service.ts";

const state = record({ running: boolean(), enabled: boolean(), masked: boolean(), changing: boolean() });
const wish = option(boolean(), { nil: undefined });
const wanted = record({ running: wish, enabled: wish, masked: wish });
const targets = subarray(["multi-user.target", "graphical.target"]);
const unit = "cron.service";

/** What systemd makes of the programs, and what it refuses. */
function run(programs: readonly (readonly string[])[], before: UnitState): UnitState {
  let now = before;
  for (const [, verb = ""] of programs) {
    if (now.masked && ["start", "enable", "add-wants"].includes(verb))
      throw new Error(`${verb} of a masked unit`);
    if (verb === "start" || verb === "stop") now = { ...now, running: verb === "start", changing: false };
    if (["enable", "add-wants", "disable"].includes(verb)) now = { ...now, enabled: verb !== "disable" };
    if (verb === "mask" || verb === "unmask") now = { ...now, masked: verb === "mask" };
  }
  return now;
}

/** A unit that is masked does not start by itself, and what is wanted of it may not say otherwise. */
function isPossible({ running, enabled, masked }: Partial<UnitState>, before: UnitState): boolean {
  const stays = masked ?? before.masked;
  return !(
    stays &&
    ((running === true && (!before.running || before.changing)) || (enabled === true && !before.enabled))
  );
}

describe("the programs that change a unit", () => {
  test("bring any state into what is wanted, and leave the rest as it was", () => {
    assert(
      property(state, wanted, targets, (before, wanted, targets) => {
        const given = Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined));
        if (!isPossible(given, before)) return;
        const after = run(unitPrograms({ unit, ...given }, before, targets), before);
        const changing = before.changing && given["running"] === undefined;
        expect(after).toEqual({ ...before, ...given, changing });
        expect(unitPrograms({ unit, ...given }, after, targets)).toEqual([]);
      }),
    );
  });

  test("name the unit behind the options", () => {
    const stopped = { running: false, enabled: true, masked: false, changing: false };
    expect(unitPrograms({ unit, running: true }, stopped)).toEqual([
      ["/usr/bin/systemctl", "start", "--", unit],
    ]);
    expect(unitPrograms({ unit, enabled: true }, { ...stopped, enabled: false }, ["a.target"])).toEqual([
      ["/usr/bin/systemctl", "add-wants", "--", "a.target", unit],
    ]);
  });
});

describe("what systemctl says of one unit", () => {
  test.each([
    [
      "LoadState=loaded\nActiveState=active\nSubState=running\nUnitFileState=enabled\n",
      [true, true, false, false],
    ],
    [
      "LoadState=masked\nActiveState=inactive\nSubState=dead\nUnitFileState=masked\n",
      [false, false, true, false],
    ],
    [
      "LoadState=not-found\nActiveState=inactive\nSubState=dead\nUnitFileState=\n",
      [false, false, false, false],
    ],
    [
      "LoadState=loaded\nActiveState=activating\nSubState=start\nUnitFileState=static\n",
      [true, false, false, true],
    ],
    [
      "LoadState=loaded\nActiveState=deactivating\nSubState=stop\nUnitFileState=static\n",
      [false, false, false, true],
    ],
  ])("%j", (output, [running, enabled, masked, changing]) => {
    expect(readUnit(output)).toEqual({ running, enabled, masked, changing });
  });

  test("anything else is no state", () => {
    expect(readUnit("Failed to connect to bus\n")).toBeNull();
  });
});
