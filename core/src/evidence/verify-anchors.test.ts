import { webcrypto } from "node:crypto";
import { expect, it } from "vitest";
import { easiestLimit } from "../ots/testdata/mine.ts";
import type { PowLimit } from "../ots/block-header.ts";
import { webCryptoEngine } from "./ed25519-webcrypto.ts";
import { ENTRIES_PATH } from "./kit-files.ts";
import { anchored, BLOCK_TIME } from "./testdata/anchored.ts";
import { makeCase, weighty } from "./testdata/cases/case.ts";
import { steps, type Tamper } from "./testdata/forgeries.ts";
import { logged } from "./testdata/logged.ts";
import { verifyBundles } from "./verify.ts";

const engine = webCryptoEngine(webcrypto.subtle);

async function verify(tamper: Tamper, powLimit: PowLimit = easiestLimit) {
  const { kit } = await makeCase({ tamper: steps(logged(), tamper) });
  const files = [...kit.files].map(([path, bytes]) => ({ path, bytes }));
  const result = await verifyBundles({ files, trust: null, engine, mode: "kit", powLimit });
  return {
    weighty: weighty(kit, result),
    unchecked: result.unchecked.map(({ code }) => code),
    ...result.checked,
  };
}

it("an anchor in a pinned block shows since when the log has existed", async () => {
  const at = new Date(BLOCK_TIME * 1000).toISOString();
  expect((await verify(anchored())).anchors).toEqual([{ size: 12, height: 100, at, pinned: true }]);
});

it("an anchor in a block that nobody pinned counts, and that is said", async () => {
  const { anchors, unchecked } = await verify(anchored({ pins: [] }));
  expect(anchors).toMatchObject([{ size: 12, pinned: false }]);
  expect(unchecked).toContain("ANCHOR_NOT_PINNED");
});

it("an anchor of a log that is not there is not judged", async () => {
  const { unchecked } = await verify(steps(anchored(), ({ files }) => void files.delete(ENTRIES_PATH)));
  expect(unchecked).toContain("ANCHORS_NOT_CHECKED");
});

it("the work that is asked for cannot be made easier by the trust file", async () => {
  const found = await verify(anchored({ powLimit: "f".repeat(64) }), () => 1n);
  expect(found.weighty).toContain("NO_WORK ots/12.ots");
});
