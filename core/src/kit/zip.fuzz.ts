import { makeKit } from "../evidence/testdata/generator.ts";
import { bytesOf, type FuzzTarget, isWrittenAgain } from "../testdata/fuzz-target.ts";
import { encodeZip } from "./encode-zip.ts";
import { readZip } from "./read-zip.ts";

/** The file that an auditor is handed. */
export const fuzz: readonly FuzzTarget[] = [
  {
    name: "zip",
    seeds,
    judge: (file) => {
      const read = readZip(file);
      return read.ok && isWrittenAgain(file, encodeZip(read.files));
    },
  },
];

async function seeds(): Promise<readonly Uint8Array[]> {
  const { files } = await makeKit(1);
  const small = [
    { path: "a/b.json", bytes: bytesOf("{}") },
    { path: "kit.json", bytes: new Uint8Array() },
  ];
  return [[], small, [...files].map(([path, bytes]) => ({ path, bytes }))].map(encodeZip);
}
