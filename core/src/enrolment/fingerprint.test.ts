import { assert, property, stringMatching } from "fast-check";
import { describe, expect, it } from "vitest";
import { controllerFingerprint, enrolmentFingerprint } from "./fingerprint.ts";

const id = "01M84T0000BX00000000000000";
const key = "a".repeat(64);
const hex64 = stringMatching(/^[0-9a-f]{64}$/);

describe("a fingerprint", () => {
  it("is six groups of five digits, whatever the key", () => {
    const form = /^\d{5}( \d{5}){5}$/;
    assert(
      property(hex64, (each) => {
        expect(enrolmentFingerprint(id, each)).toMatch(form);
        expect(controllerFingerprint(each)).toMatch(form);
      }),
    );
  });

  it("never changes for the same enrolment: both sides may run different versions", () => {
    expect(enrolmentFingerprint(id, key)).toBe("22720 90433 62340 53649 34247 58547");
    expect(controllerFingerprint(key)).toBe("22189 13437 69520 17717 68527 99573");
  });

  it("is another for another id, another key and another purpose", () => {
    const all = [
      enrolmentFingerprint(id, key),
      enrolmentFingerprint(id.replace("BX", "BY"), key),
      enrolmentFingerprint(id, key.replace("a", "b")),
      controllerFingerprint(key),
    ];
    expect(new Set(all).size).toBe(all.length);
  });
});
