import { createPublicKey, type KeyObject } from "node:crypto";
import { isIP } from "node:net";

/** For whom a certificate is and when it is good. */
export interface CertificateTerms {
  /** A DNS name or an IP address. */
  readonly host: string;
  readonly from: Date;
  readonly to: Date;
}

/** The key that certificates are made for: browsers take no Ed25519 there. */
const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

/** A certificate (PEM) for a P-256 key, signed by that key itself. */
export async function makeCertificate(key: KeyObject, { host, from, to }: CertificateTerms): Promise<string> {
  // Loaded only where one is made, once in the life of most controllers; the first is what the second is built on.
  await import("reflect-metadata");
  const { SubjectAlternativeNameExtension, X509CertificateGenerator } = await import("@peculiar/x509");
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: [{ CN: [host] }],
    keys: {
      privateKey: key.toCryptoKey(algorithm, true, ["sign"]),
      publicKey: createPublicKey(key).toCryptoKey(algorithm, true, ["verify"]),
    },
    signingAlgorithm: algorithm,
    notBefore: from,
    notAfter: to,
    extensions: [
      new SubjectAlternativeNameExtension([{ type: isIP(host) === 0 ? "dns" : "ip", value: host }]),
    ],
  });
  return `${certificate.toString("pem")}\n`;
}
