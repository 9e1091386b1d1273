import type { JudgedAssignment } from "../assignment.ts";
import type { JudgedRule } from "../heal-limits.ts";
import { signAssignment, sliceDigest } from "../assignment.ts";
import { sha256Hex } from "../digest.ts";
import { canonicalBytes } from "../jcs.ts";
import { envelopePath } from "../kit-files.ts";
import type { ObservationResult, Predicate } from "../statement.ts";
import { encodeTrust, type TrustFile } from "../trust.ts";
import { makeIds, makeKeys, type TestIds, type TestKey, type TestKeys } from "./identities.ts";
import { happen, observe, REVISIONS, sealPredicate, stateAfter, type Step, timeAt } from "./statements.ts";

/** A small valid export, and what a test needs to bend it. */
export interface TestKit {
  readonly files: Map<string, Uint8Array>;
  /** The kit's own; a log and anchors add to it. */
  trust: TrustFile;
  readonly ids: TestIds;
  readonly keys: TestKeys;
  /** Digest of the bundle at each place of the appliance's chain. */
  readonly digests: ReadonlyMap<string, string>;
  /** When each was made, in minutes since the beginning. */
  readonly minutes: ReadonlyMap<string, number>;
  path(place: string): string;
}

/** How a forger with the appliance's key differs from an honest appliance. */
export interface Forgery {
  /** Changes what is signed at a place (`0-2`); subject is computed again, later bundles link to the result. */
  readonly edit?: Readonly<Record<string, (predicate: Predicate) => Predicate>>;
  /** Signs a place with another key. */
  readonly signer?: Readonly<Record<string, keyof TestKeys>>;
  readonly assignment?: (assignment: JudgedAssignment, index: number) => JudgedAssignment;
  readonly trust?: (trust: TrustFile, kit: { readonly ids: TestIds; readonly keys: TestKeys }) => TrustFile;
  /** Adds bundles after the honest ones. */
  readonly append?: readonly Step[];
  /** Another place for the appliance. */
  readonly ids?: Partial<TestIds>;
  /** Uses only the first bundles. */
  readonly take?: number;
}

/** The honest chain: every kind of bundle, two assignments, a heal, a snapshot in two parts, a rotation. */
const HONEST_STEPS: readonly Step[] = [
  {
    place: "0-0",
    make: observe("snapshot", 0, [
      ["ca", "pass"],
      ["cb", "fail"],
      ["cc", "unknown"],
    ]),
  },
  { place: "0-1", make: observe("delta", 0, [["cc", "error"]]) },
  { place: "0-2", make: observe("delta", 0, [["cb", "pass"]], { heals: [["cb", "fail", "pass"]] }) },
  { place: "0-3", make: observe("delta", 0, []) },
  { place: "0-4", make: happen({ type: "suspend" }, 0) },
  { place: "0-5", make: happen({ type: "resume" }, 0) },
  {
    place: "0-6",
    make: observe(
      "snapshot",
      1,
      [
        ["ca", "pass"],
        ["cb", "pass"],
      ],
      { part: 1 },
    ),
  },
  {
    place: "0-7",
    make: observe(
      "snapshot",
      1,
      [
        ["cc", "error"],
        ["cd", "fail"],
      ],
      { part: 2 },
    ),
  },
  { place: "0-8", make: observe("delta", 1, [["ca", "fail"]]) },
  {
    place: "0-9",
    make: (draft) =>
      happen({ type: "rotate", publicKey: draft.kit.keys.rotated.publicKey, newEpoch: 1 }, 1)(draft),
  },
  {
    place: "1-0",
    make: observe("snapshot", 1, [
      ["ca", "fail"],
      ["cb", "pass"],
      ["cc", "error"],
      ["cd", "fail"],
    ]),
  },
  { place: "1-1", make: observe("delta", 1, []) },
];

/** Makes the honest export of a seed, bent by a forgery. The same seed gives the same bytes. */
export async function makeKit(seed: number, forgery: Forgery = {}): Promise<TestKit> {
  const ids = { ...makeIds(seed), ...forgery.ids };
  const keys = await makeKeys(seed);
  const assignments = [0, 1].map((index) => {
    const honest = makeAssignment(ids, index);
    return forgery.assignment?.(honest, index) ?? honest;
  });
  const files = new Map<string, Uint8Array>();
  const { digests, minutes } = await sealChain({ ids, keys, assignments }, forgery, files);
  for (const assignment of assignments) {
    const bytes = canonicalBytes(assignment);
    files.set(`assignments/${sha256Hex(bytes)}.json`, bytes);
    files.set(
      `assignments/${sha256Hex(bytes)}.sig`,
      new TextEncoder().encode(await signAssignment(bytes, keys.stranger.sign)),
    );
  }
  const honestTrust = makeTrust(ids, keys, assignments);
  const trust = forgery.trust?.(honestTrust, { ids, keys }) ?? honestTrust;
  files.set("trust.json", encodeTrust(trust));
  const path = (place: string) => envelopePath(ids.site, { id: ids.appliance, ...parsePlace(place) });
  return { files, trust, ids, keys, digests, minutes, path };
}

