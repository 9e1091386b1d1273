import { webcrypto } from "node:crypto";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyDecisions } from "./decisions.ts";
import { webCryptoEngine } from "./ed25519-webcrypto.ts";
import { readEnvelope } from "./envelope.ts";
import { createFindings } from "./finding.ts";
import type { AuthorityEventDetail } from "./statement.ts";
import {
  edit,
  fork,
  headAt,
  remove,
  rules,
  type Ruling,
  set,
  steps,
  type Tamper,
} from "./testdata/forgeries.ts";
import { type Forgery, makeKit, type TestKit } from "./testdata/generator.ts";
import { timeAt } from "./testdata/statements.ts";
import { encodeTrust, readTrust, type TrustFile } from "./trust.ts";
import { type Verification, verifyBundles } from "./verify.ts";

const engine = webCryptoEngine(webcrypto.subtle);
const SEED = 20261126;
const NOWHERE = "0".repeat(64);

interface Case {
  readonly forgery?: Forgery;
  readonly tamper: Tamper;
  readonly given?: (kit: TestKit) => TrustFile;
}

async function verifyCase({ forgery, tamper, given }: Case): Promise<Verification> {
  const kit = await makeKit(SEED, forgery);
  await tamper(kit);
  const files = [...kit.files].map(([path, bytes]) => ({ path, bytes }));
  const trust = given === undefined ? null : encodeTrust(given(kit));
  return verifyBundles({ files, trust, engine, mode: "kit" });
}

/** Codes of level fail and incomplete with their place; the authority's places begin with `A`. */
async function codesOf(forged: Case): Promise<readonly string[]> {
  const { failures, unchecked } = await verifyCase(forged);
  const { ids } = await makeKit(SEED);
  const name = (file: string | null): string =>
    (file ?? "-")
      .replace(`envelopes/${ids.partner}/${ids.partner}/`, "A")
      .replace(`envelopes/${ids.site}/${ids.appliance}/`, "")
      .replace(/(?:\.[0-9a-f]{16})?\.dsse\.json$/, "");
  const incomplete = unchecked.filter(({ level }) => level === "incomplete");
  return [...failures, ...incomplete].map(({ code, file }) => `${code} ${name(file)}`).toSorted();
}

const at = (kit: TestKit, place: string): string => kit.digests.get(place) ?? NOWHERE;

function revoke(lastTrusted: string | null, more: Partial<Ruling> & { compromisedAt?: string } = {}) {
  const { compromisedAt = null, ...rest } = more;
  return (kit: TestKit): Ruling => ({
    event: {
      type: "revoke",
      keyid: kit.keys.appliance.keyid,
      lastTrusted: lastTrusted === null ? null : at(kit, lastTrusted),
      compromisedAt,
      reason: "BOX_STOLEN",
    },
    ...rest,
  });
}

const erase =
  (place: string, file?: Ruling["file"]) =>
  (kit: TestKit): Ruling => ({
    event: { type: "tombstone", digest: at(kit, place), basis: "ERASURE_REQUEST" },
    ...(file === undefined ? {} : { file }),
  });

const forked =
  (...digests: readonly string[]) =>
  (kit: TestKit): Ruling => ({
    event: { type: "fork", digests: digests.map((one) => (one === NOWHERE ? one : at(kit, one))) },
  });

const resolve =
  (surviving: (kit: TestKit) => string, newEpoch = 1) =>
  (kit: TestKit): Ruling => ({
    event: { type: "resolve", chain: kit.ids.appliance, surviving: surviving(kit), newEpoch },
  });

const enrol =
  (
    more: Partial<Extract<AuthorityEventDetail, { type: "enrol" }>> = {},
    key?: Ruling["key"],
    file?: Ruling["file"],
  ) =>
  ({ ids, keys }: TestKit): Ruling => ({
    event: {
      type: "enrol",
      site: ids.site,
      appliance: ids.appliance,
      publicKey: keys.appliance.publicKey,
      ...more,
    },
    ...(key === undefined ? {} : { key }),
    ...(file === undefined ? {} : { file }),
  });

