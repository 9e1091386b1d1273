/**
 * The words that no text a user sees may use: they promise more than anything can show. Reads documents, pages, YAML and
 * the catalogues of texts; tests that name such words to forbid them are left out.
 */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";

const FORBIDDEN =
  /\btamper-?proof|\baudit-?ready|\bguarante(e[sd]?|eing)\b|\bensur(e[sd]?|ing)\b|100 ?% compliant|\bbulletproof\b|\bunhackable\b/i;
const LOOKED_AT = [
  "*.md",
  "*.astro",
  "*.yaml",
  "portal/src/content/*.ts",
  "core/src/evidence/codes.ts",
  "controller/src/cli/*.ts",
];

const files = execFileSync(
  "git",
  ["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--", ...LOOKED_AT],
  { encoding: "utf8" },
)
  .split("\0")
  .filter((name) => name !== "" && !name.endsWith(".test.ts"));
const found = files.flatMap((name) =>
  readFileSync(name, "utf8")
    .split("\n")
    .flatMap((line, index) => (FORBIDDEN.test(line) ? [`${name}:${index + 1}: ${line.trim()}`] : [])),
);
if (found.length > 0) {
  process.stdout.write(
    `${found.join("\n")}\nThese words promise more than anything can show; say what is true instead.\n`,
  );
  process.exitCode = 1;
}
