import type { Step, UndoStep } from "@compline/schemas";
import { describe, expect, test } from "vitest";
import type { Host } from "../transports/host.ts";
import type { HostFiles } from "../transports/host-files.ts";
import type { Backups } from "./backup.ts";
import { Recorder } from "./recorder.ts";
import { runSteps } from "./steps.ts";
import type { UnitBefore } from "./units.ts";

const unit = "cron.service";
const socket = "cron.socket";

const files = "[Service]\nType=notify\n\n[Install]\nWantedBy=multi-user.target\nAlias=crond.service\n";

/** A host with a service of two names and its socket, where systemd does what is asked. */
function hostWith(states: Record<string, { active: string; file: string }>, ran: string[]): Host {
  return {
    practice: false,
    files: {} as HostFiles, // not looked at
    run: async ([, verb = "", ...rest]) => {
      const state = states[rest.at(-1) ?? ""] ?? { active: "inactive", file: "static" };
      const stdout = `LoadState=loaded\nActiveState=${state.active}\nSubState=x\nUnitFileState=${state.file}\n`;
      if (verb === "show") return { code: 0, stdout: Buffer.from(stdout), stderr: Buffer.alloc(0) };
      if (verb === "cat") return { code: 0, stdout: Buffer.from(files), stderr: Buffer.alloc(0) };
      ran.push(verb);
      if (verb === "start" || verb === "stop") state.active = verb === "start" ? "active" : "inactive";
      // The service requires its socket.
      if (verb === "stop" && rest.at(-1) === socket) Object.assign(states[unit] ?? {}, state);
      if (verb === "disable" || verb === "enable") state.file = `${verb}d`;
      if (verb === "add-wants") state.file = "enabled";
      // What systemd 257 may make of another name that a unit is given as it runs.
      if (verb === "enable") state.active = "inactive";
      return { code: verb === "mask" ? 1 : 0, stdout: Buffer.alloc(0), stderr: Buffer.alloc(0) };
    },
  };
}

function setUp(active: string, file: string) {
  const [state, ran] = [{ active, file }, [] as string[]];
  const states = { [unit]: state, [socket]: { ...state } };
  const ports = {
    host: "h",
    opened: hostWith(states, ran),
    backups: {} as Backups, // no file is changed
    units: new Map<string, UnitBefore>(),
    crashPoint: () => undefined,
    recorder: new Recorder(),
    undo: false,
  };
  const run = (...steps: readonly (Step | UndoStep)[]): Promise<void> =>
    runSteps(ports, steps, new AbortController().signal);
  return { state, ran, run };
}

describe("a step that changes a unit", () => {
  test("is undone to the state that was found, whatever the steps in between", async () => {
    const { state, ran, run } = setUp("inactive", "disabled");
    await run({ service: { unit, running: true } }, { service: { unit, enabled: true } });
    expect(state).toEqual({ active: "active", file: "enabled" });
    await run({ restoreService: { unit } });
    expect(state).toEqual({ active: "inactive", file: "disabled" });
    expect(ran).toEqual(["start", "add-wants", "stop", "disable"]);
  });

  test("is undone also where a step before it had changed that unit, too", async () => {
    const { state, run } = setUp("active", "enabled");
    await run({ service: { unit: socket, running: false } }, { service: { unit, running: false } });
    expect(state.active).toBe("inactive");
    await run({ restoreService: { unit } }, { restoreService: { unit: socket } });
    expect(state.active).toBe("active");
  });

  test("that is at rest is enabled under all its names", async () => {
    const { ran, run } = setUp("inactive", "disabled");
    await run({ service: { unit, enabled: true } });
    expect(ran).toEqual(["enable"]);
  });

  test("is undone as far as it went: whether the unit runs is nothing to a step that enables it", async () => {
    const { state, ran, run } = setUp("active", "disabled");
    await run({ service: { unit, enabled: true } });
    state.active = "inactive";
    await run({ restoreService: { unit } });
    expect(ran).toEqual(["add-wants", "disable"]);
  });

  test("runs nothing for a unit that is as it should be", async () => {
    const { ran, run } = setUp("active", "enabled");
    await run({ service: { unit, running: true, enabled: true } });
    await run({ restoreService: { unit } });
    expect(ran).toEqual([]);
  });

  test("that this heal had not come to is not undone", async () => {
    const { ran, run } = setUp("active", "enabled");
    await run({ restoreService: { unit } });
    expect(ran).toEqual([]);
  });

  test("fails the heal when systemctl refuses it", async () => {
    const { run } = setUp("active", "enabled");
    const masked = run({ service: { unit, masked: true } });
    await expect(masked).rejects.toMatchObject({ fault: "COMMAND_FAILED" });
  });
});