const rotate =
  (to: keyof TestKit["keys"], key: keyof TestKit["keys"] = "authority") =>
  ({ keys }: TestKit): Ruling => ({ event: { type: "rotate", publicKey: keys[to].publicKey }, key });

/** The trust file after the authority's key became `other`, and `stranger` before that when asked. */
const afterRotation =
  (...between: readonly "stranger"[]): NonNullable<Forgery["trust"]> =>
  (trust, { keys }) => ({
    ...trust,
    authority: {
      publicKey: keys.other.publicKey,
      earlier: [keys.authority.publicKey, ...between.map((name) => keys[name].publicKey)],
    },
  });

/** The digest of the fork's other branch: the file with a suffix. */
async function otherBranch(kit: TestKit): Promise<string> {
  const [path = ""] = [...kit.files.keys()].filter((name) => /\.[0-9a-f]{16}\.dsse/.test(name));
  const read = readEnvelope(kit.files.get(path) ?? new Uint8Array());
  return read.ok ? read.digest : "";
}

/** Resolves for the other branch of the fork. */
const resolveForOther: Tamper = async (kit) => {
  const surviving = await otherBranch(kit);
  await rules(resolve(() => surviving))(kit);
};

describe("what the authority decided gives exactly these codes", () => {
  it.each<[string, readonly string[], Case]>([
    [
      "a key that is trusted for nothing",
      ["REVOKED 0-0", "REVOKED 0-1", "REVOKED 0-2"],
      { forgery: { take: 3 }, tamper: rules(revoke(null)) },
    ],
    [
      "bundles beyond the last trusted one",
      ["REVOKED 0-2", "REVOKED 0-3"],
      { forgery: { take: 4 }, tamper: rules(revoke("0-1")) },
    ],
    [
      "bundles that state a time before the theft, without an anchor",
      ["REVOKED 0-2"],
      { forgery: { take: 3 }, tamper: rules(revoke("0-1", { compromisedAt: timeAt(99) })) },
    ],
    [
      "a rotation by a thief opens nothing",
      ["EPOCH_NOT_OPENED 1-0", "REVOKED 0-9"],
      { tamper: rules(revoke("0-8")) },
    ],
    [
      "a thief's branch is no fork",
      ["REVOKED 0-3"],
      { forgery: { take: 4 }, tamper: steps(fork("0-3"), rules(revoke("0-3"))) },
    ],
    [
      "the last of two revocations of a key",
      ["REVOKED 0-3"],
      { forgery: { take: 4 }, tamper: rules(revoke(null), revoke("0-2")) },
    ],
    [
      "a last trusted bundle that is not there",
      ["MISSING_FILE -"],
      { forgery: { take: 3 }, tamper: rules(revoke("9-9")) },
    ],
    [
      "a revocation that nobody reviewed",
      ["GIT_DISAGREES A0-0"],
      { forgery: { take: 3 }, tamper: rules(revoke(null, { file: { revision: "9".repeat(40) } })) },
    ],
    ["a fork that is known", ["FORK 0-3"], { tamper: steps(fork("0-3"), rules(forked("0-3", NOWHERE))) }],
    ["a fork of which one branch was kept back", ["FORK 0-3"], { tamper: rules(forked("0-3", NOWHERE)) }],
    [
      "a fork of which the surviving branch was kept back",
      ["FORK 0-3", "MISSING_FILE -"],
      {
        tamper: rules(
          forked("0-3", NOWHERE),
          resolve(() => "1".repeat(64)),
        ),
      },
    ],
    [
      "a fork that an appliance resolves",
      ["EVENT_WRONG_SIGNER A0-0", "FORK 0-3"],
      {
        tamper: steps(
          fork("0-3"),
          rules((kit) => ({ ...resolve(() => at(kit, "0-3"))(kit), key: "appliance" })),
        ),
      },
    ],
    [
      "an erasure that nobody reviewed",
      ["GAP 0-2", "TOMBSTONE_WITHOUT_BASIS A0-0"],
      { tamper: steps(rules(erase("0-2", { revision: "9".repeat(40) })), remove("0-2")) },
    ],
    ["an erasure of another bundle", ["GAP 0-2"], { tamper: steps(rules(erase("0-3")), remove("0-2")) }],
    [
      "two neighbours erased",
      ["GAP 0-2"],
      { tamper: steps(rules(erase("0-2"), erase("0-3")), remove("0-2", "0-3")) },
    ],
    [
      "a key enrolled that git does not enrol",
      ["GIT_DISAGREES A0-0"],
      { tamper: rules(enrol({ publicKey: NOWHERE })) },
    ],
    [
      "a file that git has with other bytes",
      ["GIT_DISAGREES A0-0"],
      { tamper: rules(enrol({}, undefined, { path: "policies/checks/linux/ca.yaml", sha256: NOWHERE })) },
    ],
    [
      "an epoch signed by another key than the one rotated to",
      ["GIT_DISAGREES 1-0"],
      {
        forgery: edit("0-9", set({ event: { type: "rotate", publicKey: NOWHERE, newEpoch: 1 } })),
        tamper: rules(),
      },
    ],
    [
      "the authority's old key after its rotation",
      ["KEY_AFTER_ROTATE A0-1"],
      { forgery: { trust: afterRotation() }, tamper: rules(rotate("other"), enrol()) },
    ],
    [
      "the authority's old key after the new one",
      ["KEY_AFTER_ROTATE A0-2"],
      { forgery: { trust: afterRotation() }, tamper: rules(rotate("other"), enrol({}, "other"), enrol()) },
    ],
    [
      "a decision by a key that was replaced",
      ["KEY_AFTER_ROTATE A0-1"],
      { forgery: { trust: afterRotation(), take: 3 }, tamper: rules(enrol({}, "other"), revoke(null)) },
    ],
    [
      "the authority's rotation to a key that git does not have",
      ["GIT_DISAGREES A0-0"],
      { tamper: rules(rotate("stranger")) },
    ],
    [
      "another key than the one the authority rotated to",
      ["GIT_DISAGREES A0-1"],
      {
        forgery: { trust: afterRotation("stranger") },
        tamper: rules(rotate("stranger"), enrol({}, "other")),
      },
    ],
    [
      "a new authority that the given trust file does not know",
      ["TRUST_SWAPPED trust.json", "UNKNOWN_KEY A0-1"].concat("GIT_DISAGREES A0-0"),
      {
        forgery: { trust: afterRotation() },
        tamper: rules(rotate("other"), enrol({}, "other")),
        given: ({ trust, keys }) => ({
          ...trust,
          authority: { publicKey: keys.authority.publicKey, earlier: [] },
        }),
      },
    ],
  ])("%s", async (_, codes, forged) => {
    expect(await codesOf(forged)).toEqual(codes.toSorted());
  });

  it("whichever bundle is the last trusted one", async () => {
    const kit = await makeKit(SEED, { take: 9 });
    const places = [...kit.digests.keys()];
    await fc.assert(
      fc.asyncProperty(fc.nat(places.length - 1), async (last) => {
        const codes = await codesOf({ forgery: { take: 9 }, tamper: rules(revoke(places[last] ?? null)) });
        expect(codes).toEqual(places.slice(last + 1).map((place) => `REVOKED ${place}`));
      }),
      { numRuns: 9 },
    );
  });
});

