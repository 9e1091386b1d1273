import { sameBytes } from "../evidence/signature.ts";

/** A parser, for `npm run fuzz`: files are made out of the seeds, and each is judged. */
export interface FuzzTarget {
  readonly name: string;
  /** Files that the parser accepts. */
  readonly seeds: () => Promise<readonly Uint8Array[]>;
  /** Whether a file is accepted. Throws when the parser does, or when what it accepted is written otherwise. */
  readonly judge: (file: Uint8Array) => boolean;
}

/** True; throws when what was read is written in other bytes than it was read from. */
export function isWrittenAgain(file: Uint8Array, again: Uint8Array): true {
  if (!sameBytes(file, again)) throw new Error("accepted, and written again it is another file");
  return true;
}

/** A text as bytes. */
export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** Bytes as text; null when they are not UTF-8. */
export function textOf(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
