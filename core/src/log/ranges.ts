/** Leaves `begin` to `end` (not included) of a tree, which form a subtree. */
export interface LeafRange {
  readonly begin: number;
  readonly end: number;
}

/** The place of a complete subtree: the `index`-th of 2^level leaves from the left. */
export interface NodePlace {
  readonly level: number;
  readonly index: number;
}

/** The subtrees whose hashes prove a leaf, from the leaf's sibling up (RFC 6962, 2.1.1). `index` is below `size`. */
export function inclusionRanges(index: number, size: number): readonly LeafRange[] {
  const path: LeafRange[] = [];
  let range = { begin: 0, end: size };
  while (range.end - range.begin > 1) {
    const { left, right } = split(range);
    path.push(index < left.end ? right : left);
    range = index < left.end ? left : right;
  }
  return path.toReversed();
}

/** The subtrees whose hashes prove that a tree of `size` leaves begins with one of `from` (RFC 6962, 2.1.2). */
export function consistencyRanges(from: number, size: number): readonly LeafRange[] {
  if (from === 0 || from === size) return [];
  const path: LeafRange[] = [];
  let range = { begin: 0, end: size };
  while (range.end !== from) {
    const { left, right } = split(range);
    path.push(from <= left.end ? right : left);
    range = from <= left.end ? left : right;
  }
  // The old tree itself is known to whoever asks; another subtree at its end is not.
  return (range.begin === 0 ? path : [...path, range]).toReversed();
}

/** The complete subtrees of a subtree, from the left. */
export function placesOf({ begin, end }: LeafRange): readonly NodePlace[] {
  const places: NodePlace[] = [];
  for (let at = begin; at < end; ) {
    const level = Math.floor(Math.log2(end - at));
    places.push({ level, index: at / 2 ** level });
    at += 2 ** level;
  }
  return places;
}

function split({ begin, end }: LeafRange): { readonly left: LeafRange; readonly right: LeafRange } {
  const middle = begin + 2 ** Math.ceil(Math.log2(end - begin) - 1);
  return { left: { begin, end: middle }, right: { begin: middle, end } };
}
