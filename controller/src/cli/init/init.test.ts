import { loadTree } from "@compline/core";
import { existsSync, globSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, matchesGlob } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { readFolder } from "../../source/folder.ts";
import { makeRepository, type TestRepository } from "../../source/testdata/repository.ts";
import { ExitCode } from "../exit-code.ts";
import { validate } from "../validate/validate.ts";
import { init } from "./init.ts";
import { githubName } from "./program-reference.ts";

let repository: TestRepository;

beforeAll(async () => {
  repository = await makeRepository();
});

afterEach(() => {
  vi.restoreAllMocks();
});

afterAll(async () => {
  await repository.remove();
});

function printed(): string[] {
  const lines: string[] = [];
  vi.spyOn(process.stdout, "write").mockImplementation((chunk) => lines.push(String(chunk)) > 0);
  return lines;
}

interface Found {
  readonly diagnostics: readonly { readonly file: string; readonly line: number; readonly code: string }[];
}

async function found(folder: string): Promise<{ code: ExitCode; report: Found }> {
  const lines = printed();
  const code = await validate({ repo: folder, output: "json" });
  // Our own printer wrote it.
  return { code, report: JSON.parse(lines.join("")) as Found };
}

describe("a partner repository that was made in an empty clone", () => {
  beforeAll(async () => {
    printed();
    await init({ folder: repository.folder, partner: "otterdale", site: "harbour" });
    await repository.commit({});
  });

  it("is committed whole and validates without a warning", async () => {
    expect(await repository.git.raw("status", "--porcelain", "--ignored")).toBe("");
    const { code, report } = await found(repository.folder);
    expect([code, report.diagnostics]).toEqual([ExitCode.clean, []]);
  });

  it("has one partner, one site with healing off, and this machine as its host", async () => {
    const { documents } = loadTree(readFolder(repository.folder).files);
    expect(documents.flatMap((one) => (one.kind === "Partner" ? [one.name] : []))).toEqual(["otterdale"]);
    const [site] = documents.flatMap((one) => (one.kind === "Site" ? [one] : []));
    expect(site?.spec).toMatchObject({ healing: { mode: "off" }, hosts: [{ transport: { type: "local" } }] });
    expect(site?.spec.frameworks).toContain("hipaa");
  });

  it("shows an editor the schema of every document, by its first line and by the folder's settings", () => {
    const text = readFileSync(join(repository.folder, ".vscode/settings.json"), "utf8");
    // Our own file, just written.
    const settings = JSON.parse(text) as { "yaml.schemas": Record<string, string | string[]> };
    const documents = globSync("{frameworks,policies,runbooks,sites}/**/*.yaml", { cwd: repository.folder });
    expect(documents.length).toBeGreaterThan(20);
    for (const path of documents) {
      const [first = ""] = readFileSync(join(repository.folder, path), "utf8").split("\n");
      const named = join(dirname(path), first.replace("# yaml-language-server: $schema=", ""));
      expect(existsSync(join(repository.folder, named)), named).toBe(true);
      const mapped = Object.entries(settings["yaml.schemas"]).filter(([, globs]) => taken(path, globs));
      expect(mapped.map(([schema]) => join(schema))).toEqual([named]);
    }
  });

  it("calls the reusable workflow by commit, on pull_request, and may only read", () => {
    const text = readFileSync(join(repository.folder, ".github/workflows/validate.yml"), "utf8");
    expect(text).toMatch(/^ {2}pull_request:$/m);
    expect(text).not.toMatch(/^ *pull_request_target:/m);
    expect(text).toMatch(/^permissions:\n {2}contents: read$/m);
    expect(text).toMatch(/uses: [\w.-]+\/[\w.-]+\/\.github\/workflows\/validate\.yml@[0-9a-f]{40}$/m);
  });

  it("with ten mistakes gets ten located diagnostics in one run", async () => {
    const site = "sites/otterdale/harbour/site.yaml";
    const check = "policies/checks/linux/shadow-permissions.yaml";
    const rule = "policies/rules/sshd-root-login.yaml";
    const runbook = "runbooks/linux/shell-set-idle-timeout.yaml";
    const family = "frameworks/hipaa/controls/technical-safeguards.yaml";
    await edit(site, "timeZone: Etc/UTC", "timeZone: Etc/UCT0");
    await edit(site, 'mode: "off"', "mode: offf");
    await edit(site, "riskCeiling: low", "riskCeiling: lo");
    await edit(check, "severity: ", "severity: very-");
    await edit(check, "interval: ", "interval: 0");
    await edit(rule, "runbook: sshd-set-root-login", "runbook: sshd-set-root-logn");
    await edit(runbook, "risk: ", "risk: *");
    await edit(family, "checks: [", "checks: [sshd-root-logn, ");
    await repository.commit({ "sites/otterdale/harbour/notes.yaml": "a: 1\n" });
    await repository.commit({ "policies/rules/two.yaml": "---\n---\n" });
    const { code, report } = await found(repository.folder);
    expect(code).toBe(ExitCode.findings);
    expect(report.diagnostics.map(({ file, code: one }) => `${file} ${one}`)).toEqual([
      `${family} REF_MISSING`,
      `${check} SCHEMA_PATTERN`,
      `${check} SCHEMA_ENUM`,
      `${rule} REF_MISSING`,
      "policies/rules/two.yaml YAML_MULTIPLE_DOCUMENTS",
      `${runbook} YAML_ALIAS`,
      "sites/otterdale/harbour/notes.yaml PATH_UNEXPECTED",
      `${site} SCHEMA_TIME_ZONE`,
      `${site} SCHEMA_ENUM`,
      `${site} SCHEMA_ENUM`,
    ]);
    const place = report.diagnostics.find(({ code: one }) => one === "SCHEMA_TIME_ZONE");
    const lines = readFileSync(join(repository.folder, site), "utf8").split("\n");
    expect(lines[(place?.line ?? 0) - 1]).toBe("  timeZone: Etc/UCT0");
  });

  async function edit(path: string, before: string, after: string): Promise<void> {
    const text = readFileSync(join(repository.folder, path), "utf8");
    expect(text).toContain(before);
    await writeFile(join(repository.folder, path), text.replace(before, after));
  }
});

