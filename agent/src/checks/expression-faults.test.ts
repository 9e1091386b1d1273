import { FAULTS_REPORTED } from "@compline/core";
import { expect, it } from "vitest";
import { ExpressionFaults } from "./expression-faults.ts";
import type { Seen } from "./observe.ts";

function seen(host: string, check: string, offset: number | null): Seen {
  const reason = offset === null ? null : "CEL_ERROR";
  const observation = { host, check, verdict: "error" as const, reason, observed: null, at: 0 };
  return { observation, applicable: [], fault: offset === null ? null : { pointer: "/spec/assert", offset } };
}

it("a fault is told once for all hosts, and no longer when the last of them is fine", () => {
  const faults = new ExpressionFaults();
  for (const host of ["a", "b"]) faults.note(seen(host, "door", 3));
  const told = { check: "door", reason: "CEL_ERROR", pointer: "/spec/assert", offset: 3 };
  expect(faults.reported).toEqual([told]);
  faults.note(seen("a", "door", null));
  expect(faults.reported).toEqual([told]);
  faults.note(seen("b", "door", null));
  expect(faults.reported).toEqual([]);
});

it("a report names a bounded number of them", () => {
  const faults = new ExpressionFaults();
  for (let nth = 0; nth <= FAULTS_REPORTED; nth += 1) faults.note(seen("a", `door-${nth}`, 0));
  expect(faults.reported).toHaveLength(FAULTS_REPORTED);
  faults.clear();
  expect(faults.reported).toEqual([]);
});
