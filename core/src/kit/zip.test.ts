import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { encodeZip } from "./encode-zip.ts";
import { readZip } from "./read-zip.ts";

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const FILES = [
  { path: "a/x.json", bytes: bytesOf("one") },
  { path: "a/y.json", bytes: bytesOf("two!") },
  { path: "kit.json", bytes: bytesOf("") },
];

/** The ZIP of a few files with 16 bits written at a place. */
function bent(at: number, value: number, width: 2 | 4 = 2): Uint8Array {
  const zip = encodeZip(FILES);
  const view = new DataView(zip.buffer);
  const place = at < 0 ? zip.length + at : at;
  if (width === 2) view.setUint16(place, value, true);
  else view.setUint32(place, value, true);
  return zip;
}

const codeOf = (zip: Uint8Array): string => {
  const read = readZip(zip);
  return read.ok ? "ok" : read.code;
};

/** Replaces a text by one of the same length, wherever it is. */
function renamed(from: string, to: string): Uint8Array {
  const text = Array.from(encodeZip(FILES), (byte) => String.fromCharCode(byte)).join("");
  return Uint8Array.from(text.replaceAll(from, to), (letter) => letter.charCodeAt(0));
}

describe("the ZIP of a kit", () => {
  const path = fc
    .array(fc.stringMatching(/^[a-z0-9_-]{1,8}(\.[a-z]{1,4})?$/), { minLength: 1, maxLength: 3 })
    .map((parts) => parts.join("/"));
  const files = fc.uniqueArray(fc.record({ path, bytes: fc.uint8Array({ maxLength: 60 }) }), {
    selector: (file) => file.path,
    maxLength: 8,
  });

  test("reads back, and does not depend on the order of the files", () => {
    fc.assert(
      fc.property(files, (some) => {
        const zip = encodeZip(some);
        expect(encodeZip(some.toReversed())).toEqual(zip);
        const read = readZip(zip);
        const sorted = some.toSorted((a, b) => (a.path < b.path ? -1 : 1));
        expect(
          read.ok && read.files.map((file) => ({ ...file, bytes: Uint8Array.from(file.bytes) })),
        ).toEqual(sorted);
      }),
    );
  });

  test("is refused with any bit changed, cut or added", () => {
    fc.assert(
      fc.property(files, fc.nat(), fc.nat(7), (some, at, bit) => {
        const zip = encodeZip(some);
        const place = at % zip.length;
        const flipped = zip.with(place, (zip[place] ?? 0) ^ (1 << bit));
        expect(readZip(flipped).ok).toBe(false);
        expect(readZip(zip.slice(0, place)).ok).toBe(false);
        expect(readZip(Uint8Array.from([...zip, 0])).ok).toBe(false);
        expect(readZip(Uint8Array.from([0, ...zip])).ok).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  test("is never more than refused, whatever the bytes", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        expect(readZip(bytes).ok).toBe(false);
      }),
    );
  });

  test.each([
    ["a file twice", renamed("a/y.json", "a/x.json"), "ZIP_DUPLICATE_NAME"],
    ["files in another order", renamed("a/y.json", "a/a.json"), "ZIP_NOT_DETERMINISTIC"],
    ["a path upwards", renamed("a/x.json", "../x.jso"), "ZIP_PATH"],
    ["an absolute path", renamed("a/x.json", "/ax.json"), "ZIP_PATH"],
    ["a folder", renamed("a/x.json", "a/x.jso/"), "ZIP_PATH"],
    ["a path of Windows", renamed("a/x.json", "a\\x.json"), "ZIP_PATH"],
    ["a drive", renamed("a/x.json", "C:x.json"), "ZIP_PATH"],
    ["a name that is no ASCII", renamed("a/x.json", "a/\xe4.json"), "ZIP_PATH"],
    ["a time of day", bent(10, 0x6000), "ZIP_NOT_DETERMINISTIC"],
    ["compression", bent(8, 8), "ZIP_NOT_DETERMINISTIC"],
    ["a comment", bent(-2, 5), "ZIP_NOT_DETERMINISTIC"],
    ["more files than it can list", bent(-14, 0xffff, 4), "ZIP_NOT_DETERMINISTIC"],
    ["more files than there is room for", bent(-14, 0x01000100, 4), "ZIP_BOMB"],
    ["another content", renamed("two!", "too!"), "CHANGED_FILE"],
    ["nothing", new Uint8Array(), "ZIP_NOT_DETERMINISTIC"],
  ])("with %s is refused", (_, zip, code) => {
    expect(codeOf(zip)).toBe(code);
  });

  test("that says it holds more than is there is refused before anything is made of it", () => {
    const zip = encodeZip([{ path: "a", bytes: bytesOf("x") }]);
    const view = new DataView(zip.buffer);
    const listed = 30 + 1 + 1;
    for (const at of [18, 22, listed + 20, listed + 24]) view.setUint32(at, 0xf0000000, true);
    expect(codeOf(zip)).toBe("ZIP_BOMB");
    view.setUint32(listed + 20, 1, true);
    expect(codeOf(zip)).toBe("ZIP_BOMB");
  });
});
