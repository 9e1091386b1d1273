import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { git, type Running, runCompline, startProduct } from "./product.ts";

let folder: string;
let product: Running;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "compline-e2e-init-"));
  const repo = join(folder, "otterdale");
  const made = await runCompline(["init", repo, "--site", "harbour"]);
  expect(made.code, made.stderr).toBe(0);
  await git(repo, "init", "--quiet", "--initial-branch=main");
  await git(repo, "add", "--all");
  await git(repo, "commit", "--quiet", "--message=A partner and its first site");
  product = await startProduct({
    folder,
    repo,
    state: join(repo, ".compline"),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  });
});

afterAll(async () => {
  await product.stop();
  rmSync(folder, { recursive: true, force: true });
});

describe("a partner repository that `compline init` made", () => {
  it("starts as it is, and this machine is looked at and not changed", async () => {
    const { code, stdout } = await runCompline(["status", "--repo", join(folder, "otterdale"), "-o", "json"]);
    expect(code).toBe(0);
    // Our own program wrote it.
    const status = JSON.parse(stdout) as { partner: { name: string }; sites: { name: string }[] };
    expect([status.partner.name, status.sites.map(({ name }) => name)]).toEqual(["otterdale", ["harbour"]]);
    expect(product.output()).toContain("first look");
  });

  it("keeps its work tree clean while it runs", async () => {
    expect(await git(join(folder, "otterdale"), "status", "--porcelain")).toBe("");
  });
});
