import { type DerValue, derTag, hexOf, readDer, readDerList } from "./der.ts";

/** What is read of a certificate: nothing that says whose it is. */
export interface CertificateFacts {
  /** Milliseconds since 1970. */
  readonly notBefore: number;
  readonly notAfter: number;
  readonly keyType: "rsa" | "ec" | "ed25519" | "other";
  /** Null where the kind of key or curve is not known. */
  readonly keyBits: number | null;
  /** Issuer and subject are the same; whether the signature is its own is not looked at. */
  readonly selfSigned: boolean;
  /** It may issue others (basic constraints). */
  readonly authority: boolean;
}

const keyTypes: Readonly<Record<string, CertificateFacts["keyType"]>> = {
  "2a864886f70d010101": "rsa",
  "2a8648ce3d0201": "ec",
  "2b6570": "ed25519",
};
/** The curves in use on the web, by their object identifiers. */
const curveBits: Readonly<Record<string, number>> = {
  "2a8648ce3d030107": 256,
  "2b81040022": 384,
  "2b81040023": 521,
};
const basicConstraints = "551d13";

/**
 * A DER certificate (RFC 5280) read as far as its dates, key and kind; null when it is none. Nothing is verified: it says
 * what the certificate claims.
 */
export function readCertificate(der: Uint8Array): CertificateFacts | null {
  const whole = sequence(readDer(der));
  const body = sequence(whole?.[0]);
  if (body === null) return null;
  // The version is left out in certificates of version 1.
  const fields = body[0]?.tag === derTag.version ? body.slice(1) : body;
  const [, , issuer, validity, subject, key, ...rest] = fields;
  const [from, until] = (sequence(validity) ?? []).map(readTime);
  const described = describeKey(key);
  if (issuer === undefined || subject === undefined || from == null || until == null || described === null)
    return null;
  const selfSigned = hexOf(issuer.bytes) === hexOf(subject.bytes);
  return { notBefore: from, notAfter: until, ...described, selfSigned, authority: isAuthority(rest) };
}

function sequence(value: DerValue | null | undefined): readonly DerValue[] | null {
  return value?.tag === derTag.sequence ? readDerList(value.content) : null;
}

/** Both forms of RFC 5280 end in Z and have seconds; years of two digits are 1950 to 2049. */
function readTime(value: DerValue): number | null {
  const text = String.fromCharCode(...value.content.subarray(0, 16));
  const digits = /^(\d{2,4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})Z$/.exec(text);
  const expected = value.tag === derTag.utcTime ? 13 : 15;
  if (digits === null || text.length !== expected) return null;
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = digits.slice(1).map(Number);
  const short = value.tag === derTag.utcTime;
  if (!short && value.tag !== derTag.generalizedTime) return null;
  const full = short ? year + (year < 50 ? 2000 : 1900) : year;
  return Date.UTC(full, month - 1, day, hour, minute, second);
}

function describeKey(value: DerValue | undefined): Pick<CertificateFacts, "keyType" | "keyBits"> | null {
  const [algorithm, bits] = sequence(value) ?? [];
  const [name, parameters] = sequence(algorithm) ?? [];
  if (name?.tag !== derTag.objectId || bits?.tag !== derTag.bitString) return null;
  const keyType = keyTypes[hexOf(name.content)] ?? "other";
  if (keyType === "rsa") return { keyType, keyBits: modulusBits(bits) };
  if (keyType === "ec")
    return { keyType, keyBits: curveBits[hexOf(parameters?.content ?? new Uint8Array())] ?? null };
  return { keyType, keyBits: keyType === "ed25519" ? 256 : null };
}

/** The first byte of a bit string counts unused bits, and a positive number may begin with a zero byte. */
function modulusBits({ content }: DerValue): number | null {
  const [modulus] = sequence(readDer(content.subarray(1))) ?? [];
  if (modulus?.tag !== derTag.integer) return null;
  const first = modulus.content.findIndex((byte) => byte !== 0);
  if (first < 0) return null;
  return (modulus.content.length - first) * 8 - Math.clz32(modulus.content[first] ?? 0) + 24;
}

function isAuthority(rest: readonly DerValue[]): boolean {
  const holder = rest.find(({ tag }) => tag === derTag.extensions);
  const extensions = sequence(holder === undefined ? null : readDer(holder.content)) ?? [];
  const parts = extensions.map((extension) => sequence(extension) ?? []);
  const constraint = parts.find(([name]) => name !== undefined && hexOf(name.content) === basicConstraints);
  const value = constraint?.at(-1);
  const [flag] = sequence(value?.tag === derTag.octetString ? readDer(value.content) : null) ?? [];
  return flag?.tag === derTag.boolean && flag.content[0] !== 0;
}
