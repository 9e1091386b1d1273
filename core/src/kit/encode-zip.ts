import type { EvidenceFile } from "../evidence/kit-files.ts";
import { crc32 } from "./crc32.ts";
import {
  CENTRAL,
  compareText,
  DATE,
  END,
  isGoodPath,
  LOCAL,
  MAX_ZIP_BYTES,
  MAX_ZIP_FILES,
  VERSION,
} from "./zip-form.ts";

interface Entry {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly crc: number;
  readonly offset: number;
}

/**
 * The one ZIP of these files: stored, sorted by the bytes of their names, nothing that varies. Names are ASCII, differ,
 * and are paths below a folder; the same files give the same bytes.
 */
export function encodeZip(files: readonly EvidenceFile[]): Uint8Array<ArrayBuffer> {
  const sorted = files.toSorted((a, b) => compareText(a.path, b.path));
  const paths = sorted.map(({ path }) => path);
  if (new Set(paths).size < paths.length || !paths.every(isGoodPath) || paths.length > MAX_ZIP_FILES)
    throw new Error("unreachable: a kit's files have good paths of their own");
  let offset = 0;
  const entries = sorted.map(({ path, bytes }): Entry => {
    const entry = { name: path, bytes, crc: crc32(bytes), offset };
    offset += LOCAL.length + path.length + bytes.length;
    return entry;
  });
  const directory = entries.reduce((sum, { name }) => sum + CENTRAL.length + name.length, 0);
  const writer = new Writer(offset + directory + END.length);
  for (const entry of entries) writeLocal(writer, entry);
  for (const entry of entries) writeCentral(writer, entry);
  writer.u32(END.signature).u16(0).u16(0).u16(entries.length).u16(entries.length);
  writer.u32(directory).u32(offset).u16(0);
  return writer.bytes;
}

function writeLocal(writer: Writer, { name, bytes, crc }: Entry): void {
  writer.u32(LOCAL.signature).u16(VERSION).u16(0).u16(0).u16(0).u16(DATE);
  writer.u32(crc).u32(bytes.length).u32(bytes.length).u16(name.length).u16(0).text(name).raw(bytes);
}

function writeCentral(writer: Writer, { name, bytes, crc, offset }: Entry): void {
  writer.u32(CENTRAL.signature).u16(VERSION).u16(VERSION).u16(0).u16(0).u16(0).u16(DATE);
  writer.u32(crc).u32(bytes.length).u32(bytes.length).u16(name.length);
  writer.u16(0).u16(0).u16(0).u16(0).u32(0).u32(offset).text(name);
}

class Writer {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly #view: DataView;
  #at = 0;

  constructor(length: number) {
    if (length > MAX_ZIP_BYTES) throw new RangeError(`a kit has at most ${MAX_ZIP_BYTES} bytes`);
    this.bytes = new Uint8Array(length);
    this.#view = new DataView(this.bytes.buffer);
  }

  u16(value: number): this {
    this.#view.setUint16(this.#at, value, true);
    this.#at += 2;
    return this;
  }

  u32(value: number): this {
    this.#view.setUint32(this.#at, value, true);
    this.#at += 4;
    return this;
  }

  text(value: string): this {
    return this.raw(Uint8Array.from(value, (letter) => letter.charCodeAt(0)));
  }

  raw(value: Uint8Array): this {
    this.bytes.set(value, this.#at);
    this.#at += value.length;
    return this;
  }
}
