import type { FrameworkView } from "@compline/core";
import { expect, test } from "vitest";
import { FRAMEWORKS } from "../fixture/library.ts";
import { controlSlugs, libraryControlUrl, resultsUrl } from "./urls.ts";

function frameworkOf(ids: readonly string[]): FrameworkView {
  const [framework] = FRAMEWORKS;
  if (framework === undefined) throw new Error("unreachable: the fixture has frameworks");
  const asked = { title: "x", nature: "host", requirement: "required", level: null } as const;
  const control = { ...asked, checks: [], shown: "not-assessed", note: null } as const;
  return {
    ...framework,
    families: [{ name: "f", title: "F", controls: ids.map((id) => ({ ...control, id })) }],
  };
}

test("a citation becomes an address of small letters, digits and hyphens", () => {
  const framework = frameworkOf(["164.308(a)(5)(ii)(D)", "PR.AA-01", "(-)"]);
  expect([...controlSlugs(framework).values()]).toEqual(["164-308-a-5-ii-d", "pr-aa-01", "control"]);
  expect(libraryControlUrl(framework, "PR.AA-01")).toBe("/frameworks/hipaa/#c-pr-aa-01");
});

test("two controls never share an address", () => {
  const slugs = controlSlugs(frameworkOf(["a.1", "A-1", "a(1)"]));
  expect([...slugs.values()]).toEqual(["a-1", "a-1--2", "a-1--3"]);
});

test("a control that is not in the framework is a bug", () => {
  expect(() => libraryControlUrl(frameworkOf(["a"]), "b")).toThrow("unreachable");
});

test("results of one verdict are a section of the page of all results", () => {
  expect(resultsUrl("tidewell", "fail")).toBe("/sites/tidewell/results/#fail");
  expect(resultsUrl("tidewell")).toBe("/sites/tidewell/results/");
});
