import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nobleEngine } from "../evidence/ed25519-noble.ts";
import {
  checkpointText,
  isSignedByLog,
  readCheckpoint,
  readCheckpointText,
  type SignedCheckpoint,
  signCheckpoint,
} from "./checkpoint.ts";
import { cosign, cosignaturesOf } from "./cosignature.ts";
import { encodeNote, encodeVerifierKey, NOTE_TYPES, readNote, readVerifierKey } from "./note.ts";
import { consistencyProof, inclusionProof } from "./proof.ts";
import {
  encodeConsistencyFile,
  encodeLoggedProof,
  readConsistencyFile,
  readLoggedProof,
} from "./proof-files.ts";
import { makeNoteKey } from "./testdata/keys.ts";
import { treeOf } from "./testdata/tree-of.ts";

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString("utf8");
const bytes = (value: string): Uint8Array => Uint8Array.from(Buffer.from(value, "utf8"));
const engine = nobleEngine();
const origin = "log.example/harbour";
const log = await makeNoteKey(origin, 1);
const witness = await makeNoteKey("witness.example/ci", 2, NOTE_TYPES.cosignature);
const second = await makeNoteKey("witness.example/other", 3, NOTE_TYPES.cosignature);
const { edge, nodeAt } = treeOf(20);
const checkpoint = { origin, size: 20, root: Buffer.from(edge.root()).toString("hex") };

async function signed(): Promise<SignedCheckpoint> {
  return valueOf(readCheckpoint(await signCheckpoint(checkpoint, log.key.publicKey, log.sign)));
}

async function cosigned(
  ...lines: readonly (typeof witness & { readonly timeS: number })[]
): Promise<SignedCheckpoint> {
  const { note, ...rest } = await signed();
  const cosignatures = await Promise.all(lines.map((line) => cosign(note.text, line)));
  return { ...rest, note: { ...note, signatures: [...note.signatures, ...cosignatures] } };
}

function valueOf<T>(
  read: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly message: string },
): T {
  if (!read.ok) throw new Error(read.message);
  return read.value;
}

describe("a key of notes", () => {
  it("is written as Go's sumdb writes that of the public log", () => {
    // The key of sum.golang.org, which every Go tool carries.
    const known = "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8";
    expect(encodeVerifierKey(valueOf(readVerifierKey(known, NOTE_TYPES.ed25519)))).toBe(known);
  });

  it.each([
    ["another id", "log.example+00000000+AQ"],
    ["no id", "log.example"],
    ["a space in the name", "log example+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8"],
    ["another type", encodeVerifierKey(witness.key)],
  ])("with %s is refused", (_, vkey) => {
    expect(readVerifierKey(vkey, NOTE_TYPES.ed25519).ok).toBe(false);
  });
});

describe("a checkpoint", () => {
  it("is three lines, and read back from them", () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), fc.uint8Array({ minLength: 32, maxLength: 32 }), (size, root) => {
        const some = { origin, size, root: Buffer.from(root).toString("hex") };
        expect(readCheckpointText(checkpointText(some))).toEqual({ ok: true, value: some });
      }),
    );
  });

  const good = checkpointText(checkpoint);
  it.each([
    ["a leading zero", good.replace("\n20\n", "\n020\n")],
    ["a sign", good.replace("\n20\n", "\n+20\n")],
    ["a size beyond what is exact", good.replace("\n20\n", "\n9007199254740993\n")],
    ["an extension line", `${good}more\n`],
    ["no last line end", good.slice(0, -1)],
    ["a short root", good.replace(/.{4}=\n$/, "=\n")],
    ["no origin", good.replace(origin, "")],
    ["Windows line ends", good.replaceAll("\n", "\r\n")],
  ])("with %s is refused", (_, wrong) => {
    expect(readCheckpointText(wrong).ok).toBe(false);
  });

  it("is signed by its log's key alone", async () => {
    const it = await signed();
    const other = await makeNoteKey(origin, 9);
    expect(await isSignedByLog(it, log.key, engine)).toBe(true);
    expect(await isSignedByLog(it, other.key, engine)).toBe(false);
    expect(await isSignedByLog(it, { ...log.key, name: "log.example/other" }, engine)).toBe(false);
  });

  it("with one bad line of the log's key beside a good one is not signed", async () => {
    const { note, ...rest } = await signed();
    const [line] = note.signatures;
    if (line === undefined) throw new Error("no signature");
    const bad = { ...line, bytes: line.bytes.with(0, (line.bytes[0] ?? 0) ^ 1) };
    const twice = { ...rest, note: { ...note, signatures: [line, bad] } };
    expect(await isSignedByLog(twice, log.key, engine)).toBe(false);
  });

  it("is not signed when any character of its text is another", async () => {
    const it = await signed();
    for (let at = 0; at < it.note.text.length; at++) {
      const changed = `${it.note.text.slice(0, at)}${it.note.text[at] === "x" ? "y" : "x"}${it.note.text.slice(at + 1)}`;
      const note = { ...it.note, text: changed };
      expect(await isSignedByLog({ ...it, note }, log.key, engine)).toBe(false);
    }
  });
});

