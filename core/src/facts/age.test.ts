import { expect, test } from "vitest";
import { parseAges } from "./age.ts";

const at = Date.UTC(2026, 10, 26, 12);
const file = (modifiedAt: number | null) => {
  return { path: "/x", found: true, text: "", mode: null, uid: null, gid: null, modifiedAt, error: null };
};

test.each([
  ["a moment ago", at - 1, 0],
  ["an hour less a moment", at - 3_599_999, 0],
  ["three days", at - 3 * 86_400_000, 72],
  ["from the future, by a clock that was wrong", at + 1, 0],
])("a file that was changed %s", (_, modifiedAt, hours) => {
  expect(parseAges([file(modifiedAt)], at)).toEqual({
    kind: "facts",
    facts: { found: true, files: [{ hours }] },
  });
});

test("no age is not taken for a young one, and no file not for a fresh one", () => {
  expect(parseAges([file(null)], at)).toMatchObject({ facts: { files: [{ hours: null }] } });
  expect(parseAges([], at)).toMatchObject({ facts: { found: false, files: [] } });
});
