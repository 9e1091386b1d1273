import { beforeAll, describe, expect, it } from "vitest";
import { encodeVerifierKey, NOTE_TYPES } from "../log/note.ts";
import { makeNoteKey } from "../log/testdata/keys.ts";
import { sha256Hex } from "./digest.ts";
import { makeKit, type TestKit } from "./testdata/generator.ts";
import { trustOther } from "./testdata/forgeries.ts";
import { addedTrust, encodeTrust, readTrust, type TrustFile } from "./trust.ts";

let kit: TestKit;
let logKey: string;
let witnessKey: string;
beforeAll(async () => {
  kit = await makeKit(11);
  logKey = encodeVerifierKey((await makeNoteKey("lanternfish.example/evidence", 1)).key);
  witnessKey = encodeVerifierKey((await makeNoteKey("witness.example", 2, NOTE_TYPES.cosignature)).key);
});

const ORDER_8_POINT = "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05";

function full(trust: TrustFile): TrustFile {
  return {
    ...trust,
    log: {
      origin: "lanternfish.example/evidence",
      vkey: logKey,
      newest: { size: 9, root: "0".repeat(64) },
    },
    witnesses: [{ name: "witness.example", vkey: witnessKey }],
    quorum: 1,
    bitcoin: { powLimit: null, pins: [{ height: 1, hash: "0".repeat(64) }] },
    heads: [{ chain: kit.ids.appliance, epoch: 0, seq: 1, digest: "0".repeat(64) }],
    exceptions: [
      {
        name: "exc-1",
        site: kit.ids.site,
        host: null,
        check: "ca",
        requestedBy: "a@clinic.example",
        approvedBy: ["b@clinic.example"],
        notBefore: "2026-11-23T00:00:00.000Z",
        expires: "2026-12-23T00:00:00.000Z",
      },
    ],
  };
}

function reasonFor(trust: unknown): string {
  const read = readTrust(new TextEncoder().encode(JSON.stringify(trust)));
  return read.ok ? "ok" : read.message;
}

describe("readTrust", () => {
  it("reads what encodeTrust wrote, with its fingerprint and keys by keyid", () => {
    const bytes = encodeTrust(full(kit.trust));
    const read = readTrust(bytes);
    expect(read).toMatchObject({ ok: true, fingerprint: sha256Hex(bytes), trust: full(kit.trust) });
    if (!read.ok) return;
    expect([...read.keys.keys()]).toEqual([kit.keys.appliance.keyid, kit.keys.rotated.keyid]);
    expect(read.authority.map(({ keyid }) => keyid)).toEqual([kit.keys.authority.keyid]);
  });

  it("takes a file that people laid out, under another fingerprint", () => {
    const read = readTrust(
      new TextEncoder().encode(JSON.stringify({ ...kit.trust, authority: null }, null, 2)),
    );
    expect(read).toMatchObject({ ok: true, authority: [] });
    expect(read.fingerprint).not.toBe(sha256Hex(encodeTrust(kit.trust)));
  });

  it("refuses what it cannot read as one thing", () => {
    expect(reasonFor(5)).toBe("/: expected an object");
    expect(reasonFor({ ...kit.trust, note: 1 })).toMatch(/unknown member "note"/);
    expect(reasonFor({ ...kit.trust, quorum: "1" })).toMatch(/^\/quorum/);
    expect(readTrust(new Uint8Array())).toMatchObject({
      ok: false,
      message: "not JSON in UTF-8",
      fingerprint: sha256Hex(new Uint8Array()),
    });
    const twice = new TextDecoder().decode(encodeTrust(kit.trust)).replace("{", '{"keys":[],');
    expect(readTrust(new TextEncoder().encode(twice))).toMatchObject({
      ok: false,
      message: 'member "keys" is given twice',
    });
  });

  it("refuses a key that no engine should be asked about", () => {
    const weak = kit.trust.keys.map((key) => ({ ...key, publicKey: ORDER_8_POINT }));
    expect(reasonFor({ ...kit.trust, keys: weak })).toMatch(/small order/);
    expect(reasonFor({ ...kit.trust, authority: { publicKey: ORDER_8_POINT, earlier: [] } })).toMatch(
      /small order/,
    );
  });

  it("refuses a key with two owners", () => {
    const [first] = kit.trust.keys;
    expect(
      reasonFor({ ...kit.trust, keys: [first, { ...first, appliance: kit.ids.otherAppliance }] }),
    ).toMatch(/two owners/);
    expect(reasonFor({ ...kit.trust, authority: { publicKey: first?.publicKey, earlier: [] } })).toMatch(
      /also an appliance's key/,
    );
  });

  it("takes a key of one appliance at two sites, one after the other", () => {
    const [first] = kit.trust.keys;
    const keys = [
      { ...first, to: 5 },
      { ...first, site: kit.ids.partner, from: 5 },
    ];
    const read = readTrust(new TextEncoder().encode(JSON.stringify({ ...kit.trust, keys })));
    expect(read.ok && [...read.keys.values()].map(({ periods }) => periods)).toEqual([keys]);
  });
});

describe("addedTrust", () => {
  it("is nothing for files that differ only in time", () => {
    const older = full(kit.trust);
    const newer = {
      ...older,
      heads: [],
      revisions: [],
      keys: older.keys.map((key) => ({ ...key, to: 5 })),
      log: older.log && { ...older.log, newest: null },
    };
    expect(addedTrust(newer, older)).toEqual([]);
    expect(addedTrust(older, newer)).toEqual([]);
  });

  it.each<[string, (trust: TrustFile) => TrustFile]>([
    ["key", (trust) => trustOther(trust, kit)],
    [
      "key",
      (trust) => ({
        ...trust,
        keys: trust.keys.map((key) => ({ ...key, appliance: kit.ids.otherAppliance })),
      }),
    ],
    ["authority", (trust) => ({ ...trust, authority: { publicKey: kit.keys.other.publicKey, earlier: [] } })],
    ["log", (trust) => ({ ...trust, log: trust.log && { ...trust.log, vkey: "other" } })],
    [
      "witness",
      (trust) => ({ ...trust, witnesses: [...trust.witnesses, { name: "other.example", vkey: "x" }] }),
    ],
    [
      "pin",
      (trust) => ({ ...trust, bitcoin: { powLimit: null, pins: [{ height: 2, hash: "0".repeat(64) }] } }),
    ],
  ])("names a %s that the given file lacks", (kind, change) => {
    const given = full(kit.trust);
    const added = addedTrust(change(given), given);
    expect(added[0]).toMatch(new RegExp(`^${kind} \\{`));
    expect(addedTrust(given, given)).toEqual([]);
  });

  it("counts everything as added over a file that trusts nothing", () => {
    const nothing = { ...kit.trust, keys: [], authority: null };
    expect(addedTrust(full(kit.trust), nothing)).toHaveLength(6);
    expect(addedTrust(nothing, kit.trust)).toEqual([]);
  });
});
