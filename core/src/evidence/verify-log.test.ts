import { webcrypto } from "node:crypto";
import { describe, expect, it } from "vitest";
import { sha256Hex } from "./digest.ts";
import { webCryptoEngine } from "./ed25519-webcrypto.ts";
import { checkpointPath, ENTRIES_PATH, MANIFEST_PATH } from "./kit-files.ts";
import { encodeManifest, type KitManifest } from "./kit-manifest.ts";
import { edit, set } from "./testdata/forgeries.ts";
import { type Forgery, makeKit, type TestKit } from "./testdata/generator.ts";
import { timeAt } from "./testdata/statements.ts";
import { addLog, type LogForgery, ORIGIN, rootOf } from "./testdata/logged.ts";
import { type Verification, verifyBundles } from "./verify.ts";

const engine = webCryptoEngine(webcrypto.subtle);
const SEED = 20261126;
const NOWHERE = "0".repeat(64);

interface Case {
  readonly forgery?: Forgery;
  readonly log?: LogForgery;
}

async function makeLogged({ forgery, log }: Case): Promise<TestKit> {
  const kit = await makeKit(SEED, forgery);
  await addLog(kit, log);
  return kit;
}

function verifyKit(kit: TestKit): Promise<Verification> {
  const files = [...kit.files].map(([path, bytes]) => ({ path, bytes }));
  return verifyBundles({ files, trust: null, engine, mode: "kit" });
}

/** Codes of level fail and incomplete with the file they are found at, shortened. */
function weighty({ failures, unchecked }: Verification): string[] {
  const incomplete = unchecked.filter(({ level }) => level === "incomplete");
  return [...failures, ...incomplete]
    .map(
      ({ code, file }) =>
        `${code} ${(file ?? "-").replace(/^envelopes\/.*\//, "").replace(".dsse.json", "")}`,
    )
    .toSorted();
}

async function expectCodes(_: string, codes: readonly string[], forged: Case): Promise<void> {
  const result = await verifyKit(await makeLogged(forged));
  expect(weighty(result)).toEqual(codes.toSorted());
}

/** The honest digests, before anything is bent. */
const honest = await makeKit(SEED);
const digests = [...honest.digests.values()];

function saw(size: number, root: string, origin = ORIGIN): ReturnType<typeof set> {
  return set({ seen: { checkpoint: { origin, size, root }, block: null } });
}

describe("a kit with a log", () => {
  it("is verified, and says what the log came to", async () => {
    const result = await verifyKit(await makeLogged({ log: { sizes: [4, 12] } }));
    expect(result.outcome).toBe("verified");
    expect(result.checked.log).toEqual({
      origin: ORIGIN,
      leaves: 12,
      logged: 12,
      checkpoints: 2,
      newest: { size: 12, root: rootOf(digests) },
      witnesses: [
        { witness: "witness-2.example", time: 1_795_000_000 },
        { witness: "witness-3.example", time: 1_795_000_000 },
      ],
    });
    expect(result.unchecked.map(({ code }) => code)).not.toContain("LOG_NOT_CHECKED");
  });

  it("may hold bundles of others, and bundles that saw an earlier checkpoint", async () => {
    const forgery = edit("0-3", saw(2, rootOf(digests.slice(0, 2))));
    expect(weighty(await verifyKit(await makeLogged({ forgery })))).toEqual([]);
    const others = { leaves: (own: readonly string[]) => [NOWHERE, ...own, NOWHERE] };
    expect(weighty(await verifyKit(await makeLogged({ log: others })))).toEqual([]);
  });

  it("notes an order of leaves that is not the chain's", async () => {
    const result = await verifyKit(await makeLogged({ log: { leaves: (own) => own.toReversed() } }));
    expect(result.notes.map(({ code }) => code)).toEqual(["LOG_ORDER"]);
  });

  it("says so when the trust file asks for no witness", async () => {
    const log = { trust: (trust: TestKit["trust"]) => ({ ...trust, quorum: 0 }), cosigners: [] };
    const result = await verifyKit(await makeLogged({ log }));
    expect(result.outcome).toBe("verified");
    expect(result.unchecked.map(({ code }) => code)).toContain("WITNESSES_NOT_ASKED");
  });

  it.each<[string, LogForgery["files"] & {}]>([
    [
      "the trust file names no log",
      (files) => files.set("trust.json", honest.files.get("trust.json") ?? new Uint8Array()),
    ],
    ["the leaves are not there", (files) => files.delete(ENTRIES_PATH)],
  ])("is not judged when %s", async (_, files) => {
    const result = await verifyKit(await makeLogged({ log: { files: files } }));
    expect(result.checked.log).toBeNull();
    expect(result.unchecked.map(({ code }) => code)).toContain("LOG_NOT_CHECKED");
  });
});

