import { existsSync, globSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sha256Hex } from "../evidence/digest.ts";
import { inclusionProof } from "../log/proof.ts";
import { treeOf } from "../log/testdata/tree-of.ts";
import { commitsTo, hasWork, readBlockHeader } from "./block-header.ts";
import { deriveOts } from "./derive.ts";
import { mainnetLimit } from "./mainnet-limit.ts";
import { TAGS } from "./operation.ts";
import {
  attestedMessages,
  encodeOts,
  encodeTimestamp,
  mergeTimestamps,
  readOts,
  readTimestamp,
  type Timestamp,
} from "./timestamp.ts";

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");
const bytes = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, "hex"));

// The real header of block 358391.
const header358391 = bytes(
  "02000000b96394585a281b7e5f438fd1c9ed492645a1fd61cb3802040000000000000000007ee445d23ad061af4a36b809501fab1ac4f2d7e7a739817dd0cbb7ec661b8a1e376755f58616186272def6",
);

function valueOf(read: ReturnType<typeof readOts>): Timestamp {
  if (!read.ok) throw new Error(read.message);
  return read.timestamp;
}

/** An attestation of a kind that nobody knows, with a number in it. */
function end(n: number): readonly number[] {
  return [0x00, 1, 2, 3, 4, 5, 6, 7, 8, 2, n & 127, n >> 7];
}

/** A timestamp of a message: SHA-256 of it, promised by a calendar or in a block. */
function stamp(message: Uint8Array, end: Timestamp["attestations"][number]): Timestamp {
  const next = bytes(sha256Hex(message));
  const timestamp = { message: next, attestations: [end], branches: [] };
  return {
    message,
    attestations: [],
    branches: [{ operation: { tag: TAGS.sha256, argument: null }, timestamp }],
  };
}

describe("a block header", () => {
  it("of the main chain has its work, and no longer when a bit is another", () => {
    const header = readBlockHeader(header358391);
    expect(header).toMatchObject({ timeS: 1_432_827_678 });
    expect(header?.hash).toMatch(/^0{16}/);
    expect(header !== null && hasWork(header)).toBe(true);
    const changed = readBlockHeader(header358391.with(40, (header358391[40] ?? 0) ^ 1));
    expect(changed !== null && hasWork(changed)).toBe(false);
  });

  it("that claims little work is refused for a time when blocks had more", () => {
    const header = readBlockHeader(header358391);
    const later = Date.parse("2025-06-01") / 1000;
    expect(header !== null && hasWork({ ...header, timeS: later })).toBe(false);
    expect(mainnetLimit(0)).toBeGreaterThan(mainnetLimit(later));
  });

  it.each([
    ["79 bytes", header358391.slice(1)],
    ["a negative target", header358391.with(74, 0x80 | (header358391[74] ?? 0))],
    ["no target", header358391.with(72, 0).with(73, 0).with(74, 0)],
    ["a target beyond all hashes", header358391.with(75, 0xff)],
  ])("with %s is none", (_, wrong) => {
    expect(readBlockHeader(wrong)).toBeNull();
  });
});

