import { posix } from "node:path";
import { LabError } from "./programs.ts";
import type { Machine } from "./machine.ts";

/** What is to be looked at beside the machine's configuration. */
export interface Subjects {
  /** Paths of which content, mode and owner count. */
  readonly files: readonly string[];
  /** Paths of which mode and owner count: what is in a log grows. */
  readonly modes: readonly string[];
  /** Units of systemd, with their endings. */
  readonly units: readonly string[];
}

/** What lies at paths of a machine: type, mode, owner and content of each; and what units are, by their names. */
export type MachineImage = ReadonlyMap<string, string>;

type Runner = Pick<Machine, "run">;

const CONFIGURATION = "/etc";

const ALONE = ["-prune"];

const DIGEST = ["-type", "f", "-exec", "/usr/bin/sha256sum", "{}", "+"];

/** All of the machine's configuration, and some more, looked at beside SSH. */
export async function imageOf(machine: Runner, { files, modes, units }: Subjects): Promise<MachineImage> {
  const outside = [files, modes].map((paths) =>
    paths.filter((path) => !path.startsWith(`${CONFIGURATION}/`)),
  );
  return new Map([
    ...(await filesOf(machine, [CONFIGURATION, ...(outside[0] ?? [])], DIGEST)),
    ...(await filesOf(machine, outside[1] ?? [], ALONE)),
    ...(await unitsOf(machine, units)),
  ]);
}

async function unitsOf(machine: Runner, units: readonly string[]): Promise<readonly [string, string][]> {
  return Promise.all(
    [...new Set(units)].map(async (unit): Promise<[string, string]> => {
      const { stdout } = await machine.run([
        "/usr/bin/systemctl",
        "show",
        "--property=LoadState,ActiveState,UnitFileState",
        "--",
        unit,
      ]);
      return [unit, stdout];
    }),
  );
}

/** `more` is what find does with each beside printing what it is. */
async function filesOf(
  machine: Runner,
  paths: readonly string[],
  more: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (paths.length === 0) return new Map();
  const print = ["-xdev", "-printf", "%p\t%y %m %U:%G %l\n", ...more];
  const { code, stdout, stderr } = await machine.run(["/usr/bin/find", ...paths, ...print]);
  // A path that is not there is an error of its own to find, and here a fact.
  if (code < 0) throw new LabError(`the files of a machine could not be read: ${stderr}`);
  const image = new Map<string, string>();
  for (const line of stdout.split("\n")) {
    const [, sum, summed] = /^\\?([0-9a-f]{64}) {2}(.*)$/.exec(line) ?? [];
    const [path = "", state = ""] = summed === undefined ? line.split("\t") : [summed, `sha256 ${sum}`];
    if (path !== "") image.set(path, `${image.get(path) ?? ""}${state}\n`);
  }
  return image;
}

/** The paths that are not the same in two images, sorted. */
export function differing(before: MachineImage, after: MachineImage): readonly string[] {
  const paths = new Set([...before.keys(), ...after.keys()]);
  return [...paths].filter((path) => before.get(path) !== after.get(path)).toSorted();
}

/** Makes the folders of paths that are missing; answers those that it made, the innermost first. */
export async function makeFolders(machine: Runner, paths: readonly string[]): Promise<readonly string[]> {
  const made: string[] = [];
  for (const path of paths) made.push(...(await makeFolder(machine, posix.dirname(path))));
  return made.toReversed();
}

/** Answers what it made, the outermost first. */
async function makeFolder(machine: Runner, folder: string): Promise<readonly string[]> {
  const { code } = await machine.run(["/usr/bin/test", "-d", folder]);
  if (code === 0) return [];
  const outer = await makeFolder(machine, posix.dirname(folder));
  await machine.run(["/usr/bin/mkdir", folder]);
  return [...outer, folder];
}

/** Removes folders that were made, as far as they are empty. */
export async function removeFolders(machine: Runner, folders: readonly string[]): Promise<void> {
  for (const folder of folders) await machine.run(["/usr/bin/rmdir", folder]);
}
