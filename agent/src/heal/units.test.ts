import type { UnitState } from "@compline/core/appliance";
import { describe, expect, test } from "vitest";
import type { Host } from "../transports/host.ts";
import type { HostFiles } from "../transports/host-files.ts";
import { changeUnit } from "./units.ts";

const unit = "cron.service";

/** A host with one unit, which knows `show`, `start`, `stop` and `disable`. */
function hostWith(state: { active: string; file: string }, ran: string[]): Host {
  return {
    practice: false,
    files: {} as HostFiles, // not looked at
    run: async ([, verb = ""]) => {
      const stdout = `LoadState=loaded\nActiveState=${state.active}\nSubState=x\nUnitFileState=${state.file}\n`;
      if (verb === "show") return { code: 0, stdout: Buffer.from(stdout) };
      ran.push(verb);
      if (verb === "start" || verb === "stop") state.active = verb === "start" ? "active" : "inactive";
      if (verb === "disable" || verb === "enable") state.file = `${verb}d`;
      return { code: verb === "mask" ? 1 : 0, stdout: Buffer.alloc(0) };
    },
  };
}

function setUp(active: string, file: string) {
  const [state, ran] = [{ active, file }, [] as string[]];
  return { state, ran, ports: { opened: hostWith(state, ran), units: new Map<string, UnitState>() } };
}

describe("a step that changes a unit", () => {
  test("is undone to the state that was found, whatever the steps in between", async () => {
    const { state, ran, ports } = setUp("inactive", "disabled");
    await changeUnit(ports, { service: { unit, running: true } });
    await changeUnit(ports, { service: { unit, enabled: true } });
    expect(state).toEqual({ active: "active", file: "enabled" });
    await changeUnit(ports, { restoreService: { unit } });
    expect(state).toEqual({ active: "inactive", file: "disabled" });
    expect(ran).toEqual(["start", "enable", "stop", "disable"]);
  });

  test("runs nothing for a unit that is as it should be", async () => {
    const { ran, ports } = setUp("active", "enabled");
    await changeUnit(ports, { service: { unit, running: true, enabled: true } });
    await changeUnit(ports, { restoreService: { unit } });
    expect(ran).toEqual([]);
  });

  test("that this heal had not come to is not undone", async () => {
    const { ran, ports } = setUp("active", "enabled");
    await changeUnit(ports, { restoreService: { unit } });
    expect(ran).toEqual([]);
  });

  test("fails the heal when systemctl refuses it", async () => {
    const { ports } = setUp("active", "enabled");
    const masked = changeUnit(ports, { service: { unit, masked: true } });
    await expect(masked).rejects.toMatchObject({ fault: "COMMAND_FAILED" });
  });
});
