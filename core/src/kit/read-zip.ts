import type { ZipCode } from "../evidence/codes.ts";
import type { EvidenceFile } from "../evidence/kit-files.ts";
import { sameBytes } from "../evidence/signature.ts";
import { crc32 } from "./crc32.ts";
import {
  CENTRAL,
  compareText,
  DATE,
  END,
  isGoodPath,
  LOCAL,
  MAX_NAME,
  MAX_ZIP_BYTES,
  MAX_ZIP_FILES,
  VERSION,
} from "./zip-form.ts";

/** What a ZIP was read as, or why it is refused. */
export type ReadZip =
  | { readonly ok: true; readonly files: readonly EvidenceFile[] }
  | {
      readonly ok: false;
      readonly code: ZipCode | "CHANGED_FILE";
      readonly file: string | null;
      readonly message: string;
    };

/** Names are ASCII; of any other bytes this makes characters that no name may have. */
const text = new TextDecoder("utf-8", { ignoreBOM: true });

/**
 * Strict inverse of `encodeZip`: every byte is held against the one form, so that no two programs see two
 * contents. Sizes are compared with what is there before anything is made of them; contents are views of the input.
 */
export function readZip(bytes: Uint8Array): ReadZip {
  try {
    return { ok: true, files: readEntries(bytes) };
  } catch (error) {
    if (!(error instanceof ZipRefused)) throw error;
    return { ok: false, code: error.code, file: error.file, message: error.message };
  }
}

class ZipRefused extends Error {
  readonly code: ZipCode | "CHANGED_FILE";
  readonly file: string | null;
  constructor(code: ZipCode | "CHANGED_FILE", file: string | null, message: string) {
    super(message);
    this.name = "ZipRefused";
    this.code = code;
    this.file = file;
  }
}

function readEntries(bytes: Uint8Array): readonly EvidenceFile[] {
  if (bytes.length > MAX_ZIP_BYTES)
    throw new ZipRefused("ZIP_BOMB", null, `expected at most ${MAX_ZIP_BYTES} bytes, found ${bytes.length}`);
  const { count, start } = readEnd(bytes);
  const directory = new Reader(bytes, start, bytes.length - END.length);
  const local = new Reader(bytes, 0, start);
  const files: EvidenceFile[] = [];
  for (let last: string | null = null; files.length < count; ) {
    const file = readEntry(directory, local, last);
    files.push(file);
    last = file.path;
  }
  if (local.rest > 0 || directory.rest > 0)
    throw other(null, "there are bytes between the files and their list");
  return files;
}

function readEnd(bytes: Uint8Array): { readonly count: number; readonly start: number } {
  if (bytes.length < END.length) throw other(null, "expected the end of a ZIP, found too few bytes");
  const start = bytes.length - END.length;
  const reader = new Reader(bytes, start, bytes.length);
  expect(reader.u32(), END.signature, null, "the end of the ZIP");
  expect(reader.u32(), 0, null, "the disk numbers");
  const [count, total, length, offset] = [reader.u16(), reader.u16(), reader.u32(), reader.u32()];
  expect(reader.u16(), 0, null, "the length of the comment");
  expect(total, count, null, "the number of files");
  if (count > MAX_ZIP_FILES || count * CENTRAL.length > length)
    throw new ZipRefused("ZIP_BOMB", null, `${count} files are listed in ${length} bytes`);
  expect(offset + length, start, null, "where the list of files ends");
  return { count, start: offset };
}

/** The next file by the list and by its own head. What is wrong is told of both names, where they differ. */
function readEntry(directory: Reader, local: Reader, last: string | null): EvidenceFile {
  const start = local.at;
  let listed: string | null = null;
  try {
    const entry = readCentral(directory, start);
    listed = entry.name;
    judgeName(listed, last);
    return { path: listed, bytes: readLocal(local, entry) };
  } catch (error) {
    if (!(error instanceof ZipRefused)) throw error;
    const ahead = local.nameAt(start);
    const file = error.file ?? listed ?? ahead;
    const more = ahead === null || ahead === file ? "" : `; the head of the file says ${ahead}`;
    throw new ZipRefused(error.code, file, `${error.message}${more}`);
  }
}

interface ListedEntry {
  readonly name: string;
  readonly nameBytes: Uint8Array;
  readonly crc: number;
  readonly size: number;
}