describe("a timestamp", () => {
  const message = new Uint8Array(32).fill(7);
  const pending = stamp(message, { kind: "pending", uri: "https://calendar.example" });
  const block = stamp(message, { kind: "bitcoin", height: 358_391 });

  it("keeps both ends when it is merged, in one order, however often", () => {
    const merged = mergeTimestamps(pending, block);
    expect(merged).toEqual(mergeTimestamps(block, pending));
    expect(mergeTimestamps(merged, pending)).toEqual(merged);
    expect(attestedMessages(merged).map(({ attestation }) => attestation.kind)).toEqual([
      "bitcoin",
      "pending",
    ]);
    expect(valueOf(readOts(encodeOts(merged)))).toEqual(merged);
  });

  it("that a calendar answers is read on from the message", () => {
    expect(valueOf(readTimestamp(message, encodeTimestamp(pending)))).toEqual(pending);
  });

  const file = hex(encodeOts(pending));
  const after = (prefix: string): string => file.slice(0, 33 * 2) + "07".repeat(32) + prefix;
  it.each([
    ["another magic", `01${file.slice(2)}`, "NOT_OTS"],
    ["another version", file.replace("e892940108", "e892940208"), "NOT_OTS"],
    ["a SHA-1 digest", file.replace("e892940108", "e892940102"), "OTHER_DIGEST"],
    ["bytes after its end", `${file}00`, "TRAILING"],
    ["an end too early", file.slice(0, -2), "NOT_OTS"],
    ["an unknown operation", after("4200"), "NOT_OTS"],
    ["a number in a longer form", after(`f08100aa0083dfe30d2ef90c8e0100`), "NOT_OTS"],
    ["an empty argument", after("f000"), "NOT_OTS"],
    ["257 operations on a path", after("08".repeat(257)), "NOT_OTS"],
    ["a message of more than 4096 bytes", after("f3".repeat(8)), "NOT_OTS"],
    ["a calendar's address with a question mark", after("0083dfe30d2ef90c8e0403613f62"), "NOT_OTS"],
    ["two numbers in one attestation", after("000588960d73d71901020101"), "NOT_OTS"],
  ])("with %s is refused", (_, wrong, code) => {
    expect(readOts(bytes(wrong))).toMatchObject({ ok: false, code });
  });

  it("larger than the limit is refused", () => {
    expect(readOts(new Uint8Array(70_000)).ok).toBe(false);
  });

  it("that asks for more bytes than a file can need is refused before they are there", () => {
    const long = [TAGS.append, 0xe0, 0x1f, ...Array<number>(4064).fill(1)];
    const path = [0xff, ...Array<number>(250).fill(TAGS.reverse), ...end(0)];
    const file = [...long, ...Array.from({ length: 200 }, () => path).flat(), TAGS.reverse, ...end(0)];
    expect(readTimestamp(pending.message, Uint8Array.from(file))).toMatchObject({
      ok: false,
      message: expect.stringContaining("together"),
    });
  });

  it("with one branch given thousands of times is read once, and quickly", () => {
    const branches = Array.from({ length: 4000 }, (_, n) => [0xff, TAGS.sha256, ...end(n)]).flat();
    const file = Uint8Array.from([...branches, TAGS.sha256, ...end(4000)]);
    const started = process.cpuUsage();
    const read = valueOf(readTimestamp(pending.message, file));
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(1000); // one after the other they take 1700 ms
    expect(read.branches).toHaveLength(1);
    expect(attestedMessages(read)).toHaveLength(4001);
  });

  it("in any bytes is refused or read, in bounded time, and is what is written of it", () => {
    const seed = encodeOts(mergeTimestamps(pending, block));
    const edits = fc.array(fc.tuple(fc.nat(seed.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(edits, fc.uint8Array({ maxLength: 64 }), (all, more) => {
        const changed = Uint8Array.from([
          ...all.reduce((file_, [at, byte]) => file_.with(at, byte), seed),
          ...more,
        ]);
        const read = readOts(changed);
        const again = read.ok ? readOts(encodeOts(read.timestamp)) : read;
        expect(again).toEqual(read);
      }),
      { numRuns: 2000 },
    );
  });
});

describe("the file that is derived for a bundle", () => {
  it.each([1, 2, 3, 7, 64, 100])("leads from each leaf of %i to the root and on", (size) => {
    const { leaves, nodeAt, edge } = treeOf(size);
    const ofRoot = stamp(edge.root(), { kind: "bitcoin", height: 1 });
    for (const [index, digest] of leaves.entries()) {
      const proof = inclusionProof(index, size, nodeAt);
      const derived = valueOf(readOts(deriveOts({ digest, index, size, proof }, encodeTimestamp(ofRoot))));
      expect(derived.message).toEqual(digest);
      expect(attestedMessages(derived)).toEqual(attestedMessages(ofRoot));
    }
  });
});

const vectors = join(import.meta.dirname, "../../../../shared/vectors/ots");
const noVectors = existsSync(vectors) ? "" : " (skipped, no vectors)";
const file = (name: string): Uint8Array => readFileSync(join(vectors, name));
const attested = (name: string) => attestedMessages(valueOf(readOts(file(name))));

describe.skipIf(noVectors !== "")(`the public vectors${noVectors}`, () => {
  const good = globSync(join(vectors, "*.ots")).map((path) => basename(path));

  it("come back byte for byte", () => {
    expect(good.length).toBeGreaterThan(5);
    for (const name of good) expect(hex(encodeOts(valueOf(readOts(file(name)))))).toBe(hex(file(name)));
  });

  it("are of the files beside them", () => {
    for (const name of good.filter((one) => one.endsWith(".txt.ots"))) {
      const { message } = valueOf(readOts(file(name)));
      expect(hex(message)).toBe(sha256Hex(file(name.slice(0, -".ots".length))));
    }
  });

  it("hello-world is in block 358391, and bad-stamp is not", () => {
    const header = readBlockHeader(header358391);
    if (header === null) throw new Error("no header");
    const inBlock = (name: string): boolean[] =>
      attested(name).flatMap(({ attestation, message }) =>
        attestation.kind === "bitcoin" && attestation.height === 358_391 ? [commitsTo(header, message)] : [],
      );
    expect(inBlock("hello-world.txt.ots")).toEqual([true]);
    expect(inBlock("bad-stamp.txt.ots")).not.toContain(true);
  });

  it("name who attests, and take an unknown notary for neither good nor bad", () => {
    const kinds = (name: string): string[] => attested(name).map(({ attestation }) => attestation.kind);
    expect(kinds("incomplete.txt.ots")).toEqual(["pending"]);
    expect(kinds("two-calendars.txt.ots")).toEqual(["pending", "pending"]);
    expect(kinds("unknown-notary.txt.ots")).toContain("unknown");
  });

  it("that are invalid or of other digests are refused, each for its reason", () => {
    const wrong = globSync(join(vectors, "{invalid,sha1}/**/*.ots"));
    const codes = wrong.map((path) => {
      const read = readOts(readFileSync(path));
      return [basename(path), read.ok ? "read" : `${read.code} ${read.message}`];
    });
    expect(Object.fromEntries(codes)).toMatchInlineSnapshot(`
      {
        "a-or-b.ots": "OTHER_DIGEST expected a SHA-256 digest, found tag 2",
        "bad-major-version.ots": "NOT_OTS expected version 1, found 1151",
        "invalid-file-digest-type.ots": "OTHER_DIGEST expected a SHA-256 digest, found tag f3",
      }
    `);
  });
});
