import { describe, expect, test } from "vitest";
import { Allowance, callerOf } from "./allowance.ts";

const address = "192.0.2.7";

describe("an allowance", () => {
  test("is used up by spending, for one caller only, and is whole again after a minute", () => {
    let now = 1_000_000;
    const allowance = new Allowance(3, () => now);
    allowance.spend(address, 2);
    expect(allowance.has(address)).toBe(true);
    allowance.spend(address);
    expect([allowance.has(address), allowance.retryAfterS(address)]).toEqual([false, 60]);
    expect(allowance.has("192.0.2.8")).toBe(true);
    now += 59_999;
    expect([allowance.has(address), allowance.retryAfterS(address)]).toEqual([false, 1]);
    now += 1;
    expect(allowance.has(address)).toBe(true);
    allowance.spend(address);
    expect(allowance.has(address)).toBe(true);
  });

  test("is whole again when the clock was set back", () => {
    let now = 1_000_000;
    const allowance = new Allowance(1, () => now);
    allowance.spend(address);
    now -= 86_400_000;
    expect(allowance.has(address)).toBe(true);
  });

  test("holds a bounded number of callers, and forgets the one that began first", () => {
    const allowance = new Allowance(1, () => 0);
    allowance.spend("first");
    for (let n = 0; n < 9_999; n++) allowance.spend(`caller ${n}`);
    expect(allowance.has("first")).toBe(false);
    allowance.spend("one more");
    expect([allowance.has("first"), allowance.has("caller 0"), allowance.has("one more")]).toEqual([
      true,
      false,
      false,
    ]);
  });
});

test.each([
  ["192.0.2.7", "192.0.2.7"],
  ["::ffff:192.0.2.7", "192.0.2.7"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:db8:1:2::9", "2001:db8:1:2::/64"],
  ["2001:db8::9", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
])("%s is counted as %s", (given, caller) => {
  expect(callerOf(given)).toBe(caller);
});
