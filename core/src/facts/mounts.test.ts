import { describe, expect, test } from "vitest";
import { Collected } from "./collected.ts";
import { parseMounts } from "./mounts.ts";
import type { RawFile } from "./raw-file.ts";

const mountinfo = "/proc/self/mountinfo";

function row(path: string, text: string | null): RawFile {
  const found = text !== null;
  return { path, found, text, mode: null, uid: null, gid: null, modifiedAt: null, error: null };
}

/** What is seen of mounts, with what sysfs holds; everything else that is asked for is not there. */
function devices(lines: readonly string[], sysfs: Readonly<Record<string, string>> = {}) {
  const roots = [row(mountinfo, `${lines.join("\n")}\n`)];
  const rows = [...roots];
  for (let round = 0; round < 4; round += 1) {
    const collected = new Collected({ files: rows, outputs: [] });
    const result = parseMounts(roots, collected);
    const obstacle = collected.obstacle();
    if (obstacle === null) return result.kind === "facts" ? result.facts["devices"] : result;
    if (obstacle.kind !== "need") return obstacle;
    rows.push(...obstacle.needs.paths.map((path) => row(path, sysfs[path] ?? null)));
  }
  throw new Error("no end of needs");
}

const root = "22 1 254:0 / / rw shared:1 - ext4 /dev/mapper/vg-root rw";
const luks = { "/sys/block/dm-0/dm/uuid": "CRYPT-LUKS2-abc-root\n" };
const volume = { "/sys/block/dm-0/dm/uuid": "LVM-abc\n" };

describe("a device that a file system is mounted from", () => {
  test.each([
    ["made by dm-crypt", [root], luks, [true]],
    [
      "a volume on one that is",
      [root],
      { ...volume, "/sys/block/dm-0/slaves/dm-3/dm/uuid": "CRYPT-x" },
      [true],
    ],
    ["a volume on a plain disk", [root], volume, [false]],
    ["a mapped device of another kind", [root], { "/sys/block/dm-0/dm/uuid": "mpath-abc" }, [false]],
    ["a plain disk", ["22 1 8:2 / / rw - ext4 /dev/sda2 rw"], luks, [false]],
    ["named by its number", ["22 1 0:40 / / rw - btrfs /dev/dm-0 rw"], luks, [true]],
    [
      "of a file system with numbers of its own, found by its name",
      ["22 1 0:40 /@ / rw - btrfs /dev/mapper/data rw"],
      { "/sys/block/dm-1/dm/name": "data\n", "/sys/block/dm-1/dm/uuid": "CRYPT-LUKS2-x" },
      [true],
    ],
    ["whose name no mapped device has", ["22 1 0:40 / / rw - btrfs /dev/mapper/data rw"], luks, [false]],
    ["counted once, however often it is mounted", [root, root.replace("/ /", "/srv /srv")], luks, [true]],
  ] as const)("%s", (_, lines, sysfs, encrypted) => {
    expect(devices(lines, sysfs)).toEqual(encrypted.map((each) => ({ encrypted: each })));
  });

  test.each([
    ["/boot, which is read before there is a key", "25 22 8:1 / /boot/efi rw - vfat /dev/sda1 rw"],
    ["an image that is full by nature", "25 22 7:1 / /snap/core/1 ro - squashfs /dev/loop1 ro"],
    ["a file system in memory", "25 22 0:22 / /run rw - tmpfs tmpfs rw"],
  ])("is not counted when it is %s", (_, line) => {
    expect(devices([line])).toEqual([]);
  });

  test("is not guessed at from a line that is none", () => {
    expect(devices(["22 1 254:0 / /"])).toMatchObject({ kind: "error", reason: "SYNTAX_INVALID" });
  });
});
