import { easiestLimit } from "../../../ots/testdata/mine.ts";
import { anchored, BLOCK_TIME } from "../anchored.ts";
import { edit, fork, headAt, remove, rules, set, steps, trustOther } from "../forgeries.ts";
import { logged } from "../logged.ts";
import { at, afterRotation, enrol, erase, forked, resolve, resolveForOther, revoke, rotate } from "../rulings.ts";
import { timeAt } from "../statements.ts";
import { type ForgedCase, type HonestCase, NOWHERE } from "./case.ts";

/** By when the block of the tests shows that something existed (its time is good to two hours), and seconds after that. */
const existedBy = (seconds: number): string => new Date((BLOCK_TIME + 7200 + seconds) * 1000).toISOString();

/** What the authority decided, and what it could not decide. */
export const authorityCases: readonly ForgedCase[] = [
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
      "a bundle that an anchor shows a second after the theft at the latest",
      ["REVOKED 0-2"],
      {
        forgery: { take: 3 },
        tamper: steps(rules(revoke("0-1", { compromisedAt: existedBy(-1) })), logged(), anchored()),
        powLimit: easiestLimit,
      },
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
    [
      "an appliance without any bundle, whose key may have signed before a theft",
      ["CHAIN_MISSING -"],
      {
        forgery: { trust: trustOther },
        tamper: rules(revoke(null, { of: "other", compromisedAt: timeAt(99) })),
      },
    ],
    [
      "an appliance without any bundle, of which another key is revoked",
      ["CHAIN_MISSING -"],
      { forgery: { take: 9, trust: trustOther }, tamper: rules(revoke(null, { of: "rotated" })) },
    ],
    [
      "an appliance without any bundle, disowned by a file that nobody reviewed",
      ["CHAIN_MISSING -", "GIT_DISAGREES A0-0"],
      {
        forgery: { trust: trustOther },
        tamper: rules(revoke(null, { of: "other", file: { revision: "9".repeat(40) } })),
      },
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
      ["GIT_DISAGREES A0-0", "TRUST_SWAPPED trust.json", "UNKNOWN_KEY A0-1"],
      {
        forgery: { trust: afterRotation() },
        tamper: rules(rotate("other"), enrol({}, "other")),
        given: ({ trust, keys }) => ({
          ...trust,
          authority: { publicKey: keys.authority.publicKey, earlier: [] },
        }),
      },
    ],
  ];

/** Decisions with which nothing is wrong. */
export const honestAuthority: readonly HonestCase[] = [
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
    [
      "an appliance that never reported, which the authority says of it",
      ["NEVER_REPORTED"],
      { forgery: { trust: trustOther }, tamper: rules(revoke(null, { of: "other" })) },
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
    [
      "an erased head that the trust file knows",
      ["TRUST_DIFFERS", "TOMBSTONE"],
      {
        tamper: steps(rules(erase("1-1")), remove("1-1")),
        given: (kit) => ({ ...kit.trust, heads: [headAt(kit, 1, 1)] }),
      },
    ],
    [
      "a kit with the trust file from before a rotation, beside the one from after",
      ["TRUST_DIFFERS"],
      { tamper: rules(enrol()), given: (kit) => afterRotation()(kit.trust, kit) },
    ],
    [
      "a bundle that an anchor shows before the theft, beyond the last trusted one",
      [],
      {
        forgery: { take: 3 },
        tamper: steps(rules(revoke("0-1", { compromisedAt: existedBy(0) })), logged(), anchored()),
        powLimit: easiestLimit,
      },
    ],
];
