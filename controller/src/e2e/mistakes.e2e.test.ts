import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { git, runCompline } from "./product.ts";

const folder = mkdtempSync(join(tmpdir(), "compline-e2e-mistakes-"));
const repo = join(folder, "otterdale");

interface Mistake {
  readonly path: string;
  /** What stands there, and what is written instead. */
  readonly from: string;
  readonly to: string;
  /** The part of `to` at which the finding is, and what is said of it. */
  readonly at: string;
  readonly said: string;
}

const checks = "policies/checks/linux";
const rules = "policies/rules";
const runbooks = "runbooks/linux";

/** In the order of their paths. */
const mistakes: readonly Mistake[] = [
  [
    `${checks}/shadow-permissions.yaml`,
    "severity: critical",
    "severity: critcal",
    "critcal",
    "SCHEMA_ENUM at /spec/severity",
  ],
  [
    `${checks}/sshd-max-auth-tries.yaml`,
    "applicable: facts.found",
    "applicable: facts.found &&",
    "&&",
    "REF_CEL at /spec/applicable",
  ],
  [
    `${rules}/password-max-age.yaml`,
    "priority: 30",
    'priority: "30"',
    '"30"',
    "SCHEMA_TYPE at /spec/priority",
  ],
  [
    `${rules}/password-warn-age.yaml`,
    "name: password-warn-age",
    "name: warn-age",
    "warn-age",
    "PATH_NAME at /metadata/name",
  ],
  [`${rules}/shadow-permissions.yaml`, "check: shadow", "check: &shadow shadow", "&", "YAML_ANCHOR"],
  [`${rules}/shell-idle-timeout.yaml`, "window: 24h", "priority: 1", "priority", "YAML_DUPLICATE_KEY"],
  [`${runbooks}/shell-set-idle-timeout.yaml`, "risk: low", 'risk: "low"er', "er", "YAML_SYNTAX"],
  [
    `${runbooks}/sshd-set-root-login.drill.yaml`,
    "platform: linux",
    "platform: macos",
    "macos",
    "REF_PLATFORM at /spec/platform",
  ],
  ["sites/otterdale/harbour/site.yaml", "[hipaa]", "[hippa]", "hippa", "REF_MISSING at /spec/frameworks/0"],
  [
    "sites/otterdale/partner.yaml",
    "displayName:",
    "website: x\n  displayName:",
    "website",
    "SCHEMA_UNEXPECTED at /spec/website",
  ],
].map(([path = "", from = "", to = "", at = "", said = ""]) => ({ path, from, to, at, said }));

const found: string[] = [];

beforeAll(async () => {
  const made = await runCompline(["init", repo, "--site", "harbour"]);
  expect(made.code, made.stderr).toBe(0);
  await git(repo, "init", "--quiet", "--initial-branch=main");
  await git(repo, "add", "--all");
  await git(repo, "commit", "--quiet", "--message=A partner and its first site");
  for (const mistake of mistakes) found.push(make(mistake));
});

/** Makes a mistake and answers the line that it must lead to. */
function make({ path, from, to, at, said }: Mistake): string {
  const text = readFileSync(join(repo, path), "utf8");
  expect(text, path).toContain(from);
  writeFileSync(join(repo, path), text.replace(from, to));
  const before = text.slice(0, text.indexOf(from)) + to.slice(0, to.lastIndexOf(at));
  const lines = before.split("\n");
  return `${path}:${lines.length}:${(lines.at(-1) ?? "").length + 1} error ${said}`;
}

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("a partner's repository with ten mistakes of ten kinds", () => {
  it.each([
    ["of all files", []],
    ["of the change", ["--changed-since", "HEAD"]],
  ])("gets each of them located in one run %s", async (_, flags) => {
    const { code, stdout } = await runCompline(["validate", "--repo", repo, ...flags]);
    expect(stdout.split("\n").filter((line) => /^\S+:\d+:\d+ /.test(line))).toEqual(found);
    expect(stdout).toMatch(/\d+ files, 10 errors, 0 warnings\n$/);
    expect(code).toBe(1);
  });
});
