import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { formatDiagnostic } from "../manifest/diagnostic.ts";
import { loadTree } from "../manifest/load-tree.ts";
import type { SourceFile } from "../manifest/parse-document.ts";
import { buildGraph } from "./build-graph.ts";
import { checksOfSite, frameworksOfSite, pairsOfAppliance } from "./graph.ts";

const testdata = join(import.meta.dirname, "testdata");
const repository = join(import.meta.dirname, "../../..");

function filesBelow(folder: string, within = folder): SourceFile[] {
  return readdirSync(within, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => ({ path: relative(folder, path), text: readFileSync(path).toString("utf8") }));
}

describe("a tree whose names do not fit gives exactly the diagnostics written beside it", () => {
  it.each(readdirSync(testdata))("%s", async (name) => {
    const tree = loadTree(filesBelow(join(testdata, name)));
    const { diagnostics } = buildGraph(tree.documents, tree.broken);
    const text = diagnostics.map((diagnostic) => `${formatDiagnostic(diagnostic)}\n`).join("");
    await expect(text).toMatchFileSnapshot(join(testdata, name, "expected.txt"));
  });
});

describe("the YAML of this repository", () => {
  const files = ["frameworks", "policies", "runbooks", "sites"].flatMap((folder) =>
    filesBelow(repository, join(repository, folder)),
  );
  const tree = loadTree(files);
  const { graph, diagnostics } = buildGraph(tree.documents, tree.broken);

  it("has nothing wrong", () => {
    expect([...tree.diagnostics, ...diagnostics].map(formatDiagnostic)).toEqual([]);
  });

  it("points every editor at the schema of its kind", () => {
    const texts = new Map(files.map(({ path, text }) => [path, text]));
    for (const { path, kind } of tree.documents) {
      const schema = `schemas/${kind.toLowerCase()}/v1.schema.json`;
      const way = relative(dirname(join(repository, path)), join(repository, schema));
      expect(texts.get(path)?.split("\n")[0]).toBe(`# yaml-language-server: $schema=${way}`);
      expect(existsSync(join(repository, schema))).toBe(true);
    }
  });

  it("has a rule, a runbook and a drill for every check that a person need not heal", () => {
    for (const [check] of [...graph.checks].filter(([, { spec }]) => spec.byHand === undefined)) {
      const rules = graph.rulesOfCheck.get(check) ?? [];
      expect(rules.map((rule) => graph.runbooks.has(rule.spec.runbook))).toContain(true);
      expect([...graph.drills.values()].map((drill) => drill.spec.check)).toContain(check);
    }
  });

  it("looks at every site with every check of its frameworks", () => {
    const sites = [...(graph.partners.get("lanternfish")?.sites.values() ?? [])];
    expect(sites.map((site) => site.document.name)).toEqual(["tidewell-clinic", "workbench"]);
    for (const site of sites) {
      const [appliance = ""] = [...site.appliances.keys()];
      expect(pairsOfAppliance(graph, site, appliance).map(([, check]) => check)).toEqual(
        checksOfSite(graph, site),
      );
      expect(checksOfSite(graph, site).length).toBeGreaterThan(0);
    }
  });

  it("names no identity or key of a box: a clone must not share one", () => {
    const appliances = tree.documents.filter((document) => document.kind === "Appliance");
    expect(appliances.map(({ spec }) => spec.id ?? spec.publicKey)).toEqual(appliances.map(() => undefined));
  });
});

describe("the graph", () => {
  const tree = loadTree(filesBelow(join(testdata, "nothing-wrong")));

  it("does not depend on the order of the documents", () => {
    const there = buildGraph(tree.documents).graph;
    const back = buildGraph(tree.documents.toReversed()).graph;
    expect(back).toEqual(there);
  });

  describe("has families", () => {
    const family = (name: string, id: string, order?: number): SourceFile => {
      const control = { id, title: "A", nature: "host", requirement: "required", checks: ["alpha"] };
      const spec = { title: name, order, controls: [control] };
      const document = { apiVersion: "compline.dev/v1", kind: "ControlFamily", metadata: { name }, spec };
      return { path: `frameworks/iso/controls/${name}.yaml`, text: JSON.stringify(document) };
    };
    const framework = tree.documents.filter((document) => document.kind === "Framework");
    const familiesOf = (files: readonly SourceFile[]): string[] | undefined => {
      const { graph } = buildGraph([...framework, ...loadTree(files).documents]);
      return graph.frameworks.get("iso")?.families.map(({ name }) => name);
    };

    it("in the order of their controls' numbers, not of their names", () => {
      expect(familiesOf([family("access", "A.10"), family("zones", "A.2")])).toEqual(["zones", "access"]);
    });

    it("in the order that they declare, where they do", () => {
      const files = [family("detect", "DE-1", 3), family("govern", "GV-1", 1), family("identify", "ID-1", 2)];
      expect(familiesOf(files)).toEqual(["govern", "identify", "detect"]);
    });
  });

  it("has a site follow what it names and what its preset adds, each once", () => {
    const twice = loadTree(
      filesBelow(join(testdata, "nothing-wrong")).flatMap(({ path, text }) => [
        { path, text: path.includes("presets") ? text.replace("[iso]", "[nist, iso]") : text },
        ...(path.startsWith("frameworks/iso/framework")
          ? [{ path: path.replace("iso", "nist"), text: text.replaceAll("iso", "nist") }]
          : []),
      ]),
    );
    const { graph } = buildGraph(twice.documents);
    const site = graph.partners.get("lanternfish")?.sites.get("workbench");
    const names = site && frameworksOfSite(graph, site).map(({ document }) => document.name);
    expect(names).toEqual(["iso", "nist"]);
  });

  it("gives a host only the checks that are meant for its platform", () => {
    const documents = tree.documents.map((document) =>
      document.kind === "Site"
        ? {
            ...document,
            spec: {
              ...document.spec,
              hosts: document.spec.hosts.map((host) => ({ ...host, platform: "windows" as const })),
            },
          }
        : document,
    );
    const { graph } = buildGraph(documents);
    const site = graph.partners.get("lanternfish")?.sites.get("workbench");
    expect(site && pairsOfAppliance(graph, site, "box")).toEqual([]);
  });
});
