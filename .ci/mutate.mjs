/** Files made out of good ones: for one seed, one parser and one number always the same file. */
import { createHash } from "node:crypto";

const MAX_BYTES = 300_000;
const EDGES = [
  0, 1, 10, 32, 34, 43, 45, 47, 48, 57, 61, 65, 90, 92, 123, 125, 127, 128, 0xc0, 0xef, 0xf0, 0xf1, 0xff,
];
const WORDS = [
  '""',
  "{}",
  "[]",
  "null",
  "true",
  "-0",
  "0.0",
  "1e999",
  "9007199254740993",
  "\\u0000",
  "\\ud800",
  "\ufeff",
  '"__proto__":1',
  '"a":1,"a":1',
  "[[[[[[[[",
  '{"":',
  "\n\n",
  "\u2014 ",
  "\r\n",
  "=",
  "==",
  "A===",
  "/../",
  "x999/",
  "old 0",
  "index 99999999999999999999",
].map((word) => Buffer.from(word));

/** A sequence of numbers from 0 up to but not including a limit (mulberry32). */
function randomOf(text) {
  let state = createHash("sha256").update(text).digest().readUInt32LE(0);
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

const join = (...parts) => Buffer.concat(parts);

/** A range of a file: mostly short, now and then any. */
function range(bytes, random) {
  const start = random(bytes.length + 1);
  const most = random(4) === 0 ? bytes.length : 16;
  return [start, Math.min(bytes.length, start + random(most + 1))];
}

function replaceByte(bytes, random, value) {
  if (bytes.length === 0) return bytes;
  const changed = Buffer.from(bytes);
  const at = random(bytes.length);
  changed[at] = value(changed[at]);
  return changed;
}

function insert(bytes, random, what) {
  const at = random(bytes.length + 1);
  return join(bytes.subarray(0, at), what, bytes.subarray(at));
}

/** No more of it than a file may have: the memory of a case is that of its parser. */
function repeated(bytes, times) {
  const enough = Math.ceil(MAX_BYTES / Math.max(1, bytes.length));
  return join(...Array(Math.min(times, enough)).fill(bytes)).subarray(0, MAX_BYTES);
}

const noise = (random, length) => Buffer.from(Array.from({ length }, () => random(256)));

const MUTATIONS = [
  (bytes, random) => replaceByte(bytes, random, (byte) => byte ^ (1 << random(8))),
  (bytes, random) => replaceByte(bytes, random, () => EDGES[random(EDGES.length)]),
  (bytes, random) => replaceByte(bytes, random, (byte) => byte + (random(2) === 0 ? 1 : -1)),
  (bytes, random) => insert(bytes, random, WORDS[random(WORDS.length)]),
  (bytes, random) => insert(bytes, random, noise(random, random(9))),
  (bytes, random) => {
    const [start, end] = range(bytes, random);
    return join(bytes.subarray(0, start), bytes.subarray(end));
  },
  (bytes, random) => {
    const [start, end] = range(bytes, random);
    return insert(bytes, random, bytes.subarray(start, end));
  },
  (bytes, random) => {
    const [start, end] = range(bytes, random);
    const times = random(50) === 0 ? 5000 : random(9);
    return insert(bytes, random, repeated(bytes.subarray(start, end), times));
  },
  (bytes, random) => bytes.subarray(0, random(bytes.length + 1)),
  (bytes, random, seeds) => {
    const other = seeds[random(seeds.length)];
    return join(bytes.subarray(0, random(bytes.length + 1)), other.subarray(random(other.length + 1)));
  },
];

/** The file of a case: noise now and then, else a seed with one to four changes. */
export function makeCase(seeds, text) {
  const random = randomOf(text);
  if (random(20) === 0) return noise(random, random(random(10) === 0 ? 4096 : 64));
  let bytes = Buffer.from(seeds[random(seeds.length)]);
  for (let left = 1 + random(4); left > 0; left--) {
    bytes = MUTATIONS[random(MUTATIONS.length)](bytes, random, seeds).subarray(0, MAX_BYTES);
  }
  return bytes;
}

/** A file as small as cutting makes it, for which `isBad` still holds. */
export function shrink(bytes, isBad) {
  let small = bytes;
  for (let size = small.length >> 1; size > 0; size >>= 1) {
    for (let at = 0; at + size <= small.length; ) {
      const cut = join(small.subarray(0, at), small.subarray(at + size));
      if (isBad(cut)) small = cut;
      else at += size;
    }
  }
  return small;
}