describe("no findings are", () => {
  it.each<[string, readonly string[], Case]>([
    [
      "a fork resolved",
      ["FORK_RESOLVED"],
      {
        tamper: steps(
          fork("0-3"),
          rules(
            forked("0-3", NOWHERE),
            resolve((kit) => at(kit, "1-1"), 2),
          ),
        ),
      },
    ],
    [
      "a fork resolved against a branch that rotated",
      ["FORK_RESOLVED"],
      { tamper: steps(fork("0-3"), resolveForOther) },
    ],
    ["a key revoked after its last bundle", [], { tamper: rules(revoke("0-9")) }],
    ["an envelope erased", ["TOMBSTONE"], { tamper: steps(rules(erase("0-2")), remove("0-2")) }],
    ["the first envelope erased", ["TOMBSTONE"], { tamper: steps(rules(erase("0-0")), remove("0-0")) }],
    ["an envelope that may be erased and is there", ["TOMBSTONE"], { tamper: rules(erase("0-2")) }],
    [
      "a rotation of the authority",
      [],
      { forgery: { trust: afterRotation() }, tamper: rules(enrol(), rotate("other"), enrol({}, "other")) },
    ],
    [
      "a rotation of the authority not yet followed by anything",
      [],
      { forgery: { trust: afterRotation() }, tamper: rules(rotate("other")) },
    ],
    [
      "an authority that lost its key",
      ["AUTHORITY_KEY_REPLACED"],
      { forgery: { trust: afterRotation() }, tamper: rules(enrol(), enrol({}, "other")) },
    ],
    [
      "an enrolment at a site that the trust file does not cover",
      [],
      { tamper: rules((kit) => enrol({ site: kit.ids.host, publicKey: NOWHERE })(kit)) },
    ],
  ])("%s", async (_, notes, honest) => {
    expect(await codesOf(honest)).toEqual([]);
    const result = await verifyCase(honest);
    expect(result.outcome).toBe("verified");
    expect(result.notes.map(({ code }) => code)).toEqual(notes);
  });

  it("an erased head that the trust file knows", async () => {
    const tamper = steps(rules(erase("1-1")), remove("1-1"));
    const given = (kit: TestKit) => ({ ...kit.trust, heads: [headAt(kit, 1, 1)] });
    expect(await codesOf({ tamper, given })).toEqual([]);
  });

  it("a kit with the trust file from before a rotation, beside the one from after", async () => {
    const result = await verifyCase({
      tamper: rules(enrol()),
      given: (kit) => afterRotation()(kit.trust, kit),
    });
    expect(result.outcome).toBe("verified");
  });
});