async function sealChain(
  kit: { readonly ids: TestIds; readonly keys: TestKeys; readonly assignments: readonly JudgedAssignment[] },
  forgery: Forgery,
  files: Map<string, Uint8Array>,
): Promise<Pick<TestKit, "digests" | "minutes">> {
  const minutes = new Map<string, number>();
  const digests = new Map<string, string>();
  let before: ReadonlyMap<string, ObservationResult> = new Map();
  let prev: string | null = null;
  let minute = 0;
  for (const { place, make, ...step } of [
    ...HONEST_STEPS.slice(0, forgery.take),
    ...(forgery.append ?? []),
  ]) {
    const { epoch, seq } = parsePlace(place);
    minute = step.minute ?? minute;
    prev = step.prev ?? prev;
    const honest = make({ chain: { id: kit.ids.appliance, epoch, seq, prev }, minute, kit, before });
    const predicate = forgery.edit?.[place]?.(honest) ?? honest;
    const key = kit.keys[forgery.signer?.[place] ?? (epoch === 0 ? "appliance" : "rotated")];
    const sealed = await sealPredicate(predicate, key);
    const site = predicate.kind === "authority" ? predicate.partner : predicate.site;
    files.set(envelopePath(site, predicate.chain), sealed.bytes);
    digests.set(place, sealed.digest);
    minutes.set(place, minute);
    prev = sealed.digest;
    minute += 1;
    before = stateAfter(before, honest);
  }
  return { digests, minutes };
}

function makeAssignment(ids: TestIds, index: number): JudgedAssignment {
  const checks = ["ca", "cb", "cc", ...(index === 0 ? [] : ["cd"])];
  const files = [["policies/checks/linux/ca.yaml", sha256Hex(canonicalBytes("ca"))]] as const;
  return {
    schemaVersion: "1",
    site: ids.site,
    appliance: ids.appliance,
    generation: 1_048_576 + index,
    revision: REVISIONS[index] ?? "",
    issuedAt: timeAt(0),
    healUntil: timeAt(60 * 24 * 7),
    slice: sliceDigest(files),
    files,
    pairs: checks.map((check) => [ids.host, check] as const),
    checks: Object.fromEntries(checks.map((check) => [check, sha256Hex(canonicalBytes(check))])),
    runbooks: { rb: sha256Hex(canonicalBytes("rb")) },
    healing: { mode: "full", riskCeiling: "medium", windows: null },
    hosts: [{ id: ids.host, platform: "linux" }],
    definitions: {
      rules: Object.fromEntries(checks.map((check) => [`${check}-rule`, { ...RULE, check }])),
      runbooks: { rb: { risk: "medium", disruptive: true, reboot: false } },
    },
  };
}

/** Of each check; it holds nothing back. */
const RULE: JudgedRule = {
  check: "",
  platforms: ["linux"],
  runbook: "rb",
  owner: "agent",
  cooldown: "0s",
  maxAttempts: 20,
  window: "1h",
};

function makeTrust(ids: TestIds, keys: TestKeys, assignments: readonly JudgedAssignment[]): TrustFile {
  const enrolled = (key: TestKey, appliance: string) => ({
    publicKey: key.publicKey,
    site: ids.site,
    appliance,
    from: 0,
    to: null,
  });
  return {
    schemaVersion: "1",
    partner: ids.partner,
    sites: [ids.site],
    authority: { publicKey: keys.authority.publicKey, earlier: [] },
    log: null,
    witnesses: [],
    quorum: 0,
    bitcoin: null,
    heads: [],
    keys: [enrolled(keys.appliance, ids.appliance), enrolled(keys.rotated, ids.appliance)],
    revisions: REVISIONS.map((id) => ({ id, from: 0 })),
    assignments: assignments.map((assignment) => ({
      digest: sha256Hex(canonicalBytes(assignment)),
      site: ids.site,
      appliance: ids.appliance,
      generation: assignment.generation,
      from: 0,
    })),
    exceptions: [],
  };
}

function parsePlace(place: string): { readonly epoch: number; readonly seq: number } {
  const [epoch = "", seq = ""] = place.split("-");
  return { epoch: Number(epoch), seq: Number(seq) };
}
