import { spawnSync } from "node:child_process";
import { existsSync, globSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type EvidenceCode, keyidOf, readTrust, verifyBundles } from "@compline/core";
import { expect, it } from "vitest";
import { nodeEngine, nodeSha256 } from "../crypto.ts";
import type { Enrolment } from "../reconcile/enrolments.ts";
import { judgeEnvelopes } from "./judge.ts";

const writer = join(import.meta.dirname, "../../../.ci/write-cases.mjs");
const engine = nodeEngine();
/** Exports share most of their envelopes; each is judged once under a trust file. */
const judgedAlready = new Set<string>();

/** Ingest knows one key for a chain, and says no more about another than that it is not that one. */
const AT_INGEST: Partial<Record<EvidenceCode, EvidenceCode>> = {
  KEY_MISMATCH: "UNKNOWN_KEY",
  EVENT_WRONG_SIGNER: "UNKNOWN_KEY",
};

it("refuses each envelope of every forged export for the reason that an auditor is given", async () => {
  const folder = mkdtempSync(join(tmpdir(), "compline-hostile-"));
  try {
    expect(spawnSync(process.execPath, [writer, folder]).status).toBe(0);
    const reasons = new Set<string>();
    // Of a whole site nothing is refused, and it has thousands of envelopes.
    for (const name of readdirSync(folder).filter((one) => !one.startsWith("site-"))) {
      for (const { path, atIngest, atAudit } of await judgeFolder(join(folder, name))) {
        expect(`${name} ${path} ${atIngest}`).toBe(`${name} ${path} ${atAudit}`);
        reasons.add(atIngest);
      }
    }
    expect(reasons.size).toBeGreaterThan(15);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}, 120_000);

interface Judgement {
  readonly path: string;
  readonly atIngest: string;
  readonly atAudit: string;
}

/** The envelopes of the enrolled appliance before it rotates its key. */
async function judgeFolder(folder: string): Promise<readonly Judgement[]> {
  const trust = [join(folder, "trust.json"), join(folder, "kit/trust.json")].find((file) => existsSync(file));
  const read = trust === undefined ? null : readTrust(readFileSync(trust));
  const [key] = read?.ok ? read.keys.values() : [];
  if (trust === undefined || key === undefined) return [];
  const enrolment = {
    appliance: key.appliance,
    site: key.site,
    publicKey: key.bytes,
    keyid: keyidOf(key.bytes),
    log: null,
  } as unknown as Enrolment; // names and revision of an enrolment are not judged
  const authority = {
    ruling: () => null,
    revoked: () => null,
    reach: async () => ({ digests: new Set<string>(), isOpen: false }),
  };
  const signers = { enrolments: new Map([[key.appliance, enrolment]]), authority };
  const paths = globSync(`envelopes/*/${key.appliance}/0-*`, { cwd: join(folder, "kit") }).filter((path) =>
    isNew(`${read?.fingerprint} ${nodeSha256(readFileSync(join(folder, "kit", path)))}`),
  );
  return Promise.all(
    paths.map(async (path) => {
      const bytes = readFileSync(join(folder, "kit", path));
      const [judged] = await judgeEnvelopes([bytes], signers, { engine, receivedAt: "" });
      const atIngest = judged !== undefined && "refused" in judged ? judged.refused.code : "accepted";
      return { path, atIngest, atAudit: await auditAlone(bytes, readFileSync(trust)) };
    }),
  );
}

function isNew(name: string): boolean {
  const before = judgedAlready.size;
  return judgedAlready.add(name).size > before;
}

/** What a verifier says about the envelope itself, in the words of ingest. */
async function auditAlone(bytes: Uint8Array, trust: Uint8Array): Promise<string> {
  const files = [{ path: "bundle.json", bytes }];
  const { failures, checked } = await verifyBundles({ files, trust, engine, mode: "bundles" });
  const code = failures.find((one) => checked.bundles === 0 || one.code === "WRONG_SITE")?.code;
  return code === undefined ? "accepted" : (AT_INGEST[code] ?? code);
}
