import type { StatusView } from "@compline/core";
import { expect, test } from "vitest";
import { narrowed } from "./status.ts";

const options = { repo: ".", state: undefined, output: "text" } as const;
const siteOf = (id: string, name: string) => ({ id, name, frameworkStatus: { hipaa: {} } });
// Narrowing looks at nothing else of a status.
const whole = {
  sites: [siteOf("S1", "quay"), siteOf("S2", "mill")],
  notices: [
    { code: "TREE_REFUSED", message: "The tree is refused." },
    { code: "APPLIANCE_SILENT", message: "One has been silent.", site: "S1" },
    { code: "APPLIANCE_SILENT", message: "Another has been silent.", site: "S2" },
  ],
} as unknown as StatusView;

test.each(["mill", "S2"])(
  "of one site, by name or ULID, its own notices are told and those of no site: %s",
  (site) => {
    const { sites, notices } = narrowed(whole, { ...options, site });
    expect(sites).toEqual([whole.sites[1]]);
    expect(notices).toEqual([whole.notices[0], whole.notices[2]]);
  },
);

test("of all sites everything is told", () => {
  expect(narrowed(whole, options)).toEqual(whole);
});

test("a site or a framework that is not there is said, and which are", () => {
  expect(() => narrowed(whole, { ...options, site: "pier" })).toThrow(/no site "pier".*there are mill, quay/);
  expect(() => narrowed(whole, { ...options, framework: "sox" })).toThrow(/no framework "sox".*hipaa/);
});
