import { createPrivateKey, generateKeyPairSync, sign } from "node:crypto";
import {
  type AuthorityEvent,
  type AuthorityEventDetail,
  buildAuthorityEvent,
  keyidOf,
  type SealedEnvelope,
  sealStatement,
} from "@compline/core";

/** A key of a partner's authority for tests, and a way to sign decisions with it. */
export interface TestAuthority {
  /** 64 hex digits. */
  readonly publicKey: string;
  readonly keyid: string;
  /** Seals a decision that goes on from another, or begins the chain. */
  decide(event: AuthorityEventDetail, more?: Decided): Promise<SealedEnvelope & { readonly seq: number }>;
}

/** What a decision is to carry out, and what it goes on from. */
export interface Decided {
  readonly after?: { readonly seq: number; readonly digest: string } | undefined;
  readonly file?: AuthorityEvent["file"];
}

/** Makes an authority of a partner (its ULID) with a fresh key. */
export function makeAuthority(partner: string): TestAuthority {
  const pair = generateKeyPairSync("ed25519");
  const privateKey = createPrivateKey(pair.privateKey.export({ type: "pkcs8", format: "pem" }));
  const publicKey = Buffer.from(pair.publicKey.export({ format: "jwk" }).x ?? "", "base64url");
  const keyid = keyidOf(publicKey);
  return {
    publicKey: publicKey.toString("hex"),
    keyid,
    decide: async (event, { after, file = null } = {}) => {
      const seq = after === undefined ? 0 : after.seq + 1;
      const statement = buildAuthorityEvent({
        partner,
        chain: { id: partner, epoch: 0, seq, prev: after?.digest ?? null },
        at: "2026-11-26T10:00:00.000Z",
        file,
        event,
      });
      const signer = { keyid, sign: async (message: Uint8Array) => new Uint8Array(sign(null, message, privateKey)) };
      return { ...(await sealStatement(statement, signer)), seq };
    },
  };
}
