import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { enrol } from "../cli/enrol.ts";

/** The controller's key that `enrolledFolder` pins. */
export const pinnedKey: string = "b".repeat(64);

/** The folder of an appliance that was just enrolled, in a temporary folder of its own: remove the one above it. */
export function enrolledFolder(): string {
  const folder = join(mkdtempSync(join(tmpdir(), "compline-enrolled-")), "front-box");
  enrol(folder, {
    name: "front-box",
    controller: "http://127.0.0.1:8480",
    controllerKey: pinnedKey,
    mode: "standard",
    risk: "low",
    hosts: "practice",
    argv: false,
  });
  return folder;
}
