import { NOTE_TYPES, type NoteKey, readVerifierKey } from "../log/note.ts";
import { type FormFault, quote } from "./form.ts";
import { joinPointer, member } from "./yaml.ts";

const VKEY = /^[^+]+\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}$/;

/** Keys of a partner's log that are none, and a quorum that its witnesses cannot reach. */
export function logFaults(log: unknown): FormFault[] {
  const witnesses = member(log, "witnesses");
  const listed: readonly unknown[] = Array.isArray(witnesses) ? witnesses : [];
  const vkeys = listed.map((witness) => member(witness, "vkey"));
  return [
    ...logKeyFaults(member(log, "vkey"), member(log, "origin")),
    ...vkeys.flatMap((vkey, at) => keyFaults(vkey, NOTE_TYPES.cosignature, witnessPointer(at))),
    ...repeatedFaults(vkeys),
    ...quorumFaults(member(log, "quorum"), new Set(vkeys.map(keyPart)).size),
  ];
}

function witnessPointer(at: number): string {
  return joinPointer(joinPointer("/spec/log/witnesses", at), "vkey");
}

/** One witness under two names is one. */
function repeatedFaults(vkeys: readonly unknown[]): FormFault[] {
  const keys = vkeys.map(keyPart);
  return vkeys.flatMap((vkey, at) =>
    isKey(vkey) && keys.indexOf(keyPart(vkey)) < at
      ? [fault("SCHEMA_DUPLICATE", witnessPointer(at), ["a key of its own", quote(vkey), null])]
      : [],
  );
}

/** Type and key, in base64. */
function keyPart(vkey: unknown): unknown {
  return isKey(vkey) ? vkey.slice(-44) : vkey;
}

/** A log signs under its own name. */
function logKeyFaults(vkey: unknown, origin: unknown): FormFault[] {
  const pointer = "/spec/log/vkey";
  const faults = keyFaults(vkey, NOTE_TYPES.ed25519, pointer);
  if (faults.length > 0 || !isKey(vkey) || typeof origin !== "string") return faults;
  if (vkey.startsWith(`${origin}+`)) return [];
  return [fault("SCHEMA_PATTERN", pointer, [`a key of the log ${quote(origin)}`, quote(vkey), null])];
}

function keyFaults(vkey: unknown, type: NoteKey["type"], pointer: string): FormFault[] {
  const read = isKey(vkey) ? readVerifierKey(vkey, type) : null;
  if (!isKey(vkey) || read === null || read.ok) return [];
  const expected = "a key with its own id, as the program that made it printed it";
  return [fault("SCHEMA_PATTERN", pointer, [expected, quote(vkey), read.message])];
}

function quorumFaults(quorum: unknown, witnesses: number): FormFault[] {
  if (typeof quorum !== "number" || quorum <= witnesses) return [];
  const expected = `at most ${witnesses}, as many as there are witnesses`;
  return [fault("SCHEMA_RANGE", "/spec/log/quorum", [expected, String(quorum), null])];
}

/** What has another form is judged by the schema. */
function isKey(vkey: unknown): vkey is string {
  return typeof vkey === "string" && VKEY.test(vkey);
}

function fault(
  code: FormFault["code"],
  pointer: string,
  [expected, found, hint]: readonly [string, string, string | null],
): FormFault {
  return { code, pointer, aspect: "value", expected, found, hint };
}
