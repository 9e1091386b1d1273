import type { Collect } from "@compline/schemas";
import type { Program } from "./raw-output.ts";

/** The programs this version looks with itself, by the name a check gives. */
export type BuiltInName = NonNullable<Collect["program"]>["name"];

/** One of them. Its arguments are fixed here and it only reads: nothing in YAML changes what it does. */
export interface BuiltIn {
  readonly argv: Program;
  /** It asks systemd, so that there is nothing to look at where systemd does not run. */
  readonly asksSystemd: boolean;
  /** What it ends with when it has looked, if not 0 alone. */
  readonly codes?: readonly number[];
  /** It prints nothing when there is nothing to report. */
  readonly mayBeSilent?: true;
}

/** Where web and mail servers keep their keys, and how they are called there. */
const IN_SERVICES = `( ${["ssl", "letsencrypt", "nginx", "apache2", "haproxy", "postfix", "dovecot"].map((name) => `-path /etc/${name}/*`).join(" -o ")} )`;
const KEY_NAMES = "( -name *.key -o -name *key.pem -o -name privkey*.pem )";

/** Whatever is no link, and does not belong to root or may be written by others than its owner. */
const NOT_ROOTS = "! -type l ( ! -uid 0 -o -perm /0022 )";

function words(parts: TemplateStringsArray, ...inner: readonly string[]): Program {
  return String.raw(parts, ...inner).split(" ");
}

/** Packages whose programs decide who gets in and what runs; those of them that are not installed are passed over. */
const guarding = `apt base-files bash coreutils cron dash dbus dpkg gpgv init-system-helpers libc6
  libpam-modules libpam-modules-bin libpam-runtime libssl3 libssl3t64 libsystemd0 login
  openssh-client openssh-server passwd procps sudo systemd util-linux`.split(/\s+/);

/** What each name runs. */
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
  // Without the two caches, which apt would otherwise write when they are old. Simulating the upgrade takes four times as long.
  "pending-updates": {
    argv: [
      "/usr/bin/apt",
      ...["Dir::Cache::pkgcache=", "Dir::Cache::srcpkgcache=", "Apt::Cmd::Disable-Script-Warning=1"].flatMap(
        (option) => ["--option", option],
      ),
      "list",
      "--upgradable",
    ],
    asksSystemd: false,
  },
  clock: {
    argv: ["/usr/bin/timedatectl", "show", "--property=NTPSynchronized", "--property=NTP"],
    asksSystemd: true,
  },
  "failed-units": {
    argv: ["/usr/bin/systemctl", "show", "--property=NFailedUnits"],
    asksSystemd: true,
  },
  // A line for each file that is not as its package brought it. It ends with 1 when a package is not installed.
  "package-files": {
    argv: ["/usr/bin/dpkg", "--verify", ...guarding],
    asksSystemd: false,
    codes: [0, 1],
    mayBeSilent: true,
  },
  // One `d` for the folder itself, which shows that it was looked at; then an `f` for each file, and no names.
  "etc-world-writable": {
    argv: words`/usr/bin/find /etc -xdev ( -path /etc -o -type f -perm -0002 ) -printf %y\n`,
    asksSystemd: false,
  },
  // Depth and kind: `0d` for the folder itself, then a line for each file or folder that not only root may write.
  "cron-files": {
    argv: words`/usr/bin/find /etc -xdev ( -path /etc -o -path /etc/cron* ${NOT_ROOTS} ) -printf %d%y\n`,
    asksSystemd: false,
  },
  // The same, of two folders.
  "systemd-units": {
    argv: words`/usr/bin/find /etc/systemd /usr/lib/systemd -xdev ( -path /etc/systemd -o -path /usr/lib/systemd -o ${NOT_ROOTS} ) -printf %d%y\n`,
    asksSystemd: true,
  },
  // `d/usr`, then `f` and the path of each program. Four levels deep: further down a look would take minutes.
  "suid-files": {
    argv: words`/usr/bin/find /usr /opt /srv /root /home /var/tmp -maxdepth 4 -xdev -ignore_readdir_race ( -path /usr -o -type f -perm -4000 ) -printf %y%p\n`,
    asksSystemd: false,
  },
  // `0` for the folder itself, then a `1` for each home in it that others may enter or the group may write, and no names.
  "home-folders": {
    argv: words`/usr/bin/find /home -maxdepth 1 -xdev -type d ( -path /home -o -perm /0027 ) -printf %d\n`,
    asksSystemd: false,
  },
  // `d` and the mode of the folder itself, then `f` and the mode of each private key of a service, and no names.
  "certificate-keys": {
    argv: words`/usr/bin/find /etc -xdev ( -path /etc -o -type f ${IN_SERVICES} ${KEY_NAMES} ) -printf %y%m\n`,
    asksSystemd: false,
  },
  // Name, kind of password (`P`, `L` for none that fits, `NP` for an empty one), ages. Never a hash.
  "account-status": { argv: words`/usr/bin/passwd --status --all`, asksSystemd: false },
};
