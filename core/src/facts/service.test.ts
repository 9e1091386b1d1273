import { describe, expect, test } from "vitest";
import { checkOf, factsIn, look } from "./testdata/rows.ts";

const units = ["ssh.service", "telnet.socket"];
const check = checkOf({ service: { units } }, "service");
const files = { "/run/systemd/system": "" };
const ssh = "LoadState=loaded\nActiveState=active\nSubState=running\nUnitFileState=enabled\n";
const telnet = "LoadState=not-found\nActiveState=inactive\nSubState=dead\nUnitFileState=\n";
const seen = (text: string, code = 0) => factsIn(look(check, { files, says: () => ({ text, code }) }));

describe("units", () => {
  test("are described in the order they were asked for, also those that do not exist", () => {
    expect(seen(`${ssh}\n${telnet}`)).toEqual({
      manager: "systemd",
      services: {
        "ssh.service": {
          found: true,
          load: "loaded",
          active: "active",
          sub: "running",
          running: true,
          enabled: true,
        },
        "telnet.socket": {
          found: false,
          load: "not-found",
          active: "inactive",
          sub: "dead",
          running: false,
          enabled: false,
        },
      },
    });
  });

  test("do not exist where systemd does not run, and nothing is run there to find out", () => {
    const says = () => {
      throw new Error("run");
    };
    expect(factsIn(look(check, { says }))).toEqual({ manager: "none", services: {} });
  });

  test.each([
    ["fewer blocks than units", ssh],
    ["more blocks than units", `${ssh}\n${telnet}\n${ssh}`],
    ["a block without a state", `${ssh}\nLoadState=loaded\n`],
    ["something else", "telnet.socket: ok\n\nssh: ok\n"],
  ])("are an error when the answer has %s", (_name, text) => {
    expect(seen(text)).toEqual({ kind: "error", reason: "SYNTAX_INVALID" });
  });

  test("are an error when systemctl fails", () => {
    expect(seen(ssh, 1)).toEqual({ kind: "error", reason: "PROGRAM_FAILED" });
    expect(seen("")).toEqual({ kind: "error", reason: "OUTPUT_EMPTY" });
  });

  test("are not for a practice host", () => {
    expect(look(check, { practice: true })).toEqual({ kind: "not_applicable", reason: "PRACTICE_HOST" });
  });
});
