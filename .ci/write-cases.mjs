/**
 * `node .ci/write-cases.mjs FOLDER`: the honest and forged exports that the verifier is tested with, a folder each: `kit/`
 * is what somebody hands over, `trust.json` the trust file from another source where there is one, and `expected.json` the
 * codes that whoever verifies it must find.
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
  const { kit, trust } = await makeCase(made);
  const { from = null, to = null } = made.input ?? {};
  for (const [path, bytes] of kit.files) write(join(root, folder, "kit", path), bytes);
  if (trust !== null) write(join(root, folder, "trust.json"), trust);
  write(join(root, folder, "expected.json"), JSON.stringify({ name, codes, period: { from, to } }));
}