it("after an erased envelope the state is not known until the next snapshot", async () => {
  const { unchecked } = await verifyCase({ tamper: steps(rules(erase("0-2")), remove("0-2")) });
  expect(unchecked.map(({ code }) => code)).toContain("STATE_NOT_REPLAYED");
});

describe("beyond the last trusted bundle", () => {
  const compromisedAt = timeAt(60);

  async function revokedAt(existed: string | null): Promise<number> {
    const kit = await makeKit(SEED, { take: 3 });
    await rules(revoke("0-1", { compromisedAt }))(kit);
    const read = readTrust(kit.files.get("trust.json") ?? new Uint8Array());
    if (!read.ok) throw new Error(read.message);
    const bundles = [...kit.files].flatMap(([path, bytes]) => {
      const envelope = path.startsWith("envelopes/") ? readEnvelope(bytes) : null;
      if (envelope?.ok !== true) return [];
      const { digest, keyid, statement } = envelope;
      return [{ path, digest, keyid, keySite: kit.ids.site, predicate: statement.predicate }];
    });
    const facts = { authority: read.authority, objectionTo: () => null, mode: "kit" } as const;
    return applyDecisions(bundles, { ...facts, findings: createFindings(), existedBy: () => existed }).revoked
      .size;
  }

  it.each<[string, string | null, number]>([
    ["a bundle counts that existed before the theft, by an anchor", compromisedAt, 0],
    ["none counts that existed a minute later", timeAt(61), 1],
    ["none counts without an anchor", null, 1],
  ])("%s", async (_, existed, revoked) => {
    expect(await revokedAt(existed)).toBe(revoked);
  });
});
