import { readFile } from "node:fs/promises";
import { writePrivate } from "../config/private-file.ts";
import { ControllerError, messageOf } from "../errors.ts";

/** How far a log was shown to others. */
export interface Mark {
  readonly size: number;
  /** Hex. */
  readonly root: string;
}

/**
 * The largest checkpoint of each log that was ever handed out, in a file of its own: when the store is set back to an
 * old backup, this shows it. It is to be kept out of the store's backup.
 */
export class HighWater {
  readonly #path: string;
  readonly #marks: Map<string, Mark>;

  private constructor(path: string, marks: Map<string, Mark>) {
    this.#path = path;
    this.#marks = marks;
  }

  /** Throws HIGH_WATER_INVALID for a file that is there and is none. */
  static async open(path: string): Promise<HighWater> {
    const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return null;
      throw error;
    });
    return new HighWater(path, text === null ? new Map() : parse(text, path));
  }

  /** Null for a log of which nothing was handed out. */
  of(log: string): Mark | null {
    return this.#marks.get(log) ?? null;
  }

  /** On disk when it returns: before the checkpoint is handed out. */
  async raise(log: string, mark: Mark): Promise<void> {
    const marks = new Map(this.#marks).set(log, mark);
    await writePrivate(this.#path, `${JSON.stringify(Object.fromEntries(marks), null, 2)}\n`);
    this.#marks.set(log, mark);
  }
}

function parse(text: string, path: string): Map<string, Mark> {
  try {
    const marks = Object.entries(JSON.parse(text) as Readonly<Record<string, unknown>>);
    if (marks.every((entry): entry is [string, Mark] => isMark(entry[1]))) return new Map(marks);
    throw new TypeError("expected a size and a root for each log");
  } catch (cause) {
    throw new ControllerError("HIGH_WATER_INVALID", `${path}: ${messageOf(cause)}`, { cause });
  }
}

function isMark(value: unknown): value is Mark {
  if (typeof value !== "object" || value === null || !("size" in value) || !("root" in value)) return false;
  return (
    Number.isSafeInteger(value.size) && typeof value.root === "string" && /^[0-9a-f]{64}$/.test(value.root)
  );
}
