import { execFileSync } from "node:child_process";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ObjectReader } from "./object-reader.ts";
import { readFolder } from "./folder.ts";
import { makeRepository, type TestRepository } from "./testdata/repository.ts";
import { treeLimits } from "./entry.ts";
import { readTree, TreeReader } from "./tree.ts";

const files = {
  "README.md": "not ours",
  "policies/checks/linux/b.yaml": "b: ä\n",
  "policies/checks/linux/a.yaml": "a\n",
  "sites/p/s/site.yaml": "site\n",
  "sites/p/s/practice/front/files/etc/x.yaml": "never loaded",
  "sites/p/s/practice/front/files/etc/link": { link: "/etc/passwd" },
};

describe("reading a tree", () => {
  let repository: TestRepository;
  beforeEach(async () => {
    repository = await makeRepository();
  });
  afterEach(() => repository.remove());

  test("takes the manifests only, sorted, the same from a revision and from the folder", async () => {
    const revision = await repository.commit(files);
    const fromGit = await readTree(repository.folder, revision);
    expect(fromGit.files.map((file) => [file.path, file.text])).toEqual([
      ["policies/checks/linux/a.yaml", "a\n"],
      ["policies/checks/linux/b.yaml", "b: ä\n"],
      ["sites/p/s/site.yaml", "site\n"],
    ]);
    expect(fromGit.diagnostics).toEqual([]);
    const fromFolder = readFolder(repository.folder);
    expect(fromFolder.files.map(({ path, text }) => [path, text])).toEqual(
      fromGit.files.map(({ path, text }) => [path, text]),
    );
  });

  test("reads the revision that was asked for, not the folder", async () => {
    const revision = await repository.commit(files);
    await repository.commit({ "policies/checks/linux/a.yaml": "later\n" });
    expect((await readTree(repository.folder, revision)).files[0]?.text).toBe("a\n");
  });

  test("a link, an oversized file and a file that is no text are diagnostics, and the rest is read", async () => {
    const revision = await repository.commit({
      ...files,
      "sites/p/elsewhere": { link: "/etc" },
      "policies/rules/large.yaml": "x".repeat(treeLimits.fileBytes + 1),
    });
    for (const result of [await readTree(repository.folder, revision), readFolder(repository.folder)]) {
      expect(result.diagnostics.map(({ file, code }) => [file, code])).toEqual([
        ["policies/rules/large.yaml", "YAML_TOO_LARGE"],
        ["sites/p/elsewhere", "PATH_UNEXPECTED"],
      ]);
      expect(result.files).toHaveLength(3);
    }
  });

  test("a submodule where manifests belong is a diagnostic", async () => {
    const head = await repository.commit(files);
    await repository.git.raw("update-index", "--add", "--cacheinfo", `160000,${head},runbooks/linux`);
    await repository.git.raw("commit", "--quiet", "-m", "submodule");
    const { diagnostics } = await readTree(repository.folder, "HEAD");
    expect(diagnostics).toMatchObject([{ file: "runbooks/linux", found: "a submodule" }]);
  });

  test("a folder without any of the four is an empty tree", async () => {
    const empty = await mkdtemp(join(tmpdir(), "compline-empty-"));
    expect(readFolder(empty)).toEqual({ files: [], diagnostics: [] });
    await rm(empty, { recursive: true });
  });

  test("an executable file is a file", async () => {
    await repository.commit(files);
    await chmod(join(repository.folder, "sites/p/s/site.yaml"), 0o755);
    const revision = await repository.commit({});
    expect((await readTree(repository.folder, revision)).diagnostics).toEqual([]);
  });
});

describe("a tree reader", () => {
  let repository: TestRepository;
  let objects: ObjectReader;
  beforeEach(async () => {
    repository = await makeRepository();
    objects = new ObjectReader(repository.folder);
  });
  afterEach(async () => {
    objects.close();
    await repository.remove();
  });

  test("gives the same object for what did not change, and another for what did", async () => {
    const reader = new TreeReader(objects);
    const before = await reader.read(await repository.commit(files));
    const changed = { "policies/checks/linux/a.yaml": "other\n", "sites/p/s/more.yaml": "more\n" };
    const after = await reader.read(await repository.commit(changed));
    expect(after.files.map(({ path, text }) => [path, text])).toEqual([
      ["policies/checks/linux/a.yaml", "other\n"],
      ["policies/checks/linux/b.yaml", "b: ä\n"],
      ["sites/p/s/more.yaml", "more\n"],
      ["sites/p/s/site.yaml", "site\n"],
    ]);
    expect(after.files.filter((file) => before.files.includes(file)).map(({ path }) => path)).toEqual([
      "policies/checks/linux/b.yaml",
      "sites/p/s/site.yaml",
    ]);
  });

  test("tells a file that moved from the one it was, though its bytes are the same", async () => {
    const reader = new TreeReader(objects);
    await reader.read(await repository.commit({ "sites/p/a.yaml": "same\n" }));
    const moved = await repository.commit({ "sites/p/a.yaml": null, "sites/p/b.yaml": "same\n" });
    expect((await reader.read(moved)).files.map(({ path }) => path)).toEqual(["sites/p/b.yaml"]);
  });

  test("refuses a few small trees that name each other into a million paths", async () => {
    await repository.commit(files);
    const mktree = (lines: readonly string[]): string =>
      execFileSync("git", ["mktree"], {
        cwd: repository.folder,
        input: lines.join("\n"),
        encoding: "utf8",
      }).trim();
    let tree = (await repository.git.raw("rev-parse", "HEAD:sites")).trim();
    for (let level = 0; level < 6; level++) {
      const child = tree;
      tree = mktree(Array.from({ length: 10 }, (_, n) => `040000 tree ${child}\tn${n}`));
    }
    const root = mktree([`040000 tree ${tree}\tsites`]);
    const commit = (await repository.git.raw("commit-tree", "-m", "many", root)).trim();
    await expect(new TreeReader(objects).read(commit)).rejects.toMatchObject({ code: "TREE_TOO_LARGE" });
  });
});

describe("an object reader", () => {
  test("answers many reads in order, says what is missing, and goes on after its git was ended", async () => {
    const repository = await makeRepository();
    await repository.commit({ large: "x\n".repeat(200_000), small: "s", empty: "" });
    const idOf = async (name: string): Promise<string> =>
      (await repository.git.raw("rev-parse", `HEAD:${name}`)).trim();
    const [large, small, empty] = [await idOf("large"), await idOf("small"), await idOf("empty")];
    const objects = new ObjectReader(repository.folder);
    const commit = (await repository.git.raw("rev-parse", "HEAD")).trim();
    const reads = [
      objects.read(small),
      objects.read(commit),
      objects.read(large),
      objects.read("0".repeat(40)),
      objects.read(empty),
    ];
    const results = await Promise.allSettled(reads);
    expect(results.map((r) => (r.status === "fulfilled" ? r.value.length : r.reason.code))).toEqual([
      1,
      "GIT_OBJECT",
      400_000,
      "GIT_OBJECT",
      0,
    ]);
    const cut = objects.read(large);
    objects.close();
    await expect(cut).rejects.toMatchObject({ code: "GIT_FAILED" });
    expect(String(await objects.read(small))).toBe("s");
    objects.close();
    await repository.remove();
  });
});
