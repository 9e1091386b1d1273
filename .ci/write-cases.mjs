/**
 * `node .ci/write-cases.mjs FOLDER`: the honest and forged exports that the verifier is tested with, a folder each: `kit.zip`
 * is what somebody hands over, `kit/` the same as a folder where it can be one, `trust.json` the trust file from another
 * source where there is one, `beside.zip` a kit that is given before it, and `expected.json` the codes that whoever verifies it must find, and
 * whether blocks as easy as those of tests have work enough (`easy`): no program that is shipped lets itself be told so.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { allCases } from "../core/src/evidence/testdata/cases/all.ts";
import { makeCase, SEED } from "../core/src/evidence/testdata/cases/case.ts";
import { DAYS } from "../core/src/evidence/testdata/days.ts";
import { listed } from "../core/src/evidence/testdata/listed.ts";
import { makeSite } from "../core/src/evidence/testdata/site.ts";
import { timeAt } from "../core/src/evidence/testdata/statements.ts";
import { encodeZip } from "../core/src/kit/encode-zip.ts";

/** The folder of a whole site, with which nothing is wrong. */
const SITE = "site-over-90-days";

function write(path, bytes) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, bytes);
}

function writeFiles(folder, { files }) {
  for (const [path, bytes] of files) write(join(folder, path), bytes);
}

const [root] = process.argv.slice(2);
if (root === undefined) {
  process.stderr.write("usage: node .ci/write-cases.mjs FOLDER\n");
  process.exit(2);
}
for (const { folder, name, codes, made } of allCases()) {
  const { kit, zip, trust, beside } = await makeCase(made);
  write(join(root, folder, "kit.zip"), zip);
  if (made.pack === undefined) writeFiles(join(root, folder, "kit"), kit);
  if (trust !== null) write(join(root, folder, "trust.json"), trust);
  if (beside !== null) write(join(root, folder, "beside.zip"), beside.zip);
  write(
    join(root, folder, "expected.json"),
    JSON.stringify({ name, codes, easy: made.powLimit !== undefined }),
  );
}
const { whole } = await makeSite(SEED);
await listed(undefined, { from: timeAt(0), to: timeAt(DAYS * 24 * 60) })(whole);
write(join(root, SITE, "kit.zip"), encodeZip([...whole.files].map(([path, bytes]) => ({ path, bytes }))));
writeFiles(join(root, SITE, "kit"), whole);
write(
  join(root, SITE, "expected.json"),
  JSON.stringify({ name: "a site over 90 days", codes: [], easy: false }),
);
