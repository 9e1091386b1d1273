import { spawnSync } from "node:child_process";
import { existsSync, globSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type EvidenceCode, keyidOf, readTrust, type ReadTrust, verifyBundles } from "@compline/core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { nodeEngine, nodeSha256 } from "../crypto.ts";
import type { Enrolment } from "../reconcile/enrolments.ts";
import { openSqliteStore } from "../store/sqlite-store.ts";
import { judgeEnvelopes, type Signers } from "./judge.ts";

const writer = join(import.meta.dirname, "../../../.ci/write-cases.mjs");
const engine = nodeEngine();
/** Exports share most of their envelopes; each is judged once under a trust file. */
const judgedAlready = new Set<string>();

/** Ingest knows who may sign for a chain, and says no more about another key than that it is none of those. */
const AT_INGEST: Readonly<Record<"appliance" | "authority", Partial<Record<EvidenceCode, EvidenceCode>>>> = {
  appliance: { KEY_MISMATCH: "UNKNOWN_KEY", EVENT_WRONG_SIGNER: "UNKNOWN_KEY" },
  authority: { UNKNOWN_KEY: "EVENT_WRONG_SIGNER" },
};

let folder: string;
/** Of a whole site nothing is refused, and it has thousands of envelopes. */
let exports: readonly string[];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "compline-hostile-"));
  expect(spawnSync(process.execPath, [writer, folder]).status).toBe(0);
  exports = readdirSync(folder).filter((one) => !one.startsWith("site-"));
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("refuses each envelope of every forged export for the reason that an auditor is given", async () => {
  const reasons = new Set<string>();
  for (const name of exports) {
    for (const { path, atIngest, atAudit } of await judgeFolder(join(folder, name))) {
      expect(`${name} ${path} ${atIngest}`).toBe(`${name} ${path} ${atAudit}`);
      reasons.add(atIngest);
    }
  }
  expect(reasons.size).toBeGreaterThan(15);
}, 120_000);

it("keeps every branch of a fork, and says of each but the first that it is one", async () => {
  let forks = 0;
  for (const name of exports) {
    const made = join(folder, name);
    const handed = readHanded(made);
    const paths = handed === null ? [] : pathsOf(handed, "appliance").toSorted();
    const branches = paths.filter((path) => /\.[0-9a-f]{16}\.dsse\.json$/.test(path));
    if (handed === null || branches.length === 0) continue;
    const envelopes = paths.map((path) => readFileSync(join(made, "kit", path)));
    const judged = await judgeEnvelopes(envelopes, handed.signers, { engine, receivedAt: "" });
    const store = openSqliteStore(join(made, "store.db"), "write");
    const results = await store.commit(judged.flatMap((one) => ("item" in one ? [one.item] : [])));
    await store.close();
    expect(`${name} ${results.filter(({ status }) => status === "fork").length}`).toBe(
      `${name} ${branches.length}`,
    );
    forks += branches.length;
  }
  expect(forks).toBeGreaterThan(5);
}, 120_000);

interface Judgement {
  readonly path: string;
  readonly atIngest: string;
  readonly atAudit: string;
}

/** An export as ingest sees it: who may sign is what its trust file says. */
interface Handed {
  readonly made: string;
  readonly trust: Buffer;
  readonly read: ReadTrust;
  readonly appliance: string;
  readonly signers: Signers;
}

function readHanded(made: string): Handed | null {
  const file = [join(made, "trust.json"), join(made, "kit/trust.json")].find((one) => existsSync(one));
  if (file === undefined) return null;
  const trust = readFileSync(file);
  const read = readTrust(trust);
  const [key] = read.ok ? read.keys.values() : [];
  if (!read.ok || key === undefined) return null;
  const enrolment = {
    appliance: key.appliance,
    sites: new Set(key.periods.map(({ site }) => site)),
    publicKey: key.bytes,
    keyid: keyidOf(key.bytes),
    log: null,
  } as unknown as Enrolment; // names and revision of an enrolment are not judged
  const ruling = { authority: { partner: read.trust.partner, keys: read.authority, log: null } };
  const authority = {
    ruling: () => ruling,
    revoked: () => null,
    reach: async () => ({ digests: new Set<string>(), isOpen: false }),
  } as unknown as Signers["authority"]; // what was decided is not judged here
  const signers = { enrolments: new Map([[key.appliance, enrolment]]), authority };
  return { made, trust, read, appliance: key.appliance, signers };
}

/** The envelopes of the enrolled appliance before it rotates its key, or of the authority. */
function pathsOf({ made, read, appliance }: Handed, who: "appliance" | "authority"): readonly string[] {
  const { partner } = read.trust;
  const places = who === "appliance" ? `*/${appliance}/0-*` : `${partner}/${partner}/*`;
  return globSync(`envelopes/${places}`, { cwd: join(made, "kit") });
}

async function judgeFolder(made: string): Promise<readonly Judgement[]> {
  const handed = readHanded(made);
  if (handed === null) return [];
  const judged = (["appliance", "authority"] as const).flatMap((who) =>
    pathsOf(handed, who).map((path) => judgeOne(handed, path, who)),
  );
  return (await Promise.all(judged)).flat();
}

async function judgeOne(
  { made, trust, read, signers }: Handed,
  path: string,
  who: "appliance" | "authority",
): Promise<readonly Judgement[]> {
  const bytes = readFileSync(join(made, "kit", path));
  if (!isNew(`${read.fingerprint} ${nodeSha256(bytes)}`)) return [];
  const [judged] = await judgeEnvelopes([bytes], signers, { engine, receivedAt: "" });
  const atIngest = judged !== undefined && "refused" in judged ? judged.refused.code : "accepted";
  const atAudit = await auditAlone(bytes, trust);
  return [{ path, atIngest, atAudit: atAudit === null ? "accepted" : (AT_INGEST[who][atAudit] ?? atAudit) }];
}

function isNew(name: string): boolean {
  const before = judgedAlready.size;
  return judgedAlready.add(name).size > before;
}

/** What a verifier says about the envelope itself; null when nothing is wrong with it. */
async function auditAlone(bytes: Uint8Array, trust: Uint8Array): Promise<EvidenceCode | null> {
  const files = [{ path: "bundle.json", bytes }];
  const { failures, checked } = await verifyBundles({ files, trust, engine, mode: "bundles" });
  return failures.find((one) => checked.bundles === 0 || one.code === "WRONG_SITE")?.code ?? null;
}
