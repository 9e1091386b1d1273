import { basename, dirname } from "node:path";
import { matchesGlob } from "@compline/core/appliance";
import { HostError } from "../../errors.ts";
import {
  absent,
  componentsOf,
  type HostFile,
  type HostFiles,
  type Listing,
  masked,
  MAX_ENTRIES,
  MAX_FILE_BYTES,
  unreadable,
} from "../host-files.ts";
import { tokenOfComplaint } from "./complaint.ts";
import type { Executed } from "./execute.ts";
import { LIST, READ, REMOVE, SET_MODE, STAT, SWEEP, WRITE } from "./scripts.ts";

/** Runs a script of a POSIX shell with arguments. @throws HostError when there is no answer */
export type RunScript = (script: string, words: readonly string[], stdin?: Buffer) => Promise<Executed>;

const TYPE_BITS = 0o170000;
const REGULAR = 0o100000;
const CHARACTER_DEVICE = 0o020000;

/**
 * The files of a host behind a shell. Links are followed, as every program there does, and owners are kept. Looking at
 * a file's kind and reading it are two steps: a file that is exchanged in between is read as what it has become.
 */
export function sshFiles(run: RunScript): HostFiles {
  const change = (script: string, path: string, ...rest: string[]): Promise<void> =>
    changing(run, script, { path, rest });
  return {
    read: (path) => looking(path, () => run(READ, checked(path)), readFile),
    stat: (path) =>
      looking(
        path,
        () => run(STAT, checked(path)),
        (_, file) => file,
      ),
    list: (glob) => list(run, glob),
    write: (path, { bytes, mode }) =>
      changing(run, WRITE, { path, rest: [octal(mode), String(bytes.length)], stdin: bytes }),
    setMode: (path, mode) => change(SET_MODE, path, octal(mode)),
    remove: (path) => change(REMOVE, path),
    sweep: (path) => change(SWEEP, path),
  };
}

interface Answer {
  readonly device: string;
  readonly content: Buffer;
}

async function looking(
  path: string,
  run: () => Promise<Executed>,
  read: (answer: Answer, file: HostFile) => HostFile,
): Promise<HostFile> {
  try {
    const { code, stdout, stderr } = await run();
    const end = stdout.indexOf("\n");
    if (code !== 0) {
      const token = tokenOfComplaint(stderr);
      return token === null ? absent(path) : unreadable(path, token);
    }
    const words = stdout.subarray(0, Math.max(end, 0)).toString("latin1").split(" ");
    const [mode = "", uid, gid, changed, ...device] = words;
    const numbers = {
      mode: Number.parseInt(mode, 16),
      uid: Number(uid),
      gid: Number(gid),
      modifiedAt: Number(changed) * 1000,
    };
    if (Object.values(numbers).some((number) => !Number.isFinite(number)))
      return unreadable(path, "IO_FAILED");
    const file = { path, found: true, bytes: null, ...numbers, error: null };
    return read({ device: device.join(" "), content: stdout.subarray(end + 1) }, file);
  } catch (error) {
    if (error instanceof HostError) return unreadable(path, error.token);
    throw error;
  }
}

function readFile({ device, content }: Answer, file: HostFile): HostFile {
  const type = (file.mode ?? 0) & TYPE_BITS;
  if (type === CHARACTER_DEVICE && device === "1 3") return masked(file.path);
  if (type !== REGULAR) return unreadable(file.path, "NOT_A_FILE");
  if (content.length > MAX_FILE_BYTES) return unreadable(file.path, "FILE_TOO_LARGE");
  return { ...file, bytes: content };
}

async function list(run: RunScript, glob: string): Promise<Listing> {
  try {
    checked(glob);
    const directory = dirname(glob);
    const { code, stdout, stderr } = await run(LIST, [directory === "/" ? "" : directory]);
    if (code !== 0) return { paths: [], error: tokenOfComplaint(stderr) };
    const names = stdout
      .toString("utf8")
      .split("\0")
      .slice(0, -1)
      .map((path) => basename(path));
    const paths = names.map((name) => glob.slice(0, -basename(glob).length) + name);
    const matching = paths.filter((path) => matchesGlob(glob, path));
    return matching.length > MAX_ENTRIES
      ? { paths: [], error: "FILE_TOO_LARGE" }
      : { paths: matching.toSorted(), error: null };
  } catch (error) {
    if (!(error instanceof HostError)) throw error;
    return { paths: [], error: error.token === "OUTPUT_TOO_LARGE" ? "FILE_TOO_LARGE" : error.token };
  }
}

interface Change {
  readonly path: string;
  readonly rest: readonly string[];
  readonly stdin?: Buffer;
}

async function changing(run: RunScript, script: string, { path, rest, stdin }: Change): Promise<void> {
  const { code, stderr } = await run(script, [...checked(path), ...rest], stdin);
  if (code !== 0) throw new HostError(tokenOfComplaint(stderr) ?? "DIRECTORY_MISSING");
}

/** A path as a script's only argument; one with a line end would not survive the shell's own substitutions. */
function checked(path: string): readonly string[] {
  componentsOf(path);
  if (/[\n\r]/.test(path)) throw new HostError("PATH_REFUSED");
  return [path];
}

function octal(mode: number): string {
  return `0${mode.toString(8)}`;
}
