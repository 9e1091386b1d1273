import type { Collect } from "@compline/schemas";
import type { Program } from "./raw-output.ts";

/** The programs this version looks with itself, by the name a check gives. */
export type BuiltInName = NonNullable<Collect["program"]>["name"];

/** One of them. Its arguments are fixed here and it only reads: nothing in YAML changes what it does. */
export interface BuiltIn {
  readonly argv: Program;
  /** It asks systemd, so that there is nothing to look at where systemd does not run. */
  readonly asksSystemd: boolean;
}

/** What each name runs. All of them print something also when there is nothing to report. */
export const builtIns: Readonly<Record<BuiltInName, BuiltIn>> = {
  // Local file systems that hold data: those of the kernel and images that are full by nature are left out.
  "disk-usage": {
    argv: [
      "/usr/bin/df",
      "--local",
      "--output=pcent,ipcent",
      ...["tmpfs", "devtmpfs", "squashfs", "iso9660", "efivarfs"].map((type) => `--exclude-type=${type}`),
    ],
    asksSystemd: false,
  },
  // Without the two caches, which apt would otherwise write when they are old.
  "pending-updates": {
    argv: [
      "/usr/bin/apt-get",
      "--simulate",
      "--quiet",
      ...["Dir::Cache::pkgcache=", "Dir::Cache::srcpkgcache="].flatMap((option) => ["--option", option]),
      "dist-upgrade",
    ],
    asksSystemd: false,
  },
  clock: {
    argv: ["/usr/bin/timedatectl", "show", "--property=NTPSynchronized", "--property=NTP"],
    asksSystemd: true,
  },
  // One `d` for the folder itself, which shows that it was looked at; then an `f` for each file, and no names.
  "etc-world-writable": {
    argv: "/usr/bin/find /etc -xdev ( -path /etc -o -type f -perm -0002 ) -printf %y\\n".split(" "),
    asksSystemd: false,
  },
};