function taken(path: string, globs: string | readonly string[]): boolean {
  const all = typeof globs === "string" ? [globs] : globs;
  const without = all.filter((glob) => glob.startsWith("!")).map((glob) => glob.slice(1));
  return all.some((glob) => matchesGlob(path, glob)) && !without.some((glob) => matchesGlob(path, glob));
}

describe("init", () => {
  it("refuses a folder that holds something, and leaves it as it is", async () => {
    const folder = await mkdtemp(join(tmpdir(), "compline-init-"));
    await writeFile(join(folder, "notes.txt"), "mine");
    await expect(init({ folder, site: "office" })).rejects.toMatchObject({ exit: "usage" });
    expect(globSync("**", { cwd: folder })).toEqual([".", "notes.txt"]);
    await rm(folder, { recursive: true });
  });

  it.each(["../away", "A", "con", "-a", "", "a/b"])(
    "refuses the name %j before it writes",
    async (partner) => {
      const folder = await mkdtemp(join(tmpdir(), "compline-init-"));
      await expect(init({ folder, partner, site: "office" })).rejects.toMatchObject({ exit: "usage" });
      expect(globSync("**", { cwd: folder })).toEqual(["."]);
      await rm(folder, { recursive: true });
    },
  );

  it("refuses a preset that there is none of, and names the nearest", async () => {
    const folder = await mkdtemp(join(tmpdir(), "compline-init-"));
    await expect(init({ folder, site: "office", preset: "heathcare" })).rejects.toThrow(
      /REF_MISSING at \/spec\/preset[^]*nearest: healthcare/,
    );
    expect(globSync("**", { cwd: folder })).toEqual(["."]);
    await rm(folder, { recursive: true });
  });

  it("makes a site that follows a preset", async () => {
    printed();
    const parent = await mkdtemp(join(tmpdir(), "compline-init-"));
    const folder = join(parent, "lanternfish");
    await init({ folder, site: "office", preset: "healthcare" });
    const { documents } = loadTree(readFolder(folder).files);
    const sites = documents.flatMap((one) => (one.kind === "Site" ? [one.spec] : []));
    expect(sites.map(({ frameworks, preset }) => [frameworks, preset])).toEqual([[undefined, "healthcare"]]);
    await rm(parent, { recursive: true });
  });

  it("takes the partner's name from the folder", async () => {
    printed();
    const parent = await mkdtemp(join(tmpdir(), "compline-init-"));
    const folder = join(parent, "Otterdale IT (2)");
    await mkdir(folder);
    await init({ folder, site: "office" });
    expect(existsSync(join(folder, "sites/otterdale-it-2/office/site.yaml"))).toBe(true);
    await rm(parent, { recursive: true });
  });

  it.each([
    ["https://github.com/lanternfish/compline.git", "lanternfish/compline"],
    ["https://token@github.com/lanternfish/compline", "lanternfish/compline"],
    ["git@github.com:lanternfish/compline.git", "lanternfish/compline"],
    ["ssh://git@github.com/lanternfish/compline", "lanternfish/compline"],
    ["https://git.lanternfish.example/compline.git", null],
    ["https://github.com.lanternfish.example/a/b", null],
    ["", null],
  ])("finds in %j the repository %j", (address, name) => {
    expect(githubName(address)).toBe(name);
  });
});
