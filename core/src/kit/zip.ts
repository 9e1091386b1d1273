import type { ZipCode } from "../evidence/codes.ts";
import type { EvidenceFile } from "../evidence/kit-files.ts";
import { sameBytes } from "../evidence/signature.ts";
import { crc32 } from "./crc32.ts";

/** What a ZIP was read as, or why it is refused. */
export type ReadZip =
  | { readonly ok: true; readonly files: readonly EvidenceFile[] }
  | {
      readonly ok: false;
      readonly code: ZipCode | "CHANGED_FILE";
      readonly file: string | null;
      readonly message: string;
    };

/** A kit has at most this many bytes and files. */
const MAX_ZIP_BYTES = 2 ** 31;
const MAX_ZIP_FILES = 65_534;

const LOCAL = { signature: 0x04034b50, length: 30 };
const CENTRAL = { signature: 0x02014b50, length: 46 };
const END = { signature: 0x06054b50, length: 22 };
/** Stored needs version 2.0 for folders in names. */
const VERSION = 20;
/** 1980-01-01 in MS-DOS form; the time is 0. */
const DATE = 0x0021;
const MAX_NAME = 512;
const NAME = /^[\x21-\x7e]+$/;

/** Names are ASCII; of any other bytes this makes characters that no name may have. */
const text = new TextDecoder("utf-8", { ignoreBOM: true });

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

/** Whether bytes begin as a ZIP's do: with a file's head, or with the end of an empty one. */
export function isZip(bytes: Uint8Array): boolean {
  const [p, k, third] = bytes;
  return p === 0x50 && k === 0x4b && (third === 3 || third === 5);
}

/**
 * Strict inverse of {@link encodeZip}: every byte is held against the one form, so that no two programs see two
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

/** A relative path of printable ASCII without empty, `.` or `..` parts, backslashes or colons. */
function isGoodPath(path: string): boolean {
  if (path.length > MAX_NAME || !NAME.test(path) || /[\\:]/.test(path)) return false;
  return path.split("/").every((part) => part !== "" && part !== "." && part !== "..");
}

/** By UTF-16 code units, which for ASCII is by bytes. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
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
