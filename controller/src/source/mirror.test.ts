import { mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Mirror } from "./mirror.ts";
import { makeRepository, type TestRepository } from "./testdata/repository.ts";

describe("a mirror", () => {
  let repository: TestRepository;
  let state: string;
  let mirror: Mirror;
  const open = (branch = "main"): Promise<Mirror> =>
    Mirror.open({ name: "s", repository: repository.folder, branch }, join(state, "s.git"));
  beforeEach(async () => {
    repository = await makeRepository();
    state = await mkdtemp(join(tmpdir(), "compline-mirror-"));
    mirror = await open();
  });
  afterEach(async () => {
    mirror.close();
    await repository.remove();
    await rm(state, { recursive: true });
  });

  test("fetches what the branch points at, and sees that it moved before it fetches", async () => {
    const first = await repository.commit({ "a.txt": "1" });
    expect(await mirror.fetch()).toBe(first);
    const second = await repository.commit({ "a.txt": "2" });
    expect(await mirror.remoteHead()).toBe(second);
    expect(await mirror.has(second)).toBe(false);
    expect(await mirror.fetch()).toBe(second);
    expect(await mirror.countCommits(second)).toBe(2);
  });

  test("knows a descendant from an amended commit and from a history of its own", async () => {
    const first = await repository.commit({ "a.txt": "1" });
    const second = await repository.commit({ "a.txt": "2" });
    await mirror.fetch();
    await mirror.keep(second);
    const amended = await repository.commit({ "a.txt": "3" }, "--amend");
    await mirror.fetch();
    expect(await mirror.descends(second, first)).toBe(true);
    expect(await mirror.descends(amended, first)).toBe(true);
    expect(await mirror.descends(amended, second)).toBe(false);
    await repository.git.raw("checkout", "--quiet", "--orphan", "other");
    await repository.commit({ "a.txt": "4" });
    await repository.git.raw("branch", "--force", "main", "other");
    const unrelated = await mirror.fetch();
    expect(await mirror.descends(unrelated, first)).toBe(false);
    expect(await mirror.has(second)).toBe(true);
  });

  test.each(["HEAD", "config"])("whose %s was cut off is made anew", async (name) => {
    const first = await repository.commit({ "a.txt": "1" });
    await mirror.fetch();
    await writeFile(join(state, "s.git", name), name === "HEAD" ? "" : "[core");
    const again = await open();
    expect(await again.fetch()).toBe(first);
    again.close();
  });

  test("that cannot be made anew stays as it is", async () => {
    const first = await repository.commit({ "a.txt": "1" });
    await mirror.fetch();
    await rename(repository.folder, `${repository.folder}.away`);
    await expect(mirror.renew()).rejects.toMatchObject({ code: "GIT_FAILED" });
    await rename(`${repository.folder}.away`, repository.folder);
    expect(await mirror.has(first)).toBe(true);
    await mirror.renew();
    expect(await mirror.has(first)).toBe(true);
  });

  test("says so when the source has no such branch, or is not there", async () => {
    await expect(mirror.remoteHead()).rejects.toMatchObject({ code: "BRANCH_MISSING" });
    const elsewhere = await Mirror.open(
      { name: "t", repository: join(state, "nothing"), branch: "main" },
      join(state, "t.git"),
    );
    await expect(elsewhere.remoteHead()).rejects.toMatchObject({ code: "GIT_FAILED" });
  });

  test("opens again after a git that was killed left a lock behind", async () => {
    await repository.commit({ "a.txt": "1" });
    await mirror.fetch();
    await writeFile(join(state, "s.git", "refs/compline/fetched.lock"), "");
    await repository.commit({ "a.txt": "2" });
    await expect(mirror.fetch()).rejects.toMatchObject({ code: "GIT_FAILED" });
    const again = await open();
    expect(await again.fetch()).toBe(await again.remoteHead());
  });

  test("takes a shallow source as it is", async () => {
    await repository.commit({ "a.txt": "1" });
    const head = await repository.commit({ "a.txt": "2" });
    const shallow = join(state, "shallow.git");
    await repository.git.raw(
      "clone",
      "--quiet",
      "--bare",
      "--depth=1",
      `file://${repository.folder}`,
      shallow,
    );
    const address = { name: "t", repository: shallow, branch: "main" };
    expect(await (await Mirror.open(address, join(state, "t.git"))).fetch()).toBe(head);
  });
});
