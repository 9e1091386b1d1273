import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { formatDiagnostic } from "./diagnostic.ts";
import { loadTree, splitUnits } from "./load-tree.ts";
import { parseDocument, type SourceFile } from "./parse-document.ts";

const testdata = join(import.meta.dirname, "testdata");

function filesBelow(folder: string): SourceFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== "expected.txt")
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: relative(folder, path), text: readFileSync(path).toString("utf8") }));
}

describe("an invalid file gives exactly the diagnostics written beside it", () => {
  it.each(readdirSync(testdata))("%s", async (name) => {
    const tree = loadTree(filesBelow(join(testdata, name)));
    const text = tree.diagnostics.map(formatDiagnostic).join("\n");
    await expect(`${text}\n`).toMatchFileSnapshot(join(testdata, name, "expected.txt"));
    expect(tree.documents).toEqual([]);
  });
});

describe("a tree", () => {
  const appliance = (name: string): SourceFile => ({
    path: `sites/lanternfish/workbench/appliances/${name}.yaml`,
    text: `apiVersion: compline.dev/v1\nkind: Appliance\nmetadata: { name: ${name} }\nspec: {}\n`,
  });
  const broken = { path: "sites/otterdale/partner.yaml", text: "a: [" };

  it("is sorted by path and passes over files that are not ours", () => {
    const tree = loadTree([appliance("b"), { path: "README.md", text: "" }, appliance("a")]);
    expect(tree.documents.map((document) => document.name)).toEqual(["a", "b"]);
    expect(tree.diagnostics).toEqual([]);
  });

  it("holds the lab's report, and the library when that is wrong", () => {
    const text = readFileSync(join(testdata, "lab-report-meaning/runbooks/lab-report.json"), "utf8");
    const path = "runbooks/lab-report.json";
    const sound = { ...(JSON.parse(text) as object), drills: [] };
    const tree = loadTree([appliance("a"), { path, text: JSON.stringify(sound) }]);
    expect(tree).toMatchObject({ diagnostics: [], documents: [{ name: "a" }], lab: sound });
    const broken = loadTree([appliance("a"), { path, text }]);
    expect(broken.lab).toBeNull();
    expect(splitUnits(broken).library.sound).toBe(false);
    expect(loadTree([appliance("a")]).lab).toBeNull();
  });

  it("names the files that gave no document", () => {
    expect(loadTree([broken, appliance("a")]).broken).toEqual([broken.path]);
  });

  it("asks the given parser once for each file", () => {
    const asked: string[] = [];
    loadTree([broken, appliance("a")], (file) => {
      asked.push(file.path);
      return parseDocument(file);
    });
    expect(asked).toEqual([broken.path, appliance("a").path]);
  });

  it("falls into units: a fault in one partner's tree leaves the library and other partners sound", () => {
    const units = splitUnits(loadTree([broken, appliance("a")]));
    expect(units.library.sound).toBe(true);
    expect([...units.partners].map(([name, unit]) => [name, unit.sound, unit.documents.length])).toEqual([
      ["lanternfish", true, 1],
      ["otterdale", false, 0],
    ]);
  });

  it("holds the library when a library file is wrong", () => {
    const units = splitUnits(loadTree([{ path: "policies/rules/a.yaml", text: "" }, appliance("a")]));
    expect(units.library.sound).toBe(false);
    expect(units.partners.get("lanternfish")?.sound).toBe(true);
  });
});
