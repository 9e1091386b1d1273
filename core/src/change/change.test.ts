import * as fc from "fast-check";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { buildGraph } from "../graph/build-graph.ts";
import { formatDiagnostic } from "../manifest/diagnostic.ts";
import { loadTree } from "../manifest/load-tree.ts";
import { bringsNothing } from "./judge-change.ts";
import { surveyChange } from "./survey.ts";

type Files = Readonly<Record<string, string>>;

const sound = join(import.meta.dirname, "../graph/testdata/nothing-wrong");

/** Two of everything: a library of two frameworks, two partners. Nothing is wrong with it. */
const base: Files = Object.fromEntries(
  globSync("*/**/*.yaml", { cwd: sound }).flatMap((path) => {
    const text = readFileSync(join(sound, path), "utf8");
    return [[path, text] as const, [second(path), second(text)] as const];
  }),
);

function second(text: string): string {
  return text
    .replaceAll("alpha", "beta")
    .replaceAll("iso", "nist")
    .replaceAll("lanternfish", "mola")
    .replaceAll("VGTT", "VGAA");
}

/** All that a full look finds. */
function findings(files: Files): readonly string[] {
  const tree = loadTree(Object.entries(files).map(([path, text]) => ({ path, text })));
  const { diagnostics } = buildGraph(tree.documents, tree.broken);
  return [...tree.diagnostics, ...diagnostics].map(formatDiagnostic);
}

/** Whether a look at the change alone finds that it brings nothing. */
function looksHarmless(files: Files): boolean {
  const paths = [...new Set([...Object.keys(base), ...Object.keys(files)])];
  const changed = paths
    .filter((path) => base[path] !== files[path])
    .map((path) => ({ path, before: base[path] ?? null, after: files[path] ?? null }));
  const survey = surveyChange(changed);
  if (survey === null) return false;
  const patterns = survey.targets.map(
    (target) => new RegExp(`^${target.replaceAll(".", "\\.").replace("*", "[^/]*")}$`),
  );
  const holds = (path: string, text: string) =>
    survey.searches.some(
      ({ below, texts }) =>
        path.startsWith(`${below}/`) && [...texts, "\\"].some((one) => text.includes(one)),
    );
  const neighbours = Object.entries(files)
    .filter(([path, text]) => patterns.some((pattern) => pattern.test(path)) || holds(path, text))
    .map(([path, text]) => ({ path, text }));
  return bringsNothing(survey, neighbours, buildGraph);
}

const words = /[\w./-]+/g;
const pool = [...new Set(Object.values(base).flatMap((text) => text.match(words) ?? []))];
const paths = Object.keys(base);
const names = [
  "alpha",
  "beta",
  "gamma",
  "iso",
  "nist",
  "lanternfish",
  "mola",
  "workbench",
  "access",
  "windows",
  "fix-alpha",
  "fix-beta",
];

/** Replaces one word by another, of the whole tree or of one kind; removes a file; copies one under other names. */
const edit = fc.oneof(
  fc.record({
    kind: fc.constant("word" as const),
    path: fc.nat(),
    at: fc.nat(),
    word: fc.constantFrom(...pool, "windows", "external", "2"),
  }),
  fc.record({
    kind: fc.constant("name" as const),
    path: fc.nat(),
    from: fc.constantFrom(...names),
    to: fc.constantFrom(...names),
  }),
  fc.record({ kind: fc.constant("remove" as const), path: fc.nat() }),
  fc.record({
    kind: fc.constant("copy" as const),
    path: fc.nat(),
    from: fc.constantFrom(...names),
    to: fc.constantFrom(...names),
    fresh: fc.boolean(),
  }),
  fc.record({ kind: fc.constant("hide" as const), path: fc.nat() }),
);

type Edit = typeof edit extends fc.Arbitrary<infer E> ? E : never;

function apply(files: Files, one: Edit): Files {
  const path = paths[one.path % paths.length] ?? "";
  const text = files[path];
  if (text === undefined) return files;
  if (one.kind === "remove")
    return Object.fromEntries(Object.entries(files).filter(([other]) => other !== path));
  if (one.kind === "copy") {
    const copied = text.replaceAll(one.from, one.to);
    return {
      ...files,
      [path.replaceAll(one.from, one.to)]: one.fresh ? copied.replaceAll("VG", "ZZ") : copied,
    };
  }
  return { ...files, [path]: edited(text, one) };
}

function edited(text: string, one: Exclude<Edit, { kind: "remove" | "copy" }>): string {
  if (one.kind === "name") return text.replaceAll(one.from, one.to);
  if (one.kind === "hide") return text.replaceAll(/01M84(\w+)/g, (_, rest: string) => `"\\x301M84${rest}"`);
  const found = [...text.matchAll(words)];
  const at = found[one.at % found.length];
  return at === undefined ? text : text.slice(0, at.index) + one.word + text.slice(at.index + at[0].length);
}

