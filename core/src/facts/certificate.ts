import { decodeBase64 } from "../evidence/base64.ts";
import type { Facts, FactsResult, RawFile } from "./raw-file.ts";
import { readCertificate } from "./x509.ts";

const dayMs = 86_400_000;
const block = /-----BEGIN CERTIFICATE-----([^-]*)-----END CERTIFICATE-----/g;

/**
 * The certificates in PEM files, as of `at` (milliseconds since 1970). Facts: `{found, certificates: [{path, notBefore,
 * notAfter, started, daysLeft, keyType, keyBits, selfSigned, authority}], unreadable}`. `daysLeft` counts whole days and
 * is negative once it has run out; `unreadable` counts blocks that say they are certificates and are none. Blocks of
 * another kind, such as private keys, are passed over, and so are files without any certificate.
 */
export function parseCertificates(roots: readonly RawFile[], at: number): FactsResult {
  const blocks = roots.flatMap(({ path, text }) =>
    [...(text ?? "").matchAll(block)].map(([, body = ""]) => describe(path, body, at)),
  );
  const certificates = blocks.filter((facts) => facts !== null);
  const unreadable = blocks.length - certificates.length;
  return { kind: "facts", facts: { found: blocks.length > 0, certificates, unreadable } };
}

function describe(path: string, body: string, at: number): Facts | null {
  const der = decodeBase64(body.replace(/\s+/g, ""));
  const certificate = der === undefined ? null : readCertificate(der);
  if (certificate === null) return null;
  const { notBefore, notAfter, ...rest } = certificate;
  return {
    path,
    notBefore: instant(notBefore),
    notAfter: instant(notAfter),
    started: notBefore <= at,
    daysLeft: Math.floor((notAfter - at) / dayMs),
    ...rest,
  };
}

/** A date beyond what can be written is none. */
function instant(ms: number): string | null {
  return Number.isNaN(new Date(ms).getTime()) ? null : new Date(ms).toISOString();
}
