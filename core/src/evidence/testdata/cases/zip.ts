import { steps } from "../forgeries.ts";
import { put } from "../listed.ts";
import type { Case, ForgedCase } from "./case.ts";

/** 16 bits written at a place of the ZIP, from its end when negative. */
function bent(at: number, ...values: readonly number[]): NonNullable<Case["pack"]> {
  return (zip) => {
    const made = Uint8Array.from(zip);
    const view = new DataView(made.buffer);
    for (const [index, value] of values.entries())
      view.setUint16((at < 0 ? made.length + at : at) + 2 * index, value, true);
    return made;
  };
}

/** A text in the ZIP replaced by one of the same length, wherever it is. */
function renamed(from: string, to: string): NonNullable<Case["pack"]> {
  return (zip) => {
    const text = Array.from(zip, (byte) => String.fromCharCode(byte)).join("");
    return Uint8Array.from(text.replaceAll(from, to), (letter) => letter.charCodeAt(0));
  };
}

/** Two small files that come before all others. */
const TWO = steps(put("a/x.txt", 1), put("a/y.txt", 2, 3, 5, 7));

/** Kits in a file that two programs could read as two contents. */
export const zipCases: readonly ForgedCase[] = [
  [
    "with a file twice",
    ["ZIP_DUPLICATE_NAME a/x.txt"],
    { tamper: TWO, pack: renamed("a/y.txt", "a/x.txt") },
  ],
  [
    "with files in another order",
    ["ZIP_NOT_DETERMINISTIC a/a.txt"],
    { tamper: TWO, pack: renamed("a/y.txt", "a/a.txt") },
  ],
  ["with a path upwards", ['ZIP_PATH "../x.tx"'], { tamper: TWO, pack: renamed("a/x.txt", "../x.tx") }],
  ["with an absolute path", ['ZIP_PATH "/ax.txt"'], { tamper: TWO, pack: renamed("a/x.txt", "/ax.txt") }],
  ["with a path of Windows", ['ZIP_PATH "a\\\\x.txt"'], { tamper: TWO, pack: renamed("a/x.txt", "a\\x.txt") }],
  ["with a time of day", ["ZIP_NOT_DETERMINISTIC a/x.txt"], { tamper: TWO, pack: bent(10, 0x6000) }],
  ["with a comment", ["ZIP_NOT_DETERMINISTIC -"], { pack: bent(-2, 5) }],
  ["with more files than there is room for", ["ZIP_BOMB -"], { pack: bent(-14, 0x0100, 0x0100) }],
  [
    "with another content",
    ["CHANGED_FILE a/y.txt"],
    { tamper: TWO, pack: renamed("\u0002\u0003\u0005\u0007", "\u0002\u0003\u0005\u0006") },
  ],
  ["cut short", ["ZIP_NOT_DETERMINISTIC -"], { pack: (zip) => zip.slice(0, -1) }],
];
