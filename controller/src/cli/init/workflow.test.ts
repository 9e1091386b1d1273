import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

function linesOf(name: string): readonly string[] {
  return readFileSync(join(import.meta.dirname, "../../../../.github/workflows", name), "utf8")
    .split("\n")
    .filter((line) => !line.trim().startsWith("#"));
}

const lines = linesOf("validate.yml");

/** The lines that a shell is given: what follows `run:`, and the blocks below it. */
function scripts(of = lines): string[] {
  let below = -1;
  return of.filter((line) => {
    const depth = line.search(/\S/);
    if (below >= 0 && (depth > below || depth < 0)) return true;
    below = /^\s*(?:- )?run: \|$/.test(line) ? depth : -1;
    return /^\s*(?:- )?run: [^|]/.test(line);
  });
}

describe("the reusable workflow", () => {
  it("can only be called, and may only read", () => {
    expect(lines.join("\n")).toMatch(
      /^on:\n {2}workflow_call:\n(?: {4,}.*\n)+permissions:\n {2}contents: read\n/m,
    );
    expect(lines.filter((line) => line.includes("write"))).toEqual([]);
    expect(lines.filter((line) => line.includes("secrets"))).toEqual([]);
  });

  it("names every action by commit", () => {
    const used = lines.filter((line) => line.includes("uses:"));
    expect(used).toHaveLength(3);
    for (const line of used) expect(line).toMatch(/uses: actions\/[\w-]+@[0-9a-f]{40} # v\d+$/);
  });

  it("keeps no credentials in a checkout", () => {
    const checkouts = lines.filter((line) => line.includes("actions/checkout@"));
    expect(lines.filter((line) => line.includes("persist-credentials: false"))).toHaveLength(
      checkouts.length,
    );
  });

  it("puts no value into the text of a script", () => {
    expect(scripts().length).toBeGreaterThan(10);
    expect(scripts().filter((line) => line.includes("${{"))).toEqual([]);
  });

  it("checks what a pull request changes, and the whole tree at every other event", () => {
    const [at = -1] = scripts().flatMap((line, index) => (line.includes("--changed-since") ? [index] : []));
    expect(
      scripts()
        .slice(at - 1, at + 2)
        .map((line) => line.trim()),
    ).toEqual([
      "since=()",
      'if [ "$EVENT" = pull_request ]; then since=(--changed-since "HEAD^1"); fi',
      'compline/node_modules/.bin/compline validate --repo repository "${since[@]}" -o github',
    ]);
  });

  it("plans with a state folder that no pull request can bring", () => {
    expect(scripts().join("\n")).toContain('plan --repo repository --state "$RUNNER_TEMP/compline"');
  });
});

describe("the reusable workflow of a witness", () => {
  const witness = linesOf("witness.yml");

  it("names every action by commit, and puts no value into the text of a script", () => {
    const used = witness.filter((line) => line.includes("uses:"));
    expect(used).toHaveLength(3);
    for (const line of used) expect(line).toMatch(/uses: actions\/[\w-]+@[0-9a-f]{40} # v\d+$/);
    expect(scripts(witness).length).toBeGreaterThan(10);
    expect(scripts(witness).filter((line) => line.includes("${{"))).toEqual([]);
  });

  it("may write in its one job only, and installs before it may push", () => {
    expect(witness.join("\n")).toMatch(/^permissions:\n {2}contents: read\n/m);
    expect(witness.filter((line) => line.includes("write")).map((line) => line.trim())).toContain(
      "contents: write",
    );
    const at = (text: string): number => witness.findIndex((line) => line.includes(text));
    expect(at("npm ci")).toBeGreaterThan(0);
    expect(at("persist-credentials: true")).toBeGreaterThan(at("npm ci"));
  });
});
