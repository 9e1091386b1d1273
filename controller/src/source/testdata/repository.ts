import { execFile } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import type { Git } from "../git.ts";
import { gitEnvironment, gitFlags } from "../git-process.ts";

/** A real repository in a temporary folder, for tests. Its branch is `main`. */
export interface TestRepository {
  readonly folder: string;
  readonly git: Git;
  /** Writes these files (null removes one, `{link}` makes a symbolic link), commits everything, answers the commit. */
  commit(
    files: Readonly<Record<string, string | null | { readonly link: string }>>,
    ...flags: string[]
  ): Promise<string>;
  /** Writes a file without committing it. */
  put(path: string, text: string): Promise<void>;
  remove(): Promise<void>;
}

/** Nobody misses a test's commit after a power cut, and waiting for the disk is most of what a commit takes. */
const flags = [...gitFlags, "-c", "core.fsync=none"];

const author = {
  GIT_AUTHOR_NAME: "Test",
  GIT_AUTHOR_EMAIL: "test@compline.invalid",
  GIT_COMMITTER_NAME: "Test",
  GIT_COMMITTER_EMAIL: "test@compline.invalid",
};

/** Makes an empty repository. */
export async function makeRepository(): Promise<TestRepository> {
  const folder = await mkdtemp(join(tmpdir(), "compline-repository-"));
  const env = gitEnvironment(author);
  const git: Git = {
    raw: async (...args) => (await promisify(execFile)("git", [...flags, ...args], { cwd: folder, env })).stdout,
  };
  await git.raw("init", "--quiet", "--initial-branch=main");
  return {
    folder,
    git,
    commit: async (files, ...more) => {
      for (const [path, content] of Object.entries(files)) await put(join(folder, path), content);
      await git.raw("add", "--all");
      await git.raw("commit", "--quiet", "--allow-empty", "-m", "test", ...more);
      return (await git.raw("rev-parse", "HEAD")).trim();
    },
    put: (path, text) => put(join(folder, path), text),
    remove: () => rm(folder, { recursive: true }),
  };
}

async function put(path: string, content: string | null | { readonly link: string }): Promise<void> {
  if (content === null) return await rm(path);
  await mkdir(dirname(path), { recursive: true });
  await (typeof content === "string" ? writeFile(path, content) : symlink(content.link, path));
}
