import { realpath } from "node:fs/promises";
import { join } from "node:path";
import type { Transport } from "@compline/schemas";
import type { HostFiles } from "./host-files.ts";
import { practiceTree } from "./practice-tree.ts";
import { realHost } from "./real-host.ts";

/**
 * The files of a host behind the `local` transport: of this machine, or with `root` of a folder below the appliance's
 * own. Null when `root` leads anywhere else.
 */
export async function openHost(transport: Transport, applianceFolder: string): Promise<HostFiles | null> {
  if (transport.root === undefined) return realHost;
  if (!isInside(transport.root)) return null;
  const folder = await realpath(applianceFolder);
  const root = join(folder, transport.root);
  // A link on the way to the root would lead out as well as one below it.
  const real = await realpath(root).catch(() => root);
  return real === root ? practiceTree(root) : null;
}

function isInside(root: string): boolean {
  return root
    .split("/")
    .every((part) => part !== "" && part !== "." && part !== ".." && !part.includes("\0"));
}
