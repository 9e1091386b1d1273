import type { Collected } from "./collected.ts";
import { factsError, type FactsResult, type RawFile } from "./raw-file.ts";

/** A file system that is mounted from a device, as a line of mountinfo says. */
interface Mount {
  readonly source: string;
  readonly major: string;
  readonly minor: string;
  readonly target: string;
  readonly type: string;
}

/** What is read before the key is known, and images that hold no data of the host. */
const isOpen = ({ target, type }: Mount): boolean =>
  /^\/boot(?:\/|$)/.test(target) || ["squashfs", "iso9660", "erofs"].includes(type);

/** Mapped devices that are asked for by number: of those behind a volume, and where the number is not known. */
const asked = 8;

/**
 * Whether data lies on encrypted devices, from proc_pid_mountinfo(5) and what sysfs says of mapped devices. Facts:
 * `{found, devices: [{encrypted}]}`, one for each device that a file system of the host is mounted from, without /boot. A
 * device is encrypted when dm-crypt made it, or when it is a volume of LVM that lies on such a device; of the devices
 * behind a volume the first eight mapped ones are looked at, and one is enough. Encryption within a file system, or
 * within a disk, is not seen.
 */
export function parseMounts(roots: readonly RawFile[], collected: Collected): FactsResult {
  const lines = roots.flatMap(({ text }) => (text ?? "").split("\n")).filter((line) => line !== "");
  const mounts = lines.map(readLine);
  if (mounts.some((mount) => mount === null)) return factsError("SYNTAX_INVALID");
  const onDevices = mounts.filter((mount) => mount !== null && mount.source.startsWith("/dev/"));
  const devices = new Map(
    onDevices.flatMap((mount) => (mount === null || isOpen(mount) ? [] : [[mount.source, mount] as const])),
  );
  const facts = [...devices.values()].map((mount) => ({ encrypted: isEncrypted(mount, collected) }));
  return { kind: "facts", facts: { found: roots.length > 0, devices: facts } };
}

function readLine(line: string): Mount | null {
  const [mounted = "", made = ""] = line.split(" - ", 2);
  const [, , device = "", , target] = mounted.split(" ");
  const [type, source] = made.split(" ");
  const [major, minor] = device.split(":");
  if (target === undefined || type === undefined || source === undefined) return null;
  return major === undefined || minor === undefined ? null : { source, major, minor, target, type };
}

function isEncrypted(mount: Mount, collected: Collected): boolean {
  return numbersOf(mount, collected).some((number) => {
    const folder = `/sys/block/dm-${number}`;
    const uuid = textOf(`${folder}/dm/uuid`, collected);
    if (uuid.startsWith("CRYPT-")) return true;
    if (!uuid.startsWith("LVM-")) return false;
    const behind = numbers().filter((other) => other !== number);
    const uuids = behind.map((other) => textOf(`${folder}/slaves/dm-${other}/dm/uuid`, collected));
    return uuids.some((one) => one.startsWith("CRYPT-"));
  });
}

/** Numbers of mapped devices that a mount may be of. A file system with devices of its own numbering says a name only. */
function numbersOf({ source, major, minor }: Mount, collected: Collected): readonly number[] {
  const named = /^\/dev\/dm-([0-9]+)$/.exec(source)?.[1];
  if (named !== undefined) return [Number(named)];
  const mapped = /^\/dev\/mapper\/(.+)$/.exec(source)?.[1];
  if (mapped === undefined) return [];
  if (major !== "0") return [Number(minor)];
  const names = numbers().map((number) => textOf(`/sys/block/dm-${number}/dm/name`, collected));
  return numbers().filter((number) => names[number] === mapped);
}

function numbers(): readonly number[] {
  return Array.from({ length: asked }, (_, number) => number);
}

/** Empty where there is no such file. */
function textOf(path: string, collected: Collected): string {
  return collected.find(path)[0]?.text?.trim() ?? "";
}
