import { writeFile } from "node:fs/promises";
import { CliError } from "./failure.ts";

/** Writes a file that must not be there yet. Throws `CliError` (usage) when it is. */
export async function writeNew(path: string, bytes: Uint8Array): Promise<void> {
  await writeFile(path, bytes, { flag: "wx" }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== "EEXIST") throw error;
    throw new CliError("usage", `${path} is there already; name a new file`);
  });
}
