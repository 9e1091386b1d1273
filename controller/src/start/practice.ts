import { existsSync } from "node:fs";
import { chmod, cp, mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";

/** Where a practice host's tree is kept beside its site, and where the copy that is broken and healed lies. */
export interface PracticeHost {
  readonly shipped: string;
  readonly root: string;
}

const FOLDER_MODE = 0o755;
const FILE_MODE = 0o644;

/** Copies the shipped tree to where it is missing. An existing copy is what the appliance works on, and is left alone. */
export async function preparePractice(host: PracticeHost): Promise<void> {
  if (!existsSync(host.root)) await copyPractice(host);
}

/** Puts the shipped tree in place of what is there, in one rename. */
export async function copyPractice(host: PracticeHost): Promise<void> {
  const half = `${host.root}.new`;
  const old = `${host.root}.old`;
  await rm(half, { recursive: true, force: true });
  await mkdir(dirname(half), { recursive: true, mode: 0o700 });
  await cp(join(host.shipped, "files"), half, { recursive: true, verbatimSymlinks: true });
  await applyModes(half, await readModes(host.shipped));
  await rm(old, { recursive: true, force: true });
  if (existsSync(host.root)) await rename(host.root, old);
  await rename(half, host.root);
  await rm(old, { recursive: true, force: true });
}

/** git keeps only the executable bit, so the modes that differ from 0644 and 0755 are in a manifest beside the files. */
async function readModes(shipped: string): Promise<ReadonlyMap<string, number>> {
  // Our own file, shipped beside the tree.
  const modes = JSON.parse(await readFile(join(shipped, "modes.json"), "utf8")) as Record<string, string>;
  return new Map(Object.entries(modes).map(([path, mode]) => [path, Number.parseInt(mode, 8)]));
}

async function applyModes(folder: string, modes: ReadonlyMap<string, number>, below = ""): Promise<void> {
  await chmod(folder, modes.get(below) ?? FOLDER_MODE);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    const name = below === "" ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) await applyModes(path, modes, name);
    else if (entry.isFile()) await chmod(path, modes.get(name) ?? FILE_MODE);
  }
}
