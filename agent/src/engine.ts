import { createPublicKey, verify } from "node:crypto";
import { createEngine, type SignatureEngine } from "@compline/core/appliance";

/** Ed25519 by `node:crypto`, behind the checks of core that make every engine give one verdict. */
export const nodeEngine: SignatureEngine = createEngine(async (batch) =>
  batch.map(({ publicKey, message, signature }) => {
    try {
      const jwk = { kty: "OKP", crv: "Ed25519", x: Buffer.from(publicKey).toString("base64url") };
      return verify(null, message, createPublicKey({ key: jwk, format: "jwk" }), signature);
    } catch {
      return false; // no point of the curve: the signature does not hold
    }
  }),
);
