import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sharedEvidence } from "./shared-evidence.ts";
import type { ControlView } from "./snapshot.ts";

function control(id: string, checks: readonly string[]): ControlView {
  const asked = { id, title: id, nature: "host", requirement: "required", level: null } as const;
  return { ...asked, checks, shown: checks.length === 0 ? "not-assessed" : null, note: null };
}

function framework(id: string, controls: readonly ControlView[]) {
  return { id, families: [{ name: "all", title: "All", controls }] };
}

/** Framework and control in one word, with the checks they share. */
function words(found: ReturnType<ReturnType<typeof sharedEvidence>>): string[] {
  return found.map((one) => `${one.framework} ${one.control.id}: ${one.checks.join(" ")}`);
}

describe("a control shares evidence", () => {
  const one = control("A.1", ["mode", "owner"]);
  const find = sharedEvidence([
    framework("iso", [control("A.2", ["owner"]), one, control("A.3", [])]),
    framework("nist", [control("A.1", ["owner", "age", "mode"]), control("A.9", ["age"])]),
  ]);

  test("with every other that one of its checks looks at, of its own framework and of others", () => {
    expect(words(find("iso", one))).toEqual(["iso A.2: owner", "nist A.1: owner mode"]);
  });

  test("with none when no check looks at it", () => {
    expect(find("iso", control("A.3", []))).toEqual([]);
  });

  const library = fc.array(
    fc.array(fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "e"), { maxLength: 3 }), { maxLength: 6 }),
    { maxLength: 4 },
  );

  test("with exactly those whose checks meet its own, and they share it with it", () => {
    fc.assert(
      fc.property(library, (drawn) => {
        const frameworks = drawn.map((controls, f) =>
          framework(
            `f${f}`,
            controls.map((checks, c) => control(`c${c}`, checks)),
          ),
        );
        const find = sharedEvidence(frameworks);
        const all = frameworks.flatMap(({ id, families }) =>
          families.flatMap(({ controls }) => controls.map((each) => ({ id, each }))),
        );
        for (const mine of all) {
          const meets = all.filter(
            (other) => other !== mine && other.each.checks.some((check) => mine.each.checks.includes(check)),
          );
          const found = find(mine.id, mine.each);
          expect(found.map(({ control }) => control)).toEqual(meets.map(({ each }) => each));
          for (const other of found) {
            const back = find(other.framework, other.control).find(({ control }) => control === mine.each);
            expect(back?.checks.toSorted()).toEqual(other.checks.toSorted());
          }
        }
      }),
    );
  });
});