describe("a forged log gives exactly these codes", () => {
  it.each<[string, readonly string[], Case]>([
    ["a bundle that is no leaf", ["NOT_LOGGED 0-2"], { log: { leaves: (own) => own.toSpliced(2, 1) } }],
    ["a bundle after the newest checkpoint", ["NOT_LOGGED 1-1"], { log: { sizes: [11] } }],
    [
      "leaves cut off",
      ["ROLLED_BACK log/checkpoints/12", "NOT_LOGGED 1-1"],
      {
        log: {
          sizes: [11, 12],
          files: (files) =>
            files.set(ENTRIES_PATH, files.get(ENTRIES_PATH)?.slice(0, 32 * 11) ?? new Uint8Array()),
        },
      },
    ],
    [
      "a head that the trust file knows is longer",
      [`ROLLED_BACK ${ENTRIES_PATH}`],
      {
        log: {
          trust: (trust) => ({
            ...trust,
            log: trust.log && { ...trust.log, newest: { size: 13, root: NOWHERE } },
          }),
        },
      },
    ],
    [
      "a head that the trust file knows is of another history",
      [`SPLIT_VIEW ${ENTRIES_PATH}`],
      {
        log: {
          trust: (trust) => ({
            ...trust,
            log: trust.log && { ...trust.log, newest: { size: 5, root: NOWHERE } },
          }),
        },
      },
    ],
    [
      "a checkpoint of another history",
      ["MISSING_FILE log/checkpoints/", "SPLIT_VIEW log/checkpoints/12"],
      { log: { root: NOWHERE } },
    ],
    [
      "a checkpoint of another log",
      ["MISSING_FILE log/checkpoints/", "WRONG_ORIGIN log/checkpoints/12"],
      { log: { origin: "other.example/evidence" } },
    ],
    [
      "a checkpoint signed by another key",
      ["BAD_CHECKPOINT_SIGNATURE log/checkpoints/12", "MISSING_FILE log/checkpoints/"],
      { log: { signer: 9 } },
    ],
    [
      "a checkpoint that cannot be read",
      ["MISSING_FILE log/checkpoints/", "SCHEMA log/checkpoints/12"],
      { log: { files: (files) => files.set(checkpointPath(12), new Uint8Array([1])) } },
    ],
    [
      "a checkpoint under another size",
      ["MISPLACED log/checkpoints/7"],
      {
        log: {
          files: (files) => {
            files.set(checkpointPath(7), files.get(checkpointPath(12)) ?? new Uint8Array());
            files.delete(checkpointPath(12));
          },
        },
      },
    ],
    ["no checkpoint", ["MISSING_FILE log/checkpoints/"], { log: { sizes: [] } }],
    [
      "leaves of another length",
      [`SCHEMA ${ENTRIES_PATH}`],
      { log: { files: (files) => files.set(ENTRIES_PATH, new Uint8Array(33)) } },
    ],
    ["too few witnesses", ["NOT_WITNESSED log/checkpoints/12"], { log: { cosigners: [2] } }],
    ["an unknown witness", ["NOT_WITNESSED log/checkpoints/12"], { log: { cosigners: [2, 4] } }],
    ["a witness counted twice", ["NOT_WITNESSED log/checkpoints/12"], { log: { cosigners: [2, 2] } }],
    ["a bundle that saw another history", ["SPLIT_VIEW 0-3"], { forgery: edit("0-3", saw(2, NOWHERE)) }],
    ["a bundle that saw a longer log", ["ROLLED_BACK 0-3"], { forgery: edit("0-3", saw(99, NOWHERE)) }],
    [
      "a bundle that saw another log",
      ["WRONG_ORIGIN 0-3"],
      { forgery: edit("0-3", saw(2, NOWHERE, "other.example/evidence")) },
    ],
    [
      "a bundle that saw itself",
      ["SEEN_IMPOSSIBLE 0-3"],
      {
        forgery: edit("0-3", saw(4, NOWHERE)),
      },
    ],
    [
      "a bundle before its key was enrolled",
      ["NOT_ENROLLED 0-0", "NOT_ENROLLED 0-1"],
      {
        log: {
          trust: (trust) => ({
            ...trust,
            keys: trust.keys.map((key, at) => (at === 0 ? { ...key, from: 2 } : key)),
          }),
        },
      },
    ],
    [
      "a bundle after its key was removed",
      ["NOT_ENROLLED 0-9"],
      {
        log: {
          trust: (trust) => ({
            ...trust,
            keys: trust.keys.map((key, at) => (at === 0 ? { ...key, to: 9 } : key)),
          }),
        },
      },
    ],
  ])("%s", expectCodes);
});

