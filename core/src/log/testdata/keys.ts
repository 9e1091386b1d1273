import { getPublicKeyAsync, signAsync } from "@noble/ed25519";
import type { Sign } from "../../evidence/signature.ts";
import { NOTE_TYPES, type NoteKey } from "../note.ts";

/** Test support: a key that follows from one byte, as a note's key, and what it signs with. */
export async function makeNoteKey(
  name: string,
  seed: number,
  type: NoteKey["type"] = NOTE_TYPES.ed25519,
): Promise<{ readonly key: NoteKey; readonly sign: Sign }> {
  const secret = new Uint8Array(32).fill(seed);
  const publicKey = await getPublicKeyAsync(secret);
  return { key: { name, type, publicKey }, sign: (message) => signAsync(message, secret) };
}
