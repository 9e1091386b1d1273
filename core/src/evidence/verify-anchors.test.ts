import { webcrypto } from "node:crypto";
import { concatBytes, hexToBytes } from "@noble/hashes/utils.js";
import { describe, expect, it } from "vitest";
import { readBlockHeader } from "../ots/block-header.ts";
import { easiestLimit, mineHeader } from "../ots/testdata/mine.ts";
import { encodeOts } from "../ots/timestamp.ts";
import { webCryptoEngine } from "./ed25519-webcrypto.ts";
import { HEADERS_PATH, timestampPath } from "./kit-files.ts";
import { makeKit } from "./testdata/generator.ts";
import { addLog, rootOf } from "./testdata/logged.ts";
import { encodeTrust, type TrustFile } from "./trust.ts";
import { type Verification, verifyBundles } from "./verify.ts";

const engine = webCryptoEngine(webcrypto.subtle);
const honest = await makeKit(20261126);
const digests = [...honest.digests.values()];
const root = rootOf(digests);
const TIME = 1_795_000_000;
const header = mineHeader("00".repeat(32), hexToBytes(root), TIME);
const hash = readBlockHeader(header)?.hash ?? "";

/** How an anchor of the whole log in block 100 differs from an honest one. */
interface Bend {
  readonly size?: number;
  readonly of?: string;
  readonly heights?: readonly number[];
  readonly after?: readonly number[];
  readonly headers?: Uint8Array | null;
  readonly pins?: readonly { readonly height: number; readonly hash: string }[];
  readonly powLimit?: string;
  readonly limit?: () => bigint;
  readonly withoutLog?: true;
}

async function verify(bend: Bend): Promise<Verification> {
  const kit = await makeKit(20261126);
  const bitcoin = { powLimit: bend.powLimit ?? null, pins: bend.pins ?? [{ height: 100, hash }] };
  const trust = (logged: TrustFile): TrustFile => ({ ...logged, bitcoin });
  await (bend.withoutLog
    ? kit.files.set("trust.json", encodeTrust(trust(kit.trust)))
    : addLog(kit, { trust }));
  const attestations = (bend.heights ?? [100]).map((height) => ({ kind: "bitcoin" as const, height }));
  const pending = [{ kind: "pending" as const, uri: "https://calendar.example" }];
  const timestamp = encodeOts({
    message: hexToBytes(bend.of ?? root),
    attestations: attestations.length === 0 ? pending : attestations,
    branches: [],
  });
  const path = timestampPath(bend.size ?? digests.length);
  kit.files.set(path, concatBytes(timestamp, Uint8Array.from(bend.after ?? [])));
  if (bend.headers !== null) kit.files.set(HEADERS_PATH, bend.headers ?? header);
  const files = [...kit.files].map(([name, bytes]) => ({ path: name, bytes }));
  return verifyBundles({ files, trust: null, engine, mode: "kit", powLimit: bend.limit ?? easiestLimit });
}

const weighty = ({ failures, unchecked }: Verification): string[] =>
  [...failures, ...unchecked.filter(({ level }) => level === "incomplete")].map(
    ({ code, file }) => `${code} ${file ?? "-"}`,
  );

describe("an anchor", () => {
  it("in a pinned block shows since when the log has existed", async () => {
    const result = await verify({});
    expect(result.outcome).toBe("verified");
    const at = new Date(TIME * 1000).toISOString();
    expect(result.checked.anchors).toEqual([{ size: digests.length, height: 100, at, pinned: true }]);
  });

  it("in a block that nobody pinned counts, and that is said", async () => {
    const result = await verify({ pins: [] });
    expect(result.outcome).toBe("verified");
    expect(result.unchecked.map(({ code }) => code)).toContain("ANCHOR_NOT_PINNED");
  });

  it("is enough when another block of the same timestamp was not given", async () => {
    expect(weighty(await verify({ heights: [100, 101], pins: [] }))).toEqual([]);
  });

  it("of a log that is not there is not judged", async () => {
    const result = await verify({ withoutLog: true });
    expect(result.unchecked.map(({ code }) => code)).toContain("ANCHORS_NOT_CHECKED");
  });

  const ofAll = `ots/${digests.length}.ots`;
  it.each<[string, readonly string[], Bend]>([
    ["of something else", [`OTS_WRONG_DIGEST ${ofAll}`, "NOT_ANCHORED -"], { of: "11".repeat(32) }],
    ["of another size", ["OTS_WRONG_DIGEST ots/5.ots", "NOT_ANCHORED -"], { size: 5 }],
    ["of more than there is", ["OTS_WRONG_DIGEST ots/99.ots", "NOT_ANCHORED -"], { size: 99 }],
    ["with bytes after it", [`OTS_TRAILING ${ofAll}`, "NOT_ANCHORED -"], { after: [0] }],
    [
      "in a block that was not given",
      [`OTS_NO_MATCH ${ofAll}`, "NOT_ANCHORED -"],
      { headers: mineHeader("00".repeat(32), new Uint8Array(32), TIME) },
    ],
    ["without headers", ["MISSING_FILE headers.bin", "NOT_ANCHORED -"], { headers: null }],
    ["with headers cut short", ["SCHEMA headers.bin", "NOT_ANCHORED -"], { headers: header.slice(0, 79) }],
    ["without the work of its time", [`NO_WORK ${ofAll}`, "NOT_ANCHORED -"], { limit: () => 1n }],
    [
      "without the work that the trust file asks for",
      [`NO_WORK ${ofAll}`, "NOT_ANCHORED -"],
      { powLimit: "0".repeat(63).concat("1") },
    ],
    ["at another height than the pinned one", [`WRONG_HEADER ${ofAll}`, "NOT_ANCHORED -"], { heights: [99] }],
    ["that is still pending", ["NOT_ANCHORED -"], { heights: [] }],
  ])("%s is found", async (_, codes, bend) => {
    expect(weighty(await verify(bend))).toEqual(codes);
  });

  it("cannot be made easier by the trust file", async () => {
    expect(weighty(await verify({ limit: () => 1n, powLimit: "f".repeat(64) }))).toContain(
      `NO_WORK ${ofAll}`,
    );
  });
});