describe("a change is judged from a few files", () => {
  it("starts from a tree in which nothing is wrong", () => {
    expect(findings(base)).toEqual([]);
  });

  it("never seems harmless when a full look finds anything", () => {
    fc.assert(
      fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
        const files = edits.reduce(apply, base);
        expect(looksHarmless(files) ? findings(files) : []).toEqual([]);
      }),
      { numRuns: 400 },
    );
  }, 60_000);

  const site = "sites/lanternfish/workbench/site.yaml";
  const box = "sites/lanternfish/workbench/appliances/box.yaml";
  const rule = "policies/rules/alpha.yaml";
  const check = "policies/checks/linux/alpha.yaml";
  const family = "frameworks/iso/controls/access.yaml";
  it.each([
    ["a new display name", { [site]: base[site]?.replace("displayName: A", "displayName: B") }],
    [
      "an enrolment",
      {
        [box]: base[box]?.replace("{}", `{ id: 01M84TR9TT9M747S8MC7ZZTT09, publicKey: ${"ab".repeat(32)} }`),
      },
    ],
    [
      "a new site",
      {
        [site.replace("workbench", "shed")]: base[site]?.replace("workbench", "shed").replaceAll("VG", "ZZ"),
        [box.replace("workbench", "shed")]: base[box],
      },
    ],
    ["another priority", { [rule]: base[rule]?.replace("priority: 1", "priority: 2") }],
    [
      "a preset and a site that follows it",
      {
        "frameworks/presets/gamma.yaml": base["frameworks/presets/alpha.yaml"]?.replace("alpha", "gamma"),
        [site]: base[site]?.replace("preset: alpha", "preset: gamma"),
      },
    ],
    ["a rule that goes", { [rule]: undefined }],
    [
      "a new expression",
      {
        "policies/checks/linux/alpha.yaml": base["policies/checks/linux/alpha.yaml"]?.replace(
          "facts.found\n",
          "facts.found && true\n",
        ),
      },
    ],
  ])("sees that it brings nothing: %s", (_, change) => {
    const files = Object.fromEntries(
      Object.entries({ ...base, ...change }).filter(([, text]) => text !== undefined),
    );
    expect(findings(files as Files)).toEqual([]);
    expect(looksHarmless(files as Files)).toBe(true);
  });

  it.each([
    ["a check leaves a platform", { [check]: base[check]?.replace("linux]", "macos]") }],
    [
      "an identity is used again, written otherwise",
      {
        [box]: base[box]?.replace(
          "{}",
          `{ id: "\\x301M84TR9TT9M747S8MC7VGAA01", publicKey: ${"ab".repeat(32)} }`,
        ),
      },
    ],
    [
      "a rule comes to heal what has no drill",
      {
        "policies/checks/linux/gamma.yaml": base[check]?.replaceAll("alpha", "gamma"),
        [family]: base[family]?.replace("[alpha]", "[alpha, gamma]"),
        "policies/rules/gamma.yaml": base[rule]
          ?.replaceAll("alpha", "gamma")
          .replace("fix-gamma", "fix-alpha"),
      },
    ],
    [
      "a check comes to want a person where a rule heals it",
      { [check]: base[check]?.replace("  expected: C\n", "  expected: C\n  byHand: D\n") },
    ],
    ["a site names no preset", { [site]: base[site]?.replace("preset: alpha", "preset: gamma") }],
    [
      "a preset names no framework",
      {
        "frameworks/presets/alpha.yaml": base["frameworks/presets/alpha.yaml"]?.replace(
          "[iso]",
          "[iso, gamma]",
        ),
      },
    ],
    [
      "a control for hosts comes to an exercised framework with a check that has no drill",
      {
        "policies/checks/linux/gamma.yaml": base[check]?.replaceAll("alpha", "gamma"),
        [family]: `${base[family]?.trimEnd()}\n${base[family]?.split("\n").at(-2)?.replace("A.1", "A.2").replace("alpha", "gamma")}\n`,
      },
    ],
    [
      "a control of an exercised framework loses its check to another",
      {
        [family]: base[family]?.replace(
          "checks: [alpha] }",
          "shown: not-assessed }\n    - { id: A.2, title: A, nature: physical, requirement: required, checks: [alpha] }",
        ),
      },
    ],
    ["two rules contend", { "policies/rules/gamma.yaml": base[rule]?.replace("name: alpha", "name: gamma") }],
  ])("does not take for harmless: %s", (_, change) => {
    const files = Object.fromEntries(Object.entries({ ...base, ...change })) as Files;
    expect(findings(files)).not.toEqual([]);
    expect(looksHarmless(files)).toBe(false);
  });
});
