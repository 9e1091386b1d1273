import { createPrivateKey, generateKeyPairSync, randomBytes, sign } from "node:crypto";
import {
  buildObservation,
  contentDigest,
  keyidOf,
  type Observation,
  type ObservationResult,
  type SealedEnvelope,
  sealStatement,
  signRequest,
  splitTarget,
} from "@compline/core";

/** An appliance for tests: its identity, its key, and a way to sign what it says. */
export interface TestAppliance {
  readonly id: string;
  readonly site: string;
  readonly publicKey: Uint8Array;
  readonly keyid: string;
  /** The headers of a request that it signs. */
  signed(request: TestRequest): Promise<Record<string, string>>;
  /** Seals a delta (a snapshot at seq 0) at a place of its chain; what is not given is made up. */
  seal(seq: number, more?: Told): Promise<SealedEnvelope>;
}

/** What a test appliance is to say. */
export interface Told extends Partial<Observation> {
  readonly assignment?: string;
  /** Every pair there is; the results when absent. */
  readonly stateAfter?: readonly ObservationResult[];
}

/** A request to sign. */
export interface TestRequest {
  /** GET when absent. */
  readonly method?: string;
  /** Host and port, as the Host header says it. */
  readonly host: string;
  /** Path and query. */
  readonly url: string;
  readonly body?: string;
  /** Seconds; the next second when absent, so that a server that just started believes it. */
  readonly created?: number;
  readonly nonce?: string;
}

/** The host that test appliances look at. */
export const testHost = "01J000000000000000000HBXA1";

/** Makes an appliance with a fresh key. */
export function makeAppliance(id: string, site: string): TestAppliance {
  const pair = generateKeyPairSync("ed25519");
  const privateKey = createPrivateKey(pair.privateKey.export({ type: "pkcs8", format: "pem" }));
  const publicKey = new Uint8Array(Buffer.from(pair.publicKey.export({ format: "jwk" }).x ?? "", "base64url"));
  const keyid = keyidOf(publicKey);
  const signWithKey = async (message: Uint8Array) => new Uint8Array(sign(null, message, privateKey));
  return {
    id,
    site,
    publicKey,
    keyid,
    signed: async ({ method = "GET", host, url, body, created, nonce }) => {
      const digest = body === undefined ? null : contentDigest(Buffer.from(body));
      const signature = await signRequest(
        { method, authority: host, ...splitTarget(url), contentDigest: digest },
        {
          created: created ?? Math.ceil(Date.now() / 1000),
          keyid,
          nonce: nonce ?? randomBytes(16).toString("base64url"),
        },
        signWithKey,
      );
      const about = digest === null ? {} : { "content-type": "application/json", "content-digest": digest };
      return { host, ...about, ...signature };
    },
    seal: (seq, more = {}) => sealStatement(statementAt({ id, site, seq }, more), { keyid, sign: signWithKey }),
  };
}

interface Place {
  readonly id: string;
  readonly site: string;
  readonly seq: number;
}

function statementAt({ id, site, seq }: Place, more: Told) {
  const { assignment = "b".repeat(64), ...given } = more;
  const at = new Date(Date.UTC(2026, 10, 23, 10, 0, seq)).toISOString();
  const results = given.results ?? [resultOf("pass", at)];
  return buildObservation({
    kind: seq === 0 ? "snapshot" : "delta",
    site,
    chain: { id, epoch: 0, seq, prev: seq === 0 ? null : "d".repeat(64) },
    software: { name: "test", version: "0", digest: "0".repeat(64) },
    policy: { revision: "a".repeat(40), assignment },
    window: { start: at, end: at },
    clock: { source: "none", offsetMs: null, uncertaintyMs: null, lastSyncAt: null, bootId: "boot", monotonicMs: 1 },
    seen: { checkpoint: null, block: null },
    results,
    heals: [],
    stateAfter: results,
    ran: results.length,
    oldestAt: at,
    parts: null,
    attachments: [],
    scrubber: { version: "0", digest: "0".repeat(64) },
    ...given,
  });
}

/** A result of the one check that tests look at. */
export function resultOf(verdict: "pass" | "fail", since: string): ObservationResult {
  return {
    host: testHost,
    check: "greeting",
    verdict,
    reason: null,
    observed: { polite: verdict === "pass" },
    since,
    exception: null,
  };
}
