import { enrolAppliance, enrolPartner } from "@compline/core";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openGit } from "../source/git.ts";
import { desiredFolders } from "../source/entry.ts";
import type { Checkout } from "./checkout.ts";

/** The branch the controller follows; only `compline start` writes it. */
export const DEMO_BRANCH = "demo";

/** The old value that `update-ref` takes for "must not exist". */
const NONE = "0".repeat(40);
const CHECKOUT_REF = "refs/compline/checkout";
const AUTHOR = {
  GIT_AUTHOR_NAME: "Compline",
  GIT_AUTHOR_EMAIL: "start@compline.invalid",
  GIT_COMMITTER_NAME: "Compline",
  GIT_COMMITTER_EMAIL: "start@compline.invalid",
};

/** What was born on this machine and so cannot be in the shipped YAML: each is written into the file that declares it. */
export interface Born {
  readonly partner: {
    readonly path: string;
    readonly authorityPublicKey: string;
    readonly logOrigin: string;
  };
  readonly appliances: readonly { readonly path: string; readonly id: string; readonly publicKey: string }[];
}

/** One state of the demo branch. */
export interface DemoState {
  /** The tip of the branch. */
  readonly revision: string;
  /** The commit of the user's folder that it carries. */
  readonly carries: string;
  /** Whether this call moved the branch. */
  readonly moved: boolean;
}

/** Makes the bare repository when it is missing. */
export async function prepareDesired(desired: string): Promise<void> {
  if (existsSync(join(desired, "HEAD"))) return;
  await openGit(tmpdir()).raw("init", "--quiet", "--bare", `--initial-branch=${DEMO_BRANCH}`, desired);
}

/**
 * Takes the commit that the folder stands on into the bare repository, or, for a folder without a repository, its
 * files as one commit. Returns the commit; the folder is only read.
 */
export async function takeCheckout(desired: string, folder: string, checkout: Checkout): Promise<string> {
  if (checkout.kind === "repository") return await fetchCommit(desired, folder, checkout.head);
  if (checkout.kind === "download") return await importFolder(desired, folder);
  throw new Error("unreachable: a folder without a commit is refused before it is taken");
}

/** A shallow clone is taken as it is: its history ends where the clone's ends. */
async function fetchCommit(desired: string, folder: string, head: string): Promise<string> {
  const git = openGit(desired);
  if ((await resolve(desired, CHECKOUT_REF)) === head) return head;
  await git.raw(
    "fetch",
    "--quiet",
    "--no-tags",
    "--no-write-fetch-head",
    "--update-shallow",
    folder,
    `+HEAD:${CHECKOUT_REF}`,
  );
  return (await git.raw("rev-parse", CHECKOUT_REF)).trim();
}

async function importFolder(desired: string, folder: string): Promise<string> {
  return await withIndex(async (index) => {
    const git = openGit(folder, {
      GIT_DIR: desired,
      GIT_WORK_TREE: folder,
      GIT_INDEX_FILE: index,
      ...AUTHOR,
    });
    await git.raw(
      "add",
      "--all",
      "--force",
      "--",
      ...desiredFolders.filter((name) => existsSync(join(folder, name))),
    );
    const tree = (await git.raw("write-tree")).trim();
    const previous = await resolve(desired, CHECKOUT_REF);
    if (previous !== null && (await resolve(desired, `${previous}^{tree}`)) === tree) return previous;
    const parents = previous === null ? [] : ["-p", previous];
    const commit = (
      await git.raw("commit-tree", tree, ...parents, "-m", "Import of a folder without a repository")
    ).trim();
    await git.raw("update-ref", CHECKOUT_REF, commit);
    return commit;
  });
}

/**
 * Moves the demo branch to carry a commit of the folder and what was born here: a merge of the branch and the commit,
 * whose tree is the commit's with the born files written over. So amended and switched branches move it forward, too.
 * Nothing is written when it carries both already.
 */
export async function advanceDemo(desired: string, commit: string, born: Born): Promise<DemoState> {
  const tip = await resolve(desired, `refs/heads/${DEMO_BRANCH}`);
  const tree = await writeBornTree(desired, commit, born);
  if (tip !== null && (await carries(desired, tip, { commit, tree })))
    return { revision: tip, carries: commit, moved: false };
  const git = openGit(desired, AUTHOR);
  const parents = tip === null ? ["-p", commit] : ["-p", tip, "-p", commit];
  const message = `Carry ${commit.slice(0, 12)} with what was born on this machine`;
  const revision = (await git.raw("commit-tree", tree, ...parents, "-m", message)).trim();
  await git.raw("update-ref", `refs/heads/${DEMO_BRANCH}`, revision, tip ?? NONE);
  return { revision, carries: commit, moved: true };
}

async function carries(
  desired: string,
  tip: string,
  wanted: { commit: string; tree: string },
): Promise<boolean> {
  const [, ...parents] = (await openGit(desired).raw("rev-list", "--parents", "-n", "1", tip))
    .trim()
    .split(" ");
  return parents.at(-1) === wanted.commit && (await resolve(desired, `${tip}^{tree}`)) === wanted.tree;
}

async function writeBornTree(desired: string, commit: string, born: Born): Promise<string> {
  return await withIndex(async (index, folder) => {
    const git = openGit(desired, { GIT_INDEX_FILE: index });
    await git.raw("read-tree", commit);
    for (const { path, edit } of bornEdits(born)) {
      const text = await readBlob(desired, commit, path);
      if (text === null) continue;
      const file = join(folder, "blob");
      await writeFile(file, edit(text));
      const blob = (await git.raw("hash-object", "-w", "--no-filters", file)).trim();
      await git.raw("update-index", "--cacheinfo", `100644,${blob},${path}`);
    }
    return (await git.raw("write-tree")).trim();
  });
}

function bornEdits(born: Born): { path: string; edit: (text: string) => string }[] {
  const { partner } = born;
  return [
    { path: partner.path, edit: (text) => enrolPartner(text, partner) },
    ...born.appliances.map((appliance) => ({
      path: appliance.path,
      edit: (text: string) => enrolAppliance(text, { id: appliance.id, publicKey: appliance.publicKey }),
    })),
  ];
}

async function readBlob(desired: string, commit: string, path: string): Promise<string | null> {
  if ((await resolve(desired, `${commit}:${path}`)) === null) return null;
  return await openGit(desired).raw("cat-file", "blob", `${commit}:${path}`);
}

async function resolve(repository: string, name: string): Promise<string | null> {
  const found = await openGit(repository)
    .raw("rev-parse", "--quiet", "--verify", name)
    .catch(() => "");
  return found.trim() === "" ? null : found.trim();
}

/** A throw-away index and a folder for blobs, both gone afterwards. */
async function withIndex<T>(work: (index: string, folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), "compline-index-"));
  try {
    return await work(join(folder, "index"), folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
