import { createPrivateKey, createPublicKey, generateKeyPairSync } from "node:crypto";
import { readOrCreate } from "../config/private-file.ts";

/** The public key, as 64 hex digits, of the Ed25519 key in a file; the key is born there when the file is missing. */
export async function publicKeyOf(path: string): Promise<string> {
  const pem = await readOrCreate(path, () =>
    generateKeyPairSync("ed25519").privateKey.export({ type: "pkcs8", format: "pem" }),
  );
  const jwk = createPublicKey(createPrivateKey(pem)).export({ format: "jwk" });
  if (jwk.x === undefined) throw new Error(`unreachable: ${path} holds no Ed25519 key`);
  return Buffer.from(jwk.x, "base64url").toString("hex");
}