describe("a kit's own list", () => {
  async function listed(
    bend: (manifest: KitManifest) => KitManifest,
    after?: (kit: TestKit) => void,
  ): Promise<Verification> {
    const kit = await makeLogged({});
    const manifest: KitManifest = {
      schemaVersion: "1",
      partner: kit.ids.partner,
      site: kit.ids.site,
      framework: null,
      from: timeAt(0),
      to: timeAt(12),
      files: [...kit.files].map(([path, bytes]) => ({ path, sha256: sha256Hex(bytes) })),
    };
    kit.files.set(MANIFEST_PATH, encodeManifest(bend(manifest)));
    after?.(kit);
    return verifyKit(kit);
  }
  const same = (manifest: KitManifest): KitManifest => manifest;

  it("is compared, and says what the kit is of", async () => {
    const result = await listed(same);
    expect(result.outcome).toBe("verified");
    expect(result.checked.kit).toMatchObject({ framework: null, from: timeAt(0), to: timeAt(12) });
  });

  it.each<[string, readonly string[], (manifest: KitManifest) => KitManifest, ((kit: TestKit) => void)?]>([
    [
      "a changed file",
      ["CHANGED_FILE verify.html"],
      (manifest) => ({ ...manifest, files: [...manifest.files, { path: "verify.html", sha256: NOWHERE }] }),
      (kit) => void kit.files.set("verify.html", new Uint8Array()),
    ],
    [
      "a missing file",
      ["MISSING_FILE verify.html"],
      (manifest) => ({ ...manifest, files: [...manifest.files, { path: "verify.html", sha256: NOWHERE }] }),
    ],
    [
      "a file that was added",
      ["UNLISTED_FILE notes.txt"],
      same,
      (kit) => void kit.files.set("notes.txt", new Uint8Array()),
    ],
    ["another partner", ["WRONG_SITE kit.json"], (manifest) => ({ ...manifest, partner: manifest.site })],
    ["another site", ["WRONG_SITE kit.json"], (manifest) => ({ ...manifest, site: manifest.partner })],
    ["a period that goes on", ["CHAIN_ENDS_EARLY 1-1"], (manifest) => ({ ...manifest, to: timeAt(900) })],
    ["no list", ["NOT_JSON kit.json"], same, (kit) => void kit.files.set(MANIFEST_PATH, new Uint8Array())],
    [
      "a list with something else",
      ["SCHEMA kit.json"],
      same,
      (kit) => void kit.files.set(MANIFEST_PATH, new TextEncoder().encode("{}")),
    ],
    [
      "a list in another form",
      ["NOT_CANONICAL kit.json"],
      same,
      (kit) =>
        void kit.files.set(MANIFEST_PATH, new Uint8Array([...(kit.files.get(MANIFEST_PATH) ?? []), 10])),
    ],
  ])("%s", async (_, codes, bend, after) => {
    expect(weighty(await listed(bend, after))).toEqual(codes);
  });
});
