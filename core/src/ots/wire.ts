/** What makes a timestamp unreadable: expected and found, in a sentence. */
export class WireError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "WireError";
  }
}

const MORE = 0x80;
/** What all messages of a file have together: 64 KiB full of siblings come to a fifth of it. */
const MAX_COMPUTED_BYTES = 1_048_576;
const MAX_NUMBER_BYTES = 7; // 49 bits: exact as a number

/** Reads the bytes of a timestamp from the front; throws {@link WireError} where they end too early. */
export class WireReader {
  readonly #bytes: Uint8Array;
  #at = 0;
  #computed = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  get rest(): number {
    return this.#bytes.length - this.#at;
  }

  take(count: number): Uint8Array {
    if (count > this.rest) throw new WireError(`expected ${count} more bytes, found ${this.rest}`);
    this.#at += count;
    return this.#bytes.subarray(this.#at - count, this.#at);
  }

  byte(): number {
    return this.take(1)[0] ?? 0;
  }

  /** Seven bits a byte, the lowest first; the shortest form only. */
  number(): number {
    let value = 0;
    for (let place = 0; place < MAX_NUMBER_BYTES; place++) {
      const byte = this.byte();
      if (byte === 0 && place > 0) throw new WireError("expected a number in its shortest form");
      value += (byte & ~MORE) * 2 ** (7 * place);
      if (byte < MORE) return value;
    }
    throw new WireError(`expected a number of at most ${MAX_NUMBER_BYTES} bytes`);
  }

  /** The same bytes, computed from what was read: a byte of a file can ask for 4096 of them. */
  counted(message: Uint8Array): Uint8Array {
    this.#computed += message.length;
    if (this.#computed > MAX_COMPUTED_BYTES)
      throw new WireError(`expected messages of at most ${MAX_COMPUTED_BYTES} bytes together`);
    return message;
  }

  /** Bytes after their number. */
  block(most: number, least = 0): Uint8Array {
    const length = this.number();
    if (length < least || length > most)
      throw new WireError(`expected ${least} to ${most} bytes, found ${length}`);
    return this.take(length);
  }
}

/** The bytes of a number as {@link WireReader.number} reads it. */
export function numberBytes(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest >= MORE; rest = Math.floor(rest / MORE)) bytes.push((rest % MORE) + MORE);
  return [...bytes, rest];
}

/** Bytes with their number before them. */
export function blockBytes(bytes: Uint8Array): number[] {
  return [...numberBytes(bytes.length), ...bytes];
}

/** -1, 0 or 1 by the first byte that differs; the shorter first. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const at = a.findIndex((byte, index) => byte !== b[index]);
  if (at < 0) return Math.sign(a.length - b.length);
  return at >= b.length || (a[at] ?? 0) > (b[at] ?? 0) ? 1 : -1;
}
