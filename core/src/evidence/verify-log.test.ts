import { webcrypto } from "node:crypto";
import { describe, expect, it } from "vitest";
import { webCryptoEngine } from "./ed25519-webcrypto.ts";
import { ENTRIES_PATH } from "./kit-files.ts";
import { makeCase } from "./testdata/cases/case.ts";
import { seenApart } from "./testdata/cases/log.ts";
import { steps, type Tamper } from "./testdata/forgeries.ts";
import { listed } from "./testdata/listed.ts";
import { logged, ORIGIN, rootOf } from "./testdata/logged.ts";
import { timeAt } from "./testdata/statements.ts";
import { encodeTrust } from "./trust.ts";
import { type Verification, verifyBundles } from "./verify.ts";

const engine = webCryptoEngine(webcrypto.subtle);

async function verify(tamper: Tamper): Promise<Verification> {
  const { kit } = await makeCase({ tamper });
  const files = [...kit.files].map(([path, bytes]) => ({ path, bytes }));
  return verifyBundles({ files, trust: null, engine, mode: "kit" });
}

describe("a kit with a log", () => {
  it("says what the log came to", async () => {
    const result = await verify(logged({ sizes: [4, 12] }));
    const { kit } = await makeCase({});
    expect(result.checked.log).toEqual({
      origin: ORIGIN,
      leaves: 12,
      logged: 12,
      checkpoints: 2,
      newest: { size: 12, root: rootOf([...kit.digests.values()]) },
      witnesses: [
        { witness: "witness-2.example", size: 12, time: 1_795_000_000 },
        { witness: "witness-3.example", size: 12, time: 1_795_000_000 },
      ],
      witnessed: 12,
    });
    expect(result.unchecked.map(({ code }) => code)).not.toContain("LOG_NOT_CHECKED");
  });

  it("may be seen by two witnesses at different times, and go on after that", async () => {
    const result = await verify(seenApart);
    expect(result.checked.log).toMatchObject({
      witnesses: [
        { witness: "witness-3.example", size: 14 },
        { witness: "witness-2.example", size: 12 },
      ],
      witnessed: 12,
    });
    expect(result.unchecked).toContainEqual(
      expect.objectContaining({ code: "TAIL_NOT_WITNESSED", file: "log/checkpoints/15" }),
    );
  });

  it("says so when the trust file asks for no witness", async () => {
    const result = await verify(logged({ trust: (trust) => ({ ...trust, quorum: 0 }), cosigners: () => [] }));
    expect(result.unchecked.map(({ code }) => code)).toContain("WITNESSES_NOT_ASKED");
  });

  it.each<[string, Tamper]>([
    [
      "the trust file names no log",
      ({ files, trust }) => void files.set("trust.json", encodeTrust({ ...trust, log: null, witnesses: [] })),
    ],
    ["the leaves are not there", ({ files }) => void files.delete(ENTRIES_PATH)],
  ])("is not judged when %s", async (_, tamper) => {
    const result = await verify(steps(logged(), tamper));
    expect(result.checked.log).toBeNull();
    expect(result.unchecked.map(({ code }) => code)).toContain("LOG_NOT_CHECKED");
  });
});

it("a kit with its own list says what it is of", async () => {
  const result = await verify(listed());
  expect(result.checked.kit).toMatchObject({ framework: null, from: timeAt(0), to: timeAt(12) });
});
