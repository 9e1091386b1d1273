import { spawnSync } from "node:child_process";
import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { inclusionProof } from "../log/proof.ts";
import { treeOf } from "../log/testdata/tree-of.ts";
import { deriveOts } from "./derive.ts";
import { TAGS } from "./operation.ts";
import {
  attestedMessages,
  encodeOts,
  encodeTimestamp,
  mergeTimestamps,
  readOts,
  type Timestamp,
} from "./timestamp.ts";

const library = "/usr/lib/python3/dist-packages/opentimestamps/__init__.py";
const npm = join(import.meta.dirname, "../../../.ci/opentimestamps");
const withoutNpm = existsSync(join(npm, "node_modules/opentimestamps"))
  ? ""
  : " (skipped, npm's opentimestamps is not installed in .ci/opentimestamps)";
const without = existsSync(library) ? "" : " (skipped, python3-opentimestamps is not installed)";
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString("hex");

/** Reads one file per line in hex; answers what the reference implementation makes of each, as lines of JSON. */
const script = `
import json, sys
from opentimestamps.core.timestamp import DetachedTimestampFile
from opentimestamps.core.serialize import BytesDeserializationContext, BytesSerializationContext
from opentimestamps.core.notary import BitcoinBlockHeaderAttestation, PendingAttestation
def name(a):
    if isinstance(a, BitcoinBlockHeaderAttestation): return "bitcoin %d" % a.height
    if isinstance(a, PendingAttestation): return "pending " + a.uri
    return "unknown"
def tell(line):
    try:
        stamp = DetachedTimestampFile.deserialize(BytesDeserializationContext(bytes.fromhex(line)))
    except Exception as error:
        return {"refused": type(error).__name__}
    out = BytesSerializationContext()
    stamp.serialize(out)
    said = sorted(name(a) + " " + m.hex() for m, a in stamp.timestamp.all_attestations())
    return {"digest": stamp.file_digest.hex(), "said": said, "again": out.getbytes().hex()}
for line in sys.stdin: print(json.dumps(tell(line.strip())))
`;

/** The same of npm's opentimestamps; it prints when it likes, so that answers have a mark. */
const npmScript = `
import ots from "opentimestamps";
import { createInterface } from "node:readline";
const hex = (bytes) => Buffer.from(bytes).toString("hex");
const { BitcoinBlockHeaderAttestation, PendingAttestation } = ots.Notary;
const name = (a) =>
  a instanceof BitcoinBlockHeaderAttestation ? "bitcoin " + a.height
  : a instanceof PendingAttestation ? "pending " + a.uri : "unknown";
const said = (stamp) => [
  ...stamp.attestations.map((a) => name(a) + " " + hex(stamp.msg)),
  ...[...stamp.ops.values()].flatMap(said),
];
function tell(line) {
  try {
    const file = ots.DetachedTimestampFile.deserialize(Buffer.from(line, "hex"));
    return { digest: hex(file.fileDigest()), said: said(file.timestamp).sort(), again: hex(file.serializeToBytes()) };
  } catch (error) {
    return { refused: error.name };
  }
}
for await (const line of createInterface({ input: process.stdin })) console.log("told " + JSON.stringify(tell(line)));
`;

interface Told {
  readonly refused?: string;
  readonly digest?: string;
  readonly said?: readonly string[];
  readonly again?: string;
}

function askPython(files: readonly Uint8Array[]): readonly Told[] {
  const input = files.map(hex).join("\n");
  const ran = spawnSync("/usr/bin/python3", ["-c", script], { input, encoding: "utf8", maxBuffer: 2 ** 28 });
  if (ran.status !== 0) throw new Error(ran.stderr);
  return ran.stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Told);
}

function askNpm(files: readonly Uint8Array[]): readonly Told[] {
  const flags = ["--no-deprecation", "--input-type=module", "-e", npmScript];
  const input = files.map(hex).join("\n");
  const ran = spawnSync(process.execPath, flags, { cwd: npm, input, encoding: "utf8", maxBuffer: 2 ** 28 });
  if (ran.status !== 0) throw new Error(ran.stderr);
  return ran.stdout
    .split("\n")
    .flatMap((line) => (line.startsWith("told ") ? [JSON.parse(line.slice("told ".length)) as Told] : []));
}

/** The same by our own module. */
function tell(file: Uint8Array): Told {
  const read = readOts(file);
  if (!read.ok) return { refused: read.message };
  const said = attestedMessages(read.timestamp).map(({ attestation, message }) => {
    const { kind } = attestation;
    const rest =
      kind === "bitcoin" ? ` ${attestation.height}` : kind === "pending" ? ` ${attestation.uri}` : "";
    return `${kind}${rest} ${hex(message)}`;
  });
  return {
    digest: hex(read.timestamp.message),
    said: said.toSorted(),
    again: hex(encodeOts(read.timestamp)),
  };
}