describe("cosignatures", () => {
  it("are those of known witnesses, each witness once, by its earliest", async () => {
    const it = await cosigned(
      { ...witness, timeS: 2000 },
      { ...witness, timeS: 1000 },
      { ...second, timeS: 1500 },
    );
    expect(await cosignaturesOf(it, [witness.key], engine)).toEqual([
      { witness: "witness.example/ci", time: 1000 },
    ]);
    expect(await cosignaturesOf(it, [witness.key, second.key], engine)).toHaveLength(2);
  });

  it("of a time that no instant can name count as missing", async () => {
    const it = await cosigned({ ...witness, timeS: 253_402_300_800 });
    expect(await cosignaturesOf(it, [witness.key], engine)).toEqual([]);
  });

  it("count one key under two names once", async () => {
    const alias = { ...witness, key: { ...witness.key, name: "witness.example/alias" } };
    const it = await cosigned({ ...witness, timeS: 1000 }, { ...alias, timeS: 1000 });
    expect(await cosignaturesOf(it, [witness.key, alias.key], engine)).toHaveLength(1);
  });

  it("that are bad count as missing, and leave the checkpoint what it is", async () => {
    const it = await cosigned({ ...witness, timeS: 1000 });
    const [own, line] = it.note.signatures;
    if (own === undefined || line === undefined) throw new Error("no cosignature");
    for (const at of [0, 7, 8, 71]) {
      const bad = { ...line, bytes: line.bytes.with(at, (line.bytes[at] ?? 0) ^ 1) };
      const changed = { ...it, note: { ...it.note, signatures: [own, bad] } };
      expect(await cosignaturesOf(changed, [witness.key], engine)).toEqual([]);
      expect(await isSignedByLog(changed, log.key, engine)).toBe(true);
    }
  });
});

describe("files of proofs", () => {
  it("come back as they were written", async () => {
    const it = await cosigned({ ...witness, timeS: 1000 });
    for (const index of [0, 7, 19]) {
      const proof = { index, hashes: inclusionProof(index, 20, nodeAt), checkpoint: it };
      const file = encodeLoggedProof(proof);
      expect(valueOf(readLoggedProof(file))).toEqual(proof);
      expect(text(file)).toMatch(/^c2sp\.org\/tlog-proof@v1\nindex \d+\n(?:[\w+/]{43}=\n)+\nlog\.example/);
    }
    const consistency = { old: 7, hashes: consistencyProof(7, 20, nodeAt), checkpoint: it };
    expect(valueOf(readConsistencyFile(encodeConsistencyFile(consistency)))).toEqual(consistency);
  });

  it.each([
    ["another first line", (file: string) => file.replace("@v1", "@v2")],
    ["extra data", (file: string) => file.replace("\nindex", "\nextra AAAA\nindex")],
    ["a negative index", (file: string) => file.replace("index 7", "index -7")],
    ["a hash of 31 bytes", (file: string) => file.replace(/\n[\w+/]{43}=\n/, `\n${"A".repeat(40)}AA==\n`)],
    [
      "64 hashes",
      (file: string) => file.replace("index 7\n", `index 7\n${`${"A".repeat(43)}=\n`.repeat(64)}`),
    ],
    ["no checkpoint", (file: string) => file.slice(0, file.indexOf("\n\n") + 2)],
    ["text after the last signature", (file: string) => `${file}more`],
  ])("with %s are refused", async (_, change) => {
    const it = await signed();
    const file = text(encodeLoggedProof({ index: 7, hashes: inclusionProof(7, 20, nodeAt), checkpoint: it }));
    expect(readLoggedProof(bytes(change(file))).ok).toBe(false);
  });
});

describe("readers of notes", () => {
  it("take nothing that they would not write in the same bytes, and do not fail on anything", async () => {
    const it = await cosigned({ ...witness, timeS: 1000 });
    const seeds = [
      encodeNote(it.note),
      encodeLoggedProof({ index: 7, hashes: inclusionProof(7, 20, nodeAt), checkpoint: it }),
    ];
    const edits = fc.array(
      fc.record({ at: fc.nat(), byte: fc.nat(255), kind: fc.constantFrom("set", "cut", "add") }),
      {
        minLength: 1,
        maxLength: 4,
      },
    );
    fc.assert(
      fc.property(fc.constantFrom(...seeds), edits, (seed, all) => {
        const changed = all.reduce(edit, seed);
        const note = readNote(changed);
        const proof = readLoggedProof(changed);
        const written = [
          ...(note.ok ? [encodeNote(note.value)] : []),
          ...(proof.ok ? [encodeLoggedProof(proof.value)] : []),
        ];
        for (const one of written) expect(text(one)).toBe(text(changed));
      }),
      { numRuns: 2000 },
    );
  });
});

function edit(value: Uint8Array, { at, byte, kind }: { at: number; byte: number; kind: string }): Uint8Array {
  const place = at % (value.length + 1);
  const [before, after] = [value.slice(0, place), value.slice(place)];
  if (kind === "set") return value.with(Math.min(place, value.length - 1), byte);
  return Uint8Array.from(kind === "cut" ? [...before, ...after.slice(1)] : [...before, byte, ...after]);
}
