import { webcrypto } from "node:crypto";
import { expect, test } from "vitest";
import { webCryptoEngine } from "../evidence/ed25519-webcrypto.ts";
import { allCases } from "../evidence/testdata/cases/all.ts";
import { makeCase, weighty } from "../evidence/testdata/cases/case.ts";
import { verifyKit } from "./verify-kit.ts";
import { encodeZip } from "./zip.ts";

const engine = webCryptoEngine(webcrypto.subtle);

test.each(allCases().map((one) => [one.name, one] as const))(
  "a kit in one file gives the codes of its folder: %s",
  async (_, { codes, made }) => {
    const { kit, trust } = await makeCase(made);
    const zip = encodeZip([...kit.files].map(([path, bytes]) => ({ path, bytes })));
    const result = await verifyKit(zip, { engine, ...made.input, trust });
    expect(weighty(kit, result).map((finding) => finding.replace(/ .*/, ""))).toEqual(codes);
  },
);
