import type { Kind, SpecOf } from "@compline/schemas";
import type { Digest } from "../evidence/statement.ts";
import { sha256Hex } from "../evidence/digest.ts";
import { canonicalBytes } from "../evidence/jcs.ts";
import type { Position } from "./diagnostic.ts";
import type { Aspect } from "./yaml.ts";

/** One valid document of a repository. */
export interface ManifestDocument<K extends Kind> {
  /** Path in the repository. */
  readonly path: string;
  readonly kind: K;
  readonly name: string;
  readonly spec: SpecOf<K>;
  /** SHA-256 of JCS of `{apiVersion, kind, name, spec}`: comments, line ends and labels do not change it. */
  readonly digest: Digest;
  /** SHA-256 of the file's bytes. */
  readonly sha256: Digest;
  /** Where a part of it stands in the file; with `within`, the character of that text value (from 0). */
  locate(pointer: string, aspect?: Aspect, within?: number): Position;
}

/** A document of some kind, told apart by `kind`. */
export type AnyDocument = { readonly [K in Kind]: ManifestDocument<K> }[Kind];

/** The digest of a declared thing: what assignments and evidence name. */
export function digestOf(kind: Kind, name: string, spec: SpecOf<Kind>): Digest {
  return sha256Hex(canonicalBytes({ apiVersion: "compline.dev/v1", kind, name, spec }));
}
