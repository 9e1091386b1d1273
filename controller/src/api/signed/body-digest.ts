import { createHash } from "node:crypto";
import { pipeline, Transform, type TransformCallback } from "node:stream";
import type { FastifyInstance } from "fastify";

/** A body that is another than the one that was signed. */
class DigestMismatch extends Error {
  readonly statusCode = 401;
  readonly code = "CONTENT_DIGEST";
}

/** Compares a body with the digest of RFC 9530 that its request's signature covers, as it is read. */
export function addBodyDigest(app: FastifyInstance): void {
  app.addHook("preParsing", async (request, _reply, payload) => {
    if (request.principal?.kind !== "appliance" || request.method === "GET") return payload;
    const check = new DigestCheck(String(request.headers["content-digest"]));
    // An error of either ends both; whoever reads `check` is told.
    return pipeline(payload, check, () => undefined);
  });
}

class DigestCheck extends Transform {
  readonly #claimed: string;
  readonly #hash = createHash("sha256");

  constructor(claimed: string) {
    super();
    this.#claimed = claimed;
  }

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: TransformCallback): void {
    this.#hash.update(chunk);
    done(null, chunk);
  }

  override _flush(done: TransformCallback): void {
    const found = `sha-256=:${this.#hash.digest("base64")}:`;
    done(found === this.#claimed ? null : new DigestMismatch("The body is not the one that was signed."));
  }
}