function readCentral(reader: Reader, offset: number): ListedEntry {
  expect(reader.u32(), CENTRAL.signature, null, "an entry of the list");
  const head = [reader.u16(), reader.u16(), reader.u16(), reader.u16(), reader.u16(), reader.u16()];
  const [crc, packed, size] = [reader.u32(), reader.u32(), reader.u32()];
  const length = reader.u16();
  const tail = [reader.u16(), reader.u16(), reader.u16(), reader.u16(), reader.u32()];
  const found = reader.u32();
  const nameBytes = readName(reader, length);
  const name = text.decode(nameBytes);
  if (packed !== size) throw new ZipRefused("ZIP_BOMB", name, `${packed} bytes are said to hold ${size}`);
  if (head.join() !== [VERSION, VERSION, 0, 0, 0, DATE].join() || tail.some((value) => value !== 0))
    throw other(
      name,
      "its entry has versions, flags, a method, a time, attributes or extra fields of its own",
    );
  expect(found, offset, name, "where the file begins");
  return { name, nameBytes, crc, size };
}

function readLocal(reader: Reader, { name, nameBytes, crc, size }: ListedEntry): Uint8Array {
  expect(reader.u32(), LOCAL.signature, name, "the head of the file");
  const head = [reader.u16(), reader.u16(), reader.u16(), reader.u16(), reader.u16()];
  const sums = [reader.u32(), reader.u32(), reader.u32()];
  const [length, extra] = [reader.u16(), reader.u16()];
  if (
    head.join() !== [VERSION, 0, 0, 0, DATE].join() ||
    extra !== 0 ||
    sums.join() !== [crc, size, size].join()
  )
    throw other(name, "the head of the file differs from its entry in the list");
  if (!sameBytes(readName(reader, length), nameBytes))
    throw other(name, "the file has another name than its entry in the list");
  if (size > reader.rest)
    throw new ZipRefused("ZIP_BOMB", name, `${size} bytes are listed, ${reader.rest} are there`);
  const bytes = reader.take(size);
  if (crc32(bytes) !== crc)
    throw new ZipRefused("CHANGED_FILE", name, "its bytes do not have the check sum that the ZIP says");
  return bytes;
}

function readName(reader: Reader, length: number): Uint8Array {
  if (length > MAX_NAME) throw new ZipRefused("ZIP_PATH", null, `a name has ${length} bytes`);
  return reader.take(length);
}

function judgeName(name: string, last: string | null): void {
  if (!isGoodPath(name)) throw new ZipRefused("ZIP_PATH", JSON.stringify(name), "not a path of a kit");
  if (name === last) throw new ZipRefused("ZIP_DUPLICATE_NAME", name, "the ZIP has the file twice");
  if (last !== null && compareText(name, last) < 0) throw other(name, `it comes after ${last}`);
}

function expect(found: number, expected: number, file: string | null, what: string): void {
  if (found !== expected) throw other(file, `${what}: expected ${expected}, found ${found}`);
}

function other(file: string | null, message: string): ZipRefused {
  return new ZipRefused("ZIP_NOT_DETERMINISTIC", file, message);
}

class Reader {
  readonly #view: DataView;
  readonly #bytes: Uint8Array;
  readonly #end: number;
  at: number;

  constructor(bytes: Uint8Array, start: number, end: number) {
    if (start > end) throw other(null, "the list of files begins after its end");
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    this.at = start;
    this.#end = end;
  }

  get rest(): number {
    return this.#end - this.at;
  }

  /** The name in the head of the file at a place, for people; null when there is none that could be a path. */
  nameAt(at: number): string | null {
    const start = at + LOCAL.length;
    if (start > this.#end) return null;
    const length = Math.min(this.#view.getUint16(start - 4, true), MAX_NAME);
    const name = String.fromCharCode(...this.#bytes.subarray(start, Math.min(start + length, this.#end)));
    return isGoodPath(name) ? name : null;
  }

  u16(): number {
    return this.#view.getUint16(this.#advance(2), true);
  }

  u32(): number {
    return this.#view.getUint32(this.#advance(4), true);
  }

  take(length: number): Uint8Array {
    const at = this.#advance(length);
    return this.#bytes.subarray(at, at + length);
  }

  #advance(length: number): number {
    if (length > this.rest) throw other(null, `expected ${length} more bytes, found ${this.rest}`);
    this.at += length;
    return this.at - length;
  }
}
