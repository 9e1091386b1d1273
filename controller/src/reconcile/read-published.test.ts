import { encodeAssignment } from "@compline/core";
import type { Assignment } from "@compline/schemas";
import { expect, test } from "vitest";
import { publishedReader } from "./read-published.ts";

/** With names and values that look like the members it is divided by. */
function assignmentOf(appliance: string, title: string): Assignment {
  const digest = "d".repeat(64);
  const names = { definitions: digest, files: digest };
  const spec = { title, files: [["a", "b"]], argv: ['"definitions":{', ',"files":[["'] };
  // Of what it says, only the form matters here.
  return {
    appliance,
    checks: names,
    definitions: { checks: { definitions: spec, files: spec }, rules: {}, runbooks: {} },
    files: [["policies/checks/linux/files.yaml", digest]],
    intervals: { definitions: 1, files: 1 },
    pairs: [["01J000000000000000000000A1", "files"]],
    rules: names,
  } as unknown as Assignment;
}

test("what was published is read as it was encoded, whatever its checks are called", () => {
  const read = publishedReader();
  for (const title of ["Größe", "plain", "plain"]) {
    const assignment = assignmentOf("01J000000000000000000AAA01", title);
    expect(read(encodeAssignment(assignment))).toEqual(assignment);
  }
});

test("boxes with the same work have its definitions in memory once", () => {
  const read = publishedReader();
  const [one, two, other] = [
    ["01J000000000000000000AAA01", "plain"],
    ["01J000000000000000000AAA02", "plain"],
    ["01J000000000000000000AAA03", "other"],
  ].map(([appliance = "", title = ""]) => read(encodeAssignment(assignmentOf(appliance, title))));
  expect(two?.appliance).toBe("01J000000000000000000AAA02");
  expect(two?.definitions).toBe(one?.definitions);
  expect(other?.definitions).not.toEqual(one?.definitions);
});
