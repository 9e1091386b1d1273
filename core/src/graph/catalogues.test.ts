import type { Control } from "@compline/schemas";
import { globSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { loadTree } from "../manifest/load-tree.ts";
import type { SourceFile } from "../manifest/parse-document.ts";
import { buildGraph } from "./build-graph.ts";
import { controlsOf } from "./graph.ts";

const repository = join(import.meta.dirname, "../../..");
const lists = join(import.meta.dirname, "../testdata/catalogues");

interface Family {
  readonly name: string;
  readonly ids: readonly string[];
}

/**
 * What a framework's source numbers, family by family. A list is blocks of lines: the family with its count, then its
 * identifiers. The count stands for itself, so that a list that was cut is noticed.
 */
function listed(framework: string): readonly Family[] {
  const text = readFileSync(join(lists, `${framework}.txt`), "utf8").trim();
  return text.split("\n\n").map((block) => {
    const [head = "", ...lines] = block.split("\n");
    const [name = "", count] = head.split(" ");
    const ids = lines.join(" ").split(/,\s+/);
    expect(ids, `${framework} ${name}`).toHaveLength(Number(count));
    return { name, ids };
  });
}

const shipped: readonly SourceFile[] = globSync("{frameworks,policies,runbooks}/**/*.yaml", {
  cwd: repository,
}).map((path) => ({ path, text: readFileSync(join(repository, path), "utf8") }));

function catalogueOf(files: readonly SourceFile[], framework: string): readonly Family[] {
  const { graph } = buildGraph(loadTree(files).documents);
  const families = graph.frameworks.get(framework)?.families ?? [];
  return families.map(({ name, spec }) => ({ name, ids: spec.controls.map(({ id }) => id) }));
}

/** What is not as the source numbers it, in words. */
function differences(found: readonly Family[], expected: readonly Family[]): readonly string[] {
  const ids = (families: readonly Family[]) => families.flatMap((family) => family.ids);
  const [here, there] = [ids(found), ids(expected)];
  return [
    ...there.filter((id) => !here.includes(id)).map((id) => `${id} is missing`),
    ...here.filter((id) => !there.includes(id)).map((id) => `${id} is not one of the source's`),
    ...here.filter((id, at) => here.indexOf(id) !== at).map((id) => `${id} stands twice`),
    ...(isSame(found, expected) ? [] : ["families or order are not the source's"]),
  ];
}

function isSame(found: readonly Family[], expected: readonly Family[]): boolean {
  return JSON.stringify(found) === JSON.stringify(expected);
}

const names = readdirSync(lists).map((file) => file.replace(".txt", ""));
const totals: Readonly<Record<string, number>> = {
  cis: 153,
  cmmc: 15 + 110 + 24,
  gdpr: 99 + 4,
  hipaa: 22 + 36 + 10,
  "iso-27001": 30 + 93,
  "nist-800-171": 110,
  "nist-800-171-r3": 97,
  "nist-csf": 106,
  "pci-dss": 250 + 41,
  soc2: 61,
  sox: 27,
};

const { graph } = buildGraph(loadTree(shipped).documents);

function controlsIn(framework: string): readonly Control[] {
  const node = graph.frameworks.get(framework);
  return node === undefined ? [] : controlsOf(node);
}

describe("the catalogues of this repository", () => {
  it.each(names)("%s has every identifier of its source once, in order", (name) => {
    const expected = listed(name);
    expect(differences(catalogueOf(shipped, name), expected)).toEqual([]);
    expect(expected.flatMap(({ ids }) => ids)).toHaveLength(totals[name] ?? 0);
  });

  it("are all compared", () => {
    expect([...graph.frameworks.keys()]).toEqual(names);
  });

  it.each(names)("%s maps checks only to controls for hosts, and says what they do not show", (name) => {
    for (const { id, nature, checks, note } of controlsIn(name)) {
      if (checks === undefined) continue;
      expect([id, nature]).toEqual([id, "host"]);
      expect(note, id).toMatch(/Says nothing about/);
    }
  });

  it.each(names)("%s quotes nothing in its titles", (name) => {
    expect(controlsIn(name).filter(({ title }) => /["“”„«»]/.test(title))).toEqual([]);
  });

  const cis = "frameworks/cis/controls/control-04.yaml";
  const edited = (edit: (text: string) => string): readonly SourceFile[] => {
    const files = shipped.map(({ path, text }) => ({ path, text: path === cis ? edit(text) : text }));
    expect(files).not.toEqual(shipped);
    return files;
  };

  it("would not pass with a control missing, and name it", () => {
    const files = edited((text) => text.replace(/^ {4}- id: "4\.5"\n(?: {6}.*\n)+/m, ""));
    expect(differences(catalogueOf(files, "cis"), listed("cis"))[0]).toBe("4.5 is missing");
  });

  it("would not pass with one out of order", () => {
    const files = edited((text) =>
      text.replace('"4.1"', '"4.0"').replace('"4.2"', '"4.1"').replace('"4.0"', '"4.2"'),
    );
    const found = differences(catalogueOf(files, "cis"), listed("cis"));
    expect(found).toEqual(["families or order are not the source's"]);
  });

  it.each([
    ["an identifier twice", 'id: "4.1"', 'id: "4.2"', "REF_DUPLICATE"],
    ["a malformed identifier", 'id: "4.1"', 'id: "4,1"', "SCHEMA_PATTERN"],
    ["a long title", "title: A firewall", `title: ${"A firewall ".repeat(12)}`, "SCHEMA_LENGTH"],
    ["a title of two lines", "title: A firewall guards servers", 'title: "A\\nB"', "SCHEMA_PATTERN"],
    ["a mapping to nothing", "- sshd-root-login", "- sshd-root-logon", "REF_MISSING"],
    ["no word on what shows a control", "      shown: not-assessed\n", "", "SCHEMA_MISSING"],
  ])("would be refused with %s", (_, before, after, code) => {
    const tree = loadTree(edited((text) => text.replace(before, after)));
    const [first] = [...tree.diagnostics, ...buildGraph(tree.documents, tree.broken).diagnostics];
    expect([first?.file, first?.severity, first?.code]).toEqual([cis, "error", code]);
  });

  const counts = (framework: string, of: (control: Control) => string | number | undefined) => {
    const groups = Map.groupBy(controlsIn(framework), of);
    return Object.fromEntries([...groups].map(([key, controls]) => [String(key), controls.length]));
  };

  it("have as many requirements at each level of CMMC as 32 CFR 170.14", () => {
    expect(counts("cmmc", ({ level }) => level)).toEqual({ 1: 15, 2: 110, 3: 24 });
  });

  it("ask of some only what the appendix of PCI DSS says", () => {
    expect(counts("pci-dss", ({ requirement }) => requirement)).toEqual({ required: 250, optional: 41 });
  });

  it("have as many safeguards in each implementation group as CIS counts: 56, 130 and 153", () => {
    expect(counts("cis", ({ level }) => level)).toEqual({ 1: 56, 2: 130 - 56, 3: 153 - 130 });
  });

  it("assess the articles of GDPR that a controller or processor can show something about", () => {
    const articles = counts("gdpr", ({ id, shown }) => `${shown === "not-assessed" && !id.includes("(")}`);
    // 5 to 22, 24 to 39 and 44 to 49 of 99, and the four paragraphs.
    expect(articles).toEqual({ false: 18 + 16 + 6 + 4, true: 99 - 40 });
  });
});
