import { etc, getPublicKeyAsync, signAsync } from "@noble/ed25519";
import { keyidOf, sha256Hex } from "../digest.ts";
import { canonicalBytes } from "../jcs.ts";

/** A signing key born from a seed, for tests only. */
export interface TestKey {
  readonly publicKey: string;
  readonly keyid: string;
  readonly secret: Uint8Array;
  readonly sign: (message: Uint8Array) => Promise<Uint8Array>;
}

/** Whoever may sign something in the tests. */
export interface TestKeys {
  readonly appliance: TestKey;
  readonly rotated: TestKey;
  readonly authority: TestKey;
  readonly other: TestKey;
  readonly stranger: TestKey;
}

/** Who is who in a generated export. */
export interface TestIds {
  readonly partner: string;
  readonly site: string;
  readonly appliance: string;
  readonly otherAppliance: string;
  readonly host: string;
}

/** The keys of a seed. */
export async function makeKeys(seed: number): Promise<TestKeys> {
  const [appliance, rotated, authority, other, stranger] = await Promise.all(
    (["appliance", "rotated", "authority", "other", "stranger"] as const).map((name) =>
      makeKey(`${seed} ${name}`),
    ),
  );
  if (!appliance || !rotated || !authority || !other || !stranger)
    throw new Error("unreachable: five keys were made");
  return { appliance, rotated, authority, other, stranger };
}

/** A key pair whose secret is the digest of a text. */
export async function makeKey(text: string): Promise<TestKey> {
  const secret = etc.hexToBytes(sha256Hex(canonicalBytes(text)));
  const publicKey = await getPublicKeyAsync(secret);
  return {
    publicKey: etc.bytesToHex(publicKey),
    keyid: keyidOf(publicKey),
    secret,
    sign: (message) => signAsync(message, secret),
  };
}

/** The identities of a seed. */
export function makeIds(seed: number): TestIds {
  const id = (name: string): string =>
    `01${sha256Hex(canonicalBytes(`${seed} ${name}`))
      .slice(0, 24)
      .toUpperCase()}`;
  return {
    partner: id("partner"),
    site: id("site"),
    appliance: id("appliance"),
    otherAppliance: id("other"),
    host: id("host"),
  };
}
