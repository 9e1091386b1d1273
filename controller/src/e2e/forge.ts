/** Test support: forges exported evidence the way somebody would who holds a key. */
import { createPrivateKey, createPublicKey, type KeyObject, sign } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import {
  canonicalBytes,
  isObservation,
  keyidOf,
  readEnvelope,
  type Statement,
  sealStatement,
  sha256Hex,
} from "@compline/core";

/** Reads a private key file of the state folder. */
export function readKey(path: string): KeyObject {
  return createPrivateKey(readFileSync(path, "utf8"));
}

function publicBytes(key: KeyObject): Uint8Array {
  return Buffer.from(createPublicKey(key).export({ format: "jwk" }).x ?? "", "base64url");
}

/** Writes envelope files again with changed statements, signed by `key`; every `prev` after the first follows. */
export async function resign(
  files: readonly string[],
  key: KeyObject,
  change: (statement: Statement) => Statement,
): Promise<void> {
  let prev: string | null = null;
  for (const [index, file] of files.entries()) {
    const read = readEnvelope(readFileSync(file));
    if (!read.ok) throw new Error(`unreachable: ${file} was exported by us (${read.code})`);
    const changed = index === 0 ? change(read.statement) : withPrev(read.statement, prev);
    const sealed = await sealStatement(changed, {
      keyid: keyidOf(publicBytes(key)),
      sign: async (message) => sign(null, message, key),
    });
    writeFileSync(file, sealed.bytes);
    prev = sealed.digest;
  }
}

/** The statement with another predecessor. */
export function withPrev(statement: Statement, prev: string | null): Statement {
  const { predicate } = statement;
  return { ...statement, predicate: { ...predicate, chain: { ...predicate.chain, prev } } };
}

/** Whether a bundle says that a check failed. */
export function saysFail(file: string): boolean {
  const read = readEnvelope(readFileSync(file));
  if (!read.ok || !isObservation(read.statement.predicate)) return false;
  return read.statement.predicate.results.some(({ verdict }) => verdict === "fail");
}

/** The statement with every fail turned into a pass, and the digest that its subject names computed again. */
export function withFailsHidden(statement: Statement): Statement {
  const { predicate } = statement;
  if (!isObservation(predicate)) return statement;
  const results = predicate.results.map((row) =>
    row.verdict === "fail" ? { ...row, verdict: "pass" as const } : row,
  );
  const subject = [{ name: "results", digest: { sha256: sha256Hex(canonicalBytes(results)) } }];
  return { ...statement, subject, predicate: { ...predicate, results } };
}
