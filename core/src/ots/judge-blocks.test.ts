import { describe, expect, test } from "vitest";
import { readBlockHeader } from "./block-header.ts";
import { extendTimestamp } from "./extend.ts";
import { judgeBlocks } from "./judge-blocks.ts";
import { TAGS } from "./operation.ts";
import { easiestLimit as limit, mineHeader } from "./testdata/mine.ts";
import type { Timestamp } from "./timestamp.ts";

const message = new Uint8Array(32).fill(7);
const inBlock = (height: number, of = message): Timestamp => ({
  message: of,
  attestations: [{ kind: "bitcoin", height }],
  branches: [],
});
const hashOf = (header: Uint8Array | undefined): string =>
  readBlockHeader(header ?? new Uint8Array(0))?.hash ?? "";

/** Blocks 100 to 104; block 102 has the message as its root. */
const headers: Uint8Array[] = [];
for (let at = 0; at < 5; at++) {
  const previous = at === 0 ? "00".repeat(32) : hashOf(headers[at - 1]);
  headers.push(
    mineHeader(previous, at === 2 ? message : new Uint8Array(32).fill(100 + at), 1_790_000_000 + at),
  );
}
const pin = (at: number, height = 100 + at) => ({ height, hash: hashOf(headers[at]) });
const standings = (pins: readonly ReturnType<typeof pin>[], height = 102, given = headers) =>
  judgeBlocks(inBlock(height), { headers: given, pins, limit }).map(({ standing }) => standing);

describe("an attestation of a block", () => {
  test("matches a header with work, and says which and of what time", () => {
    expect(judgeBlocks(inBlock(102), { headers, pins: [], limit })).toEqual([
      { height: 102, standing: "matches", header: { hash: hashOf(headers[2]), timeS: 1_790_000_002 } },
    ]);
  });

  test.each([
    ["itself", [pin(2)], "pinned"],
    ["a later block that leads back to it", [pin(4)], "pinned"],
    ["an earlier block, on which anybody could build", [pin(0)], "matches"],
    ["an earlier and a later block", [pin(4), pin(0)], "pinned"],
    ["a block that nobody supplied", [{ height: 102, hash: "ab".repeat(32) }], "matches"],
    ["another height", [pin(2, 99)], "wrong_height"],
    ["another height of a later block", [pin(4, 999)], "wrong_height"],
  ])("that is pinned by %s", (_, pins, standing) => {
    expect(standings(pins)).toEqual([standing]);
  });

  test("whose link to the pin is missing is not pinned", () => {
    expect(standings([pin(4)], 102, headers.toSpliced(3, 1))).toEqual(["matches"]);
  });

  test("is without a header when none has the message, and when one is cut short", () => {
    expect(standings([], 102, headers.toSpliced(2, 1))).toEqual(["no_header"]);
    expect(
      standings(
        [],
        102,
        headers.map((one) => one.slice(0, 79)),
      ),
    ).toEqual(["no_header"]);
  });

  test("by a header of little work is told so, pinned or not; on the main chain this chain has none", () => {
    expect(judgeBlocks(inBlock(102), { headers, pins: [pin(2)] })).toMatchObject([{ standing: "no_work" }]);
  });

  test("is judged by the best header of its root, whatever else is supplied", () => {
    const forged = mineHeader("11".repeat(32), message, 1_000_000_000);
    expect(standings([pin(2)], 102, [forged, ...headers, forged])).toEqual(["pinned"]);
  });

  test("of another kind is not judged", () => {
    const pending: Timestamp = {
      ...inBlock(1),
      attestations: [{ kind: "pending", uri: "https://c.example" }],
    };
    expect(judgeBlocks(pending, { headers, pins: [], limit })).toEqual([]);
  });
});

describe("what is learnt of a message", () => {
  const tree: Timestamp = {
    message,
    attestations: [],
    branches: [0x01, 0x02].map((byte) => ({
      operation: { tag: TAGS.append, argument: Uint8Array.of(byte) },
      timestamp: {
        message: Uint8Array.of(...message, byte),
        attestations: [{ kind: "pending", uri: "https://c.example" }],
        branches: [],
      },
    })),
  };

  test("is added where the timestamp has that message, and nowhere else", () => {
    const extended = extendTimestamp(tree, inBlock(102, Uint8Array.of(...message, 0x02)));
    expect(
      extended.branches.map(({ timestamp }) => timestamp.attestations.map(({ kind }) => kind).toSorted()),
    ).toEqual([["pending"], ["bitcoin", "pending"]]);
    expect(extendTimestamp(tree, inBlock(102, Uint8Array.of(9)))).toEqual(tree);
  });
});
