/** Keeps the beginning of a stream, and forgets the rest as it comes. */
export interface Beginning {
  push(chunk: Buffer): void;
  bytes(): Buffer;
}

/** Of at most `room` bytes. */
export function createBeginning(room: number): Beginning {
  const chunks: Buffer[] = [];
  let left = room;
  return {
    push(chunk) {
      if (left > 0) chunks.push(chunk.subarray(0, left));
      left -= chunk.length;
    },
    bytes: () => Buffer.concat(chunks),
  };
}
