import { webcrypto } from "node:crypto";
import { expect, test } from "vitest";
import { webCryptoEngine } from "./ed25519-webcrypto.ts";
import { makeCase } from "./testdata/cases/case.ts";
import { honestPolicyCases, policyCases } from "./testdata/cases/policy.ts";
import { type Verification, verifyBundles } from "./verify.ts";

const engine = webCryptoEngine(webcrypto.subtle);

async function verifyCase(wanted: string): Promise<Verification> {
  const found = [...honestPolicyCases, ...policyCases].find(([name]) => name === wanted);
  if (found === undefined) throw new Error(`no case ${wanted}`);
  const { kit } = await makeCase(found[2]);
  const files = [...kit.files].map(([path, bytes]) => ({ path, bytes }));
  return verifyBundles({ files, trust: null, engine, mode: "kit" });
}

const remarks = ({ unchecked, notes }: Verification): string[] =>
  [...unchecked, ...notes].flatMap(({ code, file }) =>
    ["SLICE_NOT_DERIVED", "OTHER_FILES"].includes(code)
      ? [`${code} ${file === null ? "-" : "at a file"}`]
      : [],
  );

test.each([
  ["reviewed files, one of them in two versions", 2, []],
  ["assignments of reviewed files that were not given", null, ["SLICE_NOT_DERIVED -"]],
  ["maintenance windows by other tables of time zones", 1, ["SLICE_NOT_DERIVED at a file"]],
  ["a policy file that no assignment lists", 2, ["OTHER_FILES -"]],
  ["an assignment that heals more than the site's file says", 1, []],
  ["an absent reviewed file", 0, []],
] as const)("%s: how many assignments were derived again, and what was not", async (name, derived, said) => {
  const result = await verifyCase(name);
  expect(result.checked.policy?.assignments ?? null).toBe(derived);
  expect(remarks(result)).toEqual(said);
});

test("what an assignment is other in is named", async () => {
  const { failures } = await verifyCase("an assignment that heals more than the site's file says");
  expect(failures.map(({ message }) => message)).toEqual(["the files give another healing"]);
});
