import { crc32 as zlibCrc32 } from "node:zlib";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { crc32 } from "./crc32.ts";

test("the check sum is zlib's, for any bytes of any length at any place of a buffer", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat(8), (bytes, from) => {
      const view = bytes.subarray(from);
      expect(crc32(view)).toBe(zlibCrc32(view));
    }),
  );
});
