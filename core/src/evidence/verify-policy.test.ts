import { webcrypto } from "node:crypto";
import { expect, test } from "vitest";
import { webCryptoEngine } from "./ed25519-webcrypto.ts";
import { makeCase } from "./testdata/cases/case.ts";
import { honestPolicyCases, policyCases } from "./testdata/cases/policy.ts";
import { steps } from "./testdata/forgeries.ts";
import { listed } from "./testdata/listed.ts";
import { encodeTrust } from "./trust.ts";
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

test("a kit's names are reviewed when files that a trusted assignment lists say them", async () => {
  const [, , honest] = honestPolicyCases[0] ?? [];
  const reviewed = async (
    names: { partner: string; site: string },
    forget = false,
  ): Promise<boolean | undefined> => {
    const tamper = steps(
      honest?.tamper ?? (() => undefined),
      listed((manifest) => ({ ...manifest, names })),
    );
    const { kit } = await makeCase({ ...honest, tamper });
    const files = [...kit.files].map(([path, bytes]) => ({ path, bytes }));
    const trust = forget ? encodeTrust({ ...kit.trust, assignments: [] }) : null;
    return (await verifyBundles({ files, trust, engine, mode: "kit" })).checked.kit?.namesReviewed;
  };
  const names = { partner: "Lanternfish", site: "clinic" };
  expect(await reviewed(names)).toBe(true);
  expect(await reviewed({ ...names, site: "Another Clinic" })).toBe(false);
  expect(await reviewed({ ...names, partner: "Another" })).toBe(false);
  expect(await reviewed(names, true)).toBe(false);
});
