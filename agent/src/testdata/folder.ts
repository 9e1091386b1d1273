import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BoxCeiling } from "@compline/core";

/** The ceiling that holds nothing back. */
export const OPEN_CEILING: BoxCeiling = { mode: "full", risk: "high", argv: true, hosts: "all" };

/** A new appliance folder with a practice host whose check fails. */
export function makeFolder(): { readonly folder: string; readonly tree: string } {
  const folder = mkdtempSync(join(tmpdir(), "compline-agent-"));
  const tree = join(folder, "practice/front-desk");
  mkdirSync(join(tree, "etc"), { recursive: true });
  writeFileSync(join(tree, "etc/login.defs"), "# ageing\nPASS_MAX_DAYS\t99999\n");
  writeFileSync(join(tree, "etc/shadow"), "");
  return { folder, tree };
}
