import type { Program } from "../facts/raw-output.ts";

/** What prints the files that a unit is made of, its drop-ins behind them. */
export function unitFilesProgram(unit: string): Program {
  return ["/usr/bin/systemctl", "cat", "--", unit];
}

/**
 * The units that are to start a unit at boot, where it is to be enabled without its other names; empty where it has none,
 * or nothing but them starts it. When a name that something else waits for becomes one of a unit that runs, systemd 257
 * and older may take the unit for dead as it reads its files again (systemd issue 38817). At every other boot Debian 13
 * does so with an sshd that is enabled as it runs: it cannot be reloaded any more, and a start shuts everybody out.
 */
export function bootTargets(files: string): readonly string[] {
  const install = readInstall(files);
  return install("Alias").length === 0 ? [] : install("WantedBy");
}

/** The values of the section `[Install]` by their key; an empty one takes back those before it. */
function readInstall(files: string): (key: string) => readonly string[] {
  let section = "";
  const found = new Map<string, readonly string[]>();
  for (const line of files.split("\n").map((each) => each.trim())) {
    if (line.startsWith("[")) section = line;
    const [, key = "", value = ""] = /^(\w+)\s*=\s*(.*)$/.exec(line) ?? [];
    if (section !== "[Install]" || key === "") continue;
    found.set(key, value === "" ? [] : [...(found.get(key) ?? []), ...value.split(/\s+/)]);
  }
  return (key) => found.get(key) ?? [];
}
