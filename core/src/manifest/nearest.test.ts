import { describe, expect, it } from "vitest";
import { nearest } from "./nearest.ts";

describe("the nearest word", () => {
  it.each([
    ["hihg", ["low", "medium", "high"], "high"],
    ["of", ["off", "full"], "off"],
    ["sshd-rot-login", ["sshd-root-login", "sshd-max-auth-tries"], "sshd-root-login"],
    ["colour", ["size", "weight"], null],
    ["", ["a"], "a"],
    ["x".repeat(100), ["x".repeat(99)], null],
    ["ab", ["ac", "ad"], "ac"],
  ])("to %j among %j is %j", (written, candidates, expected) => {
    expect(nearest(written, candidates)).toBe(expected);
  });
});
