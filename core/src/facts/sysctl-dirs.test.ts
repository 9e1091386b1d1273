import { describe, expect, test } from "vitest";
import type { RawFile } from "./raw-file.ts";
import { parseSysctlDirs } from "./sysctl-dirs.ts";

const [etc, run, lib] = ["/etc/sysctl.d", "/run/sysctl.d", "/usr/lib/sysctl.d"];

/** Files in the order of the folders' precedence, as the roots come. */
function parse(files: Readonly<Record<string, string>>, asked: readonly string[] = []): unknown {
  const roots: RawFile[] = Object.entries(files).map(([path, text]) => ({
    path,
    found: true,
    text,
    mode: null,
    uid: null,
    gid: null,
    modifiedAt: null,
    error: null,
  }));
  const result = parseSysctlDirs(roots, asked);
  return result.kind === "facts" ? result.facts : result;
}

describe("precedence", () => {
  test("the last file by name wins, whatever its folder", () => {
    const files = { [`${etc}/10-a.conf`]: "kernel.x = 1", [`${lib}/50-b.conf`]: "kernel.x = 2" };
    expect(parse(files)).toMatchObject({
      settings: { "kernel.x": "2" },
      sources: { "kernel.x": `${lib}/50-b.conf` },
    });
  });

  test("a name that sorts after 99 wins over 99-sysctl.conf, which is how Debian 12 reads /etc/sysctl.conf", () => {
    const files = {
      [`${etc}/99-sysctl.conf`]: "kernel.x = 1",
      [`${etc}/zz-compline-x.conf`]: "kernel.x = 2",
    };
    expect(parse(files)).toMatchObject({ settings: { "kernel.x": "2" } });
  });

  test("a file hides one of the same name in a later folder", () => {
    const files = {
      [`${etc}/50-a.conf`]: "kernel.x = 1",
      [`${run}/50-a.conf`]: "kernel.y = 1",
      [`${lib}/50-a.conf`]: "kernel.x = 2\nkernel.z = 2",
    };
    expect(parse(files)).toMatchObject({ settings: { "kernel.x": "1" } });
    expect(parse(files)).not.toHaveProperty(["settings", "kernel.z"]);
  });

  test("an empty file or a link to /dev/null hides it as well", () => {
    const files = { [`${etc}/50-a.conf`]: "", [`${lib}/50-a.conf`]: "kernel.x = 2" };
    expect(parse(files)).toEqual({ found: true, settings: {}, sources: {} });
  });

  test("within a file the last line wins", () => {
    expect(parse({ [`${etc}/a.conf`]: "kernel.x=1\nkernel.x=2" })).toMatchObject({
      settings: { "kernel.x": "2" },
    });
  });
});

describe("a line", () => {
  test.each([
    ["kernel.x=1", { "kernel.x": "1" }],
    ["  kernel.x\t=  1  ", { "kernel.x": "1" }],
    ["kernel/x = 1", { "kernel.x": "1" }],
    ["/kernel/x = 1", { "kernel.x": "1" }],
    ["-kernel.x = 1", { "kernel.x": "1" }],
    ["net/ipv4/conf/enp3s0.200/forwarding = 1", { "net.ipv4.conf.enp3s0/200.forwarding": "1" }],
    ["net.ipv4.conf.enp3s0/200.forwarding = 1", { "net.ipv4.conf.enp3s0/200.forwarding": "1" }],
    ["kernel.x = a = b", { "kernel.x": "a = b" }],
    ["# kernel.x = 1\n; kernel.x = 2\n\nkernel.x", {}],
    ["kernel.x = 1\r\n", { "kernel.x": "1" }],
    ["# first\rkernel.x = 1\0kernel.x = 2", { "kernel.x": "2" }],
    ["\ufeffkernel.x = 1", { "\ufeffkernel.x": "1" }],
    ["kernel.x = 1\u00a0", { "kernel.x": "1\u00a0" }],
    ["kernel.a.x = 1\nkernel//a/./x/ = 2\nkernel..y=3", { "kernel.a.x": "2", "kernel.y": "3" }],
  ])("%j", (text, settings) => {
    expect(parse({ [`${etc}/a.conf`]: text })).toMatchObject({ settings });
  });
});

describe("a pattern", () => {
  const asked = ["net.ipv4.conf.all.rp_filter", "net.ipv4.conf.default.rp_filter"];

  test("sets the keys that are asked for, and no key twice removed", () => {
    const files = { [`${etc}/a.conf`]: "net.ipv4.conf.*.rp_filter = 2" };
    expect(parse(files, [...asked, "net.ipv4.conf.a.b.rp_filter", "kernel.x"])).toMatchObject({
      settings: Object.fromEntries(asked.map((key) => [key, "2"])),
    });
  });

  test("yields to a key that is named in full, even in an earlier file", () => {
    const files = {
      [`${etc}/10-a.conf`]: "net.ipv4.conf.all.rp_filter = 1",
      [`${etc}/90-b.conf`]: "net.ipv4.conf.*.rp_filter = 2",
    };
    expect(parse(files, asked)).toMatchObject({
      settings: { "net.ipv4.conf.all.rp_filter": "1", "net.ipv4.conf.default.rp_filter": "2" },
    });
  });

  test("leaves out a key that stands alone behind a minus", () => {
    const files = { [`${lib}/50-a.conf`]: "net.ipv4.conf.*.rp_filter = 2\n-net.ipv4.conf.all.rp_filter" };
    expect(parse(files, asked)).toMatchObject({ settings: { "net.ipv4.conf.default.rp_filter": "2" } });
    expect(parse(files, asked)).not.toHaveProperty(["settings", "net.ipv4.conf.all.rp_filter"]);
  });

  test("that comes later wins over one that comes earlier", () => {
    const files = { [`${etc}/a.conf`]: "net.ipv4.conf.*.rp_filter = 1\nnet.ipv4.conf.a*.rp_filter = 2" };
    expect(parse(files, asked)).toMatchObject({
      settings: { "net.ipv4.conf.all.rp_filter": "2", "net.ipv4.conf.default.rp_filter": "1" },
    });
  });

  test("that is said again in the same words keeps its place", () => {
    const first = "net.ipv4.conf.*.rp_filter = 1";
    const files = { [`${etc}/a.conf`]: `${first}\nnet.ipv4.conf.a*.rp_filter = 2\n${first}` };
    expect(parse(files, asked)).toMatchObject({ settings: { "net.ipv4.conf.all.rp_filter": "2" } });
  });

  test("with brackets is not understood, and that is said", () => {
    const files = { [`${etc}/a.conf`]: "net.ipv4.conf.[ab]*.rp_filter = 1" };
    expect(parse(files)).toEqual({ kind: "error", reason: "SYNTAX_UNSUPPORTED" });
  });
});

test("a lone minus takes back what an earlier file set", () => {
  const files = { [`${etc}/10-a.conf`]: "kernel.x = 1", [`${etc}/20-b.conf`]: "-kernel.x" };
  expect(parse(files)).toEqual({ found: true, settings: {}, sources: {} });
});
