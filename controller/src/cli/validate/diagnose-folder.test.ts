import { formatDiagnostic } from "@compline/core";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { makeAppliance } from "../../testdata/appliance.ts";
import { makeAuthority } from "../../testdata/authority.ts";
import { libraryFiles, partnerFiles } from "../../testdata/desired.ts";
import { diagnoseFolder } from "./diagnose-folder.ts";

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "compline-folder-"));
});
afterEach(() => rm(folder, { recursive: true }));

async function put(path: string, content: string | Uint8Array): Promise<void> {
  await mkdir(dirname(join(folder, path)), { recursive: true });
  await writeFile(join(folder, path), content);
}

async function findings(): Promise<readonly string[]> {
  const { diagnostics } = await diagnoseFolder(folder);
  return diagnostics.map((diagnostic) => formatDiagnostic(diagnostic).replaceAll(/\s+/g, " "));
}

test.each([
  [
    "a file of 5 MB",
    "x: ".padEnd(5_000_000, "y"),
    "YAML_TOO_LARGE expected at most 262144 bytes found 5000000 bytes",
  ],
  [
    "bytes that are no text",
    new Uint8Array([0x61, 0xff, 0xfe]),
    "YAML_ENCODING expected UTF-8 found other bytes",
  ],
])("%s", async (_, content, said) => {
  await put("policies/rules/bad.yaml", content);
  expect(await findings()).toEqual([`policies/rules/bad.yaml:1:1 error ${said}`]);
});

test("a link out of the tree is not followed, whatever its name", async () => {
  await put("policies/rules/README.md", "not ours");
  await symlink("/etc", join(folder, "policies/rules/elsewhere"));
  await symlink("/etc/passwd", join(folder, "policies/rules/link.yaml"));
  expect(await findings()).toEqual([
    "policies/rules/elsewhere:1:1 error PATH_UNEXPECTED expected a file found a symbolic link",
    "policies/rules/link.yaml:1:1 error PATH_UNEXPECTED expected a file found a symbolic link",
  ]);
});

test("a submodule is not looked into", async () => {
  await put("policies/shared/.git", "gitdir: ../../.git/modules/shared\n");
  await put("policies/shared/rules/a.yaml", "a: 1\n");
  expect(await findings()).toEqual([
    "policies/shared:1:1 error PATH_UNEXPECTED expected a file found a submodule",
  ]);
});

test("line ends of Windows change nothing", async () => {
  for (const [path, text] of Object.entries(libraryFiles())) await put(path, text.replaceAll("\n", "\r\n"));
  expect(await diagnoseFolder(folder)).toEqual({ files: 3, diagnostics: [] });
});

test("one identity in two files is reported at both", async () => {
  const appliance = makeAppliance("01J000000000000000000AAA01", "01J000000000000000000SAA01");
  const other = makeAppliance("01J000000000000000000AAA02", "01J000000000000000000SAA01");
  const files = { ...libraryFiles(), ...partnerFiles("mola", appliance), ...partnerFiles("wrasse", other) };
  for (const [path, text] of Object.entries(files)) await put(path, text);
  expect(await findings()).toEqual([
    'sites/mola/shop/site.yaml:6:7 error REF_DUPLICATE at /spec/id expected each identity once found "01J000000000000000000SAA01" also at sites/wrasse/shop/site.yaml:6:7',
    'sites/wrasse/shop/site.yaml:6:7 error REF_DUPLICATE at /spec/id expected each identity once found "01J000000000000000000SAA01" also at sites/mola/shop/site.yaml:6:7',
  ]);
});

test("decisions are judged as they lie there, and links among them are none", async () => {
  const authority = makeAuthority("01J000000000000000000PAA01");
  const { bytes } = await authority.decide({ type: "fork", digests: ["1".repeat(64), "2".repeat(64)] });
  const appliance = makeAppliance("01J000000000000000000AAA01", "01J000000000000000000SAA01");
  const files: Record<string, string> = { ...libraryFiles(), ...partnerFiles("mola", appliance) };
  const path = "sites/mola/partner.yaml";
  files[path] += `  authority:\n    publicKey: ${authority.publicKey}\n`;
  for (const [name, text] of Object.entries(files)) await put(name, text);
  await put("sites/mola/decisions/note.md", "why");
  await put("sites/mola/decisions/0-0.dsse.json", bytes);
  expect(await diagnoseFolder(folder)).toEqual({ files: Object.keys(files).length + 1, diagnostics: [] });
  await put("sites/mola/decisions/0-1.dsse.json", new Uint8Array(300_000));
  await symlink("/etc/passwd", join(folder, "sites/mola/decisions/0-2.dsse.json"));
  await put("sites/mola/decisions/0-4.dsse.json", bytes);
  expect(await findings()).toEqual([
    expect.stringContaining(
      "0-1.dsse.json:1:1 error DECISION_FORM expected a decision as `compline authority` wrote it",
    ),
    expect.stringContaining("0-2.dsse.json:1:1 error PATH_UNEXPECTED expected a file found a symbolic link"),
    expect.stringContaining(
      "0-4.dsse.json:1:1 error DECISION_PLACE expected 0-4, as the name says found 0-0",
    ),
    expect.stringContaining("0-4.dsse.json:1:1 error DECISION_SEQUENCE expected 0-3.dsse.json before it"),
  ]);
});
