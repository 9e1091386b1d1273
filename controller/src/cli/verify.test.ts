import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { verify } from "./verify.ts";

let place: string;

beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), "compline-verify-"));
});

afterEach(() => {
  vi.restoreAllMocks();
  rmSync(place, { recursive: true });
});

it("says at the end what several came to, and nothing of the kind of one", async () => {
  const paths = ["one", "two"].map((name) => join(place, name));
  for (const path of paths) mkdirSync(path);
  const printed = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  await verify({ paths, output: "text" });
  await verify({ paths: paths.slice(0, 1), output: "text" });
  const [both, alone] = printed.mock.calls.map(([part]) => String(part));
  expect(both?.split("\n\n").at(-2)).toBe("== Together: 2 kits");
  expect(both?.split("\n\n").at(-1)).toContain("0 verified, 2 failed, 0 incomplete\n");
  expect(alone).not.toContain("Together");
});

it("reads the files below a folder, and follows no link out of it or back into it", async () => {
  const [kit, elsewhere] = [join(place, "kit"), join(place, "elsewhere")];
  for (const folder of [elsewhere, join(kit, "notes")]) mkdirSync(folder, { recursive: true });
  writeFileSync(join(kit, "notes", "inside.txt"), "");
  writeFileSync(join(elsewhere, "outside.txt"), "");
  symlinkSync(elsewhere, join(kit, "way-out"));
  symlinkSync(kit, join(kit, "notes", "way-back"));
  symlinkSync(join(elsewhere, "outside.txt"), join(kit, "other-name.txt"));
  const printed = vi.spyOn(process.stdout, "write").mockReturnValue(true);
  await verify({ paths: [kit], output: "json" });
  const text = printed.mock.calls.map(([part]) => String(part)).join("");
  expect(text).toContain('"notes/inside.txt"');
  expect(text).not.toMatch(/outside|way-|other-name/);
});
