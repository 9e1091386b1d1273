import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readCheckout } from "./checkout.ts";
import { type Born, type DemoState, advanceDemo, prepareDesired, takeCheckout } from "./demo-branch.ts";

const PARTNER = "sites/acme/partner.yaml";
const BOX = "sites/acme/hill/appliances/box.yaml";
const born: Born = {
  partner: { path: PARTNER, authorityPublicKey: "a".repeat(64), logOrigin: "log.compline.invalid/x" },
  appliances: [{ path: BOX, id: "01M84TR9TT9M747S8MC7VGTTK4", publicKey: "b".repeat(64) }],
};

let folder: string;
let repo: string;
let desired: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "compline-demo-branch-"));
  repo = join(folder, "repo");
  desired = join(folder, "desired.git");
  write(
    PARTNER,
    "apiVersion: compline.dev/v1\nkind: Partner\nmetadata: { name: acme }\nspec:\n  # kept\n  id: 01M84TR9PXWWPEK5ABP7RTM61C\n  displayName: Acme\n",
  );
  write(BOX, "apiVersion: compline.dev/v1\nkind: Appliance\nmetadata: { name: box }\nspec: {}\n");
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, text: string): void {
  mkdirSync(dirname(join(repo, path)), { recursive: true });
  writeFileSync(join(repo, path), text);
}

function git(where: string, ...args: string[]): string {
  const identity = {
    GIT_AUTHOR_NAME: "T",
    GIT_AUTHOR_EMAIL: "t@compline.test",
    GIT_COMMITTER_NAME: "T",
    GIT_COMMITTER_EMAIL: "t@compline.test",
  };
  return execFileSync("git", args, {
    cwd: where,
    env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", ...identity },
    encoding: "utf8",
  }).trim();
}

function commitAll(message: string, ...flags: string[]): string {
  git(repo, "add", "--all");
  git(repo, "commit", "--quiet", "--message", message, ...flags);
  return git(repo, "rev-parse", "HEAD");
}

async function carry(): Promise<DemoState> {
  await prepareDesired(desired);
  const commit = await takeCheckout(desired, repo, await readCheckout(repo));
  return await advanceDemo(desired, commit, born);
}

function isAncestor(older: string, newer: string): boolean {
  return git(desired, "merge-base", older, newer) === older;
}

describe("in a repository", () => {
  let first: string;

  beforeEach(() => {
    git(folder, "init", "--quiet", "--initial-branch=main", repo);
    first = commitAll("first");
  });

  it("the branch carries the commit, with what was born here written into the files that declare it", async () => {
    const state = await carry();
    const partner = git(desired, "show", `demo:${PARTNER}`);
    expect(partner).toContain("# kept");
    expect(partner).toContain("a".repeat(64));
    expect(git(desired, "show", `demo:${BOX}`)).toContain("b".repeat(64));
    expect(isAncestor(first, state.revision)).toBe(true);
  });

  it("a box's key that a commit names is carried, and not the one that was born before", async () => {
    const spec = `spec:\n  id: ${born.appliances[0]?.id}\n  publicKey: "${"c".repeat(64)}"\n`;
    write(BOX, `apiVersion: compline.dev/v1\nkind: Appliance\nmetadata: { name: box }\n${spec}`);
    commitAll("rotated");
    await carry();
    expect(git(desired, "show", `demo:${BOX}`)).toContain("c".repeat(64));
  });

  it("a commit that it carries already moves nothing", async () => {
    const one = await carry();
    const two = await carry();
    expect(two).toEqual({ ...one, moved: false });
  });

  it("a new commit becomes a merge of the branch and the commit", async () => {
    const one = await carry();
    write("sites/acme/README.md", "x");
    const second = commitAll("second");
    const two = await carry();
    expect(git(desired, "rev-list", "--parents", "-n", "1", two.revision)).toBe(
      `${two.revision} ${one.revision} ${second}`,
    );
  });

  it("an amended commit moves it forward, and the amended content wins", async () => {
    const one = await carry();
    write(PARTNER, readFileSync(join(repo, PARTNER), "utf8").replace("Acme", "Acme Two"));
    commitAll("first, better", "--amend");
    const two = await carry();
    expect(isAncestor(one.revision, two.revision)).toBe(true);
    expect(git(desired, "show", `demo:${PARTNER}`)).toContain("Acme Two");
  });

  it("switching to another branch and back moves it forward each time", async () => {
    const one = await carry();
    git(repo, "checkout", "--quiet", "--orphan", "other");
    write("sites/acme/only-here.txt", "x");
    commitAll("other");
    const two = await carry();
    git(repo, "checkout", "--quiet", "main");
    const three = await carry();
    expect(isAncestor(one.revision, two.revision) && isAncestor(two.revision, three.revision)).toBe(true);
    expect(git(desired, "ls-tree", "-r", "--name-only", three.revision)).not.toContain("only-here");
  });

  it("a file that is edited and not committed is named and not carried", async () => {
    write(PARTNER, `${readFileSync(join(repo, PARTNER), "utf8")}# edited\n`);
    write("sites/acme/hill/site.yaml", "new: true\n");
    const checkout = await readCheckout(repo);
    expect(checkout).toMatchObject({ kind: "repository", edits: ["sites/acme/hill/site.yaml", PARTNER] });
    await carry();
    expect(git(desired, "show", `demo:${PARTNER}`)).not.toContain("# edited");
  });

  it("neither references, configuration nor index of the folder are written", async () => {
    const before = [
      git(repo, "for-each-ref"),
      readFileSync(join(repo, ".git/config"), "utf8"),
      statSync(join(repo, ".git/index")).mtimeMs,
    ];
    await readCheckout(repo);
    await carry();
    expect([
      git(repo, "for-each-ref"),
      readFileSync(join(repo, ".git/config"), "utf8"),
      statSync(join(repo, ".git/index")).mtimeMs,
    ]).toEqual(before);
  });

  it("a shallow clone is taken as it is", async () => {
    write("sites/acme/second.txt", "x");
    commitAll("second");
    const shallow = join(folder, "shallow");
    git(folder, "clone", "--quiet", "--depth=1", `file://${repo}`, shallow);
    await prepareDesired(desired);
    const commit = await takeCheckout(desired, shallow, await readCheckout(shallow));
    const state = await advanceDemo(desired, commit, born);
    expect(git(desired, "show", `${state.revision}:sites/acme/second.txt`)).toBe("x");
  });
});

describe("in a folder without a repository of its own", () => {
  it("its files become one commit, and the same files no other", async () => {
    expect(await readCheckout(repo)).toEqual({ kind: "download" });
    const one = await carry();
    expect((await carry()).moved).toBe(false);
    write("sites/acme/second.txt", "x");
    const two = await carry();
    expect(isAncestor(one.revision, two.revision)).toBe(true);
    expect(git(desired, "show", "demo:sites/acme/second.txt")).toBe("x");
  });

  it("a repository further up does not count", async () => {
    git(folder, "init", "--quiet");
    expect(await readCheckout(repo)).toEqual({ kind: "download" });
  });
});

it("a repository without a commit is told apart", async () => {
  cpSync(repo, join(folder, "unborn"), { recursive: true });
  git(join(folder, "unborn"), "init", "--quiet");
  expect(await readCheckout(join(folder, "unborn"))).toEqual({ kind: "unborn" });
});