/** Any timestamp of a message, made of what this module writes. From height 2^31 on npm's reads a negative number. */
function timestamps(): fc.Arbitrary<Timestamp> {
  const attestation = fc.oneof(
    fc.record({ kind: fc.constant("bitcoin" as const), height: fc.nat(2 ** 31 - 1) }),
    fc.record({
      kind: fc.constant("pending" as const),
      uri: fc.stringMatching(/^[A-Za-z0-9._/:-]{1,40}$/),
    }),
  );
  const operation = fc.oneof(
    fc.constant({ tag: TAGS.sha256, argument: null }),
    fc.record({
      tag: fc.constantFrom(TAGS.append, TAGS.prepend),
      argument: fc.uint8Array({ minLength: 1, maxLength: 40 }),
    }),
  );
  const path = fc.tuple(fc.array(operation, { minLength: 1, maxLength: 6 }), attestation);
  const digest = fc.uint8Array({ minLength: 32, maxLength: 32 });
  return fc
    .tuple(digest, fc.array(path, { minLength: 1, maxLength: 6 }))
    .map(([message, paths]) =>
      paths
        .map(([operations, end]) => read(otsOf(message, operations, end)))
        .reduce((a, b) => mergeTimestamps(a, b)),
    );
}

type Step = { readonly tag: number; readonly argument: Uint8Array | null };

/** The file of one path, written by hand: prefix of a file, operations, attestation. */
function otsOf(
  message: Uint8Array,
  steps: readonly Step[],
  end: Timestamp["attestations"][number],
): Uint8Array {
  const head = encodeOts({ message, attestations: [end], branches: [] });
  const at = 33 + 32;
  const bytes = steps.flatMap(({ tag, argument }) =>
    argument === null ? [tag] : [tag, argument.length, ...argument],
  );
  return Uint8Array.of(...head.slice(0, at), ...bytes, ...head.slice(at));
}

function read(file: Uint8Array): Timestamp {
  const answer = readOts(file);
  if (!answer.ok) throw new Error(answer.message);
  return answer.timestamp;
}

const vectors = globSync(join(import.meta.dirname, "../../../../shared/vectors/ots/**/*.ots"));

describe.skipIf(without !== "")(`beside the reference implementation${without}`, () => {
  it("any timestamp is read alike and written in the same bytes", () => {
    const files = fc.sample(timestamps(), { numRuns: 500, seed: 5 }).map(encodeOts);
    expect(askPython(files)).toEqual(files.map(tell));
  });

  it("a bundle's derived file is accepted, leads to the same block, and is written in the same bytes", () => {
    const { leaves, nodeAt, edge } = treeOf(100);
    const ofRoot = encodeTimestamp({
      message: edge.root(),
      attestations: [{ kind: "bitcoin", height: 900_000 }],
      branches: [],
    });
    const files = leaves.map((digest, index) =>
      deriveOts({ digest, index, size: 100, proof: inclusionProof(index, 100, nodeAt) }, ofRoot),
    );
    const told = askPython(files);
    const said = [`bitcoin 900000 ${hex(edge.root())}`];
    expect(told).toEqual(
      files.map((file, at) => ({ digest: hex(leaves[at] ?? file), said, again: hex(file) })),
    );
  });

  it("damaged files that it refuses are refused here, too", () => {
    const good = fc.sample(timestamps(), { numRuns: 50, seed: 6 }).map(encodeOts);
    const files = good.flatMap((file) =>
      Array.from({ length: 20 }, (_, n) => {
        const at = (n * 7919) % file.length;
        return file.with(at, (file[at] ?? 0) ^ (1 << (n % 8)));
      }),
    );
    const told = askPython(files);
    const laxer = files.filter(
      (file, at) => told[at]?.refused !== undefined && tell(file).refused === undefined,
    );
    expect(laxer.map(hex)).toEqual([]);
    const both = files.flatMap((file, at) => {
      const ours = tell(file);
      return ours.refused === undefined ? [[ours, told[at]] as const] : [];
    });
    expect(both.length).toBeGreaterThan(100);
    for (const [ours, theirs] of both) expect(theirs).toEqual(ours);
  });

  it.skipIf(vectors.length === 0)("the public vectors that are read here are read alike", () => {
    const files = vectors.map((path) => readFileSync(path)).filter((file) => readOts(file).ok);
    expect(askPython(files)).toEqual(files.map(tell));
  });
});

describe.skipIf(withoutNpm !== "")(`beside npm's opentimestamps${withoutNpm}`, () => {
  it("any timestamp is read alike and written in the same bytes", () => {
    const files = fc.sample(timestamps(), { numRuns: 500, seed: 7 }).map(encodeOts);
    expect(askNpm(files)).toEqual(files.map(tell));
  });

  it.skipIf(vectors.length === 0)("the public vectors that are read here are read alike", () => {
    const files = vectors.map((path) => readFileSync(path)).filter((file) => readOts(file).ok);
    expect(askNpm(files)).toEqual(files.map(tell));
  });
});
