import { webcrypto } from "node:crypto";
import * as fc from "fast-check";
import { expect, it } from "vitest";
import { webCryptoEngine } from "./ed25519-webcrypto.ts";
import { type Case, makeCase, weighty } from "./testdata/cases/case.ts";
import { remove, rules, steps } from "./testdata/forgeries.ts";
import { erase, revoke } from "./testdata/rulings.ts";
import { verifyBundles } from "./verify.ts";

const engine = webCryptoEngine(webcrypto.subtle);

async function verify(made: Case) {
  const { kit } = await makeCase(made);
  const files = [...kit.files].map(([path, bytes]) => ({ path, bytes }));
  return { kit, result: await verifyBundles({ files, trust: null, engine, mode: "kit" }) };
}

it("a revoked key is good as far as its last trusted bundle, whichever that is", async () => {
  const { kit: honest } = await makeCase({ forgery: { take: 9 } });
  const places = [...honest.digests.keys()];
  await fc.assert(
    fc.asyncProperty(fc.nat(places.length - 1), async (last) => {
      const tamper = rules(revoke(places[last] ?? null));
      const { kit, result } = await verify({ forgery: { take: 9 }, tamper });
      expect(weighty(kit, result)).toEqual(places.slice(last + 1).map((place) => `REVOKED ${place}`));
    }),
    { numRuns: 9 },
  );
});

it("after an erased envelope the state is not known until the next snapshot", async () => {
  const { result } = await verify({ tamper: steps(rules(erase("0-2")), remove("0-2")) });
  expect(result.unchecked.map(({ code }) => code)).toContain("STATE_NOT_REPLAYED");
});
