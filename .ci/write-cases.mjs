/**
 * `node .ci/write-cases.mjs FOLDER`: the honest and forged exports that the verifier is tested with, a folder each: `kit.zip`
 * is what somebody hands over, `kit/` the same as a folder where it can be one, `trust.json` the trust file from another
 * source where there is one, `beside.zip` a kit that is given before it, and `expected.json` the codes that whoever verifies it must find.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { allCases } from "../core/src/evidence/testdata/cases/all.ts";
import { makeCase } from "../core/src/evidence/testdata/cases/case.ts";

function write(path, bytes) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
}

const [root] = process.argv.slice(2);
if (root === undefined) {
  process.stderr.write("usage: node .ci/write-cases.mjs FOLDER\n");
  process.exit(2);
}
for (const { folder, name, codes, made } of allCases()) {
  if (made.powLimit !== undefined) continue; // no program lets itself be told how easy blocks may be
  const { kit, zip, trust, beside } = await makeCase(made);
  write(join(root, folder, "kit.zip"), zip);
  if (made.pack === undefined)
    for (const [path, bytes] of kit.files) write(join(root, folder, "kit", path), bytes);
  if (trust !== null) write(join(root, folder, "trust.json"), trust);
  if (beside !== null) write(join(root, folder, "beside.zip"), beside.zip);
  write(join(root, folder, "expected.json"), JSON.stringify({ name, codes }));
}
