import { type Event, EVENT_ID, getScalarValue, parseEvents, SCALAR_STYLE, type ScalarEvent } from "js-yaml";
import { plainScalar } from "./plain-scalar.ts";

/** A collection that is still open; in a mapping, the key whose value comes next. */
interface Open {
  readonly value: unknown[] | Record<string, unknown>;
  key: string | null;
  /** Where the key ends in the text. */
  keyEnd: number;
}

const absent = -1;
/** No document of ours is nested nearly as deep. */
const deepest = 16;

/**
 * The value of a YAML document in which nothing is odd, several times as fast as the careful reader; undefined when
 * there is anything that the careful reader refuses or might take otherwise: faults, anchors, tags, directives, several
 * documents, merge keys, missing keys, the same key twice, deep nesting, characters about which parsers differ.
 * Undefined does not say that a text is wrong, only that it must be read with care.
 */
export function readQuickly(text: string): unknown {
  if (oddCharacter.test(text) || (maybeOdd.test(text) && oddLine.test(text)) || hasLongLine(text))
    return undefined;
  try {
    return valueOf(text, parseEvents(text, { maxDepth: deepest }));
  } catch {
    return undefined; // whatever is wrong, the careful reader says where
  }
}

/** Line breaks other than line feeds, tabs, control characters, halves of characters, a byte order mark. */
const oddCharacter = /[^\P{Cc}\n]|[\p{Cs}\u2028\u2029\ufeff\ufffe\uffff]/u;
/** A directive, a document's end, its start further in, a block that keeps its end or numbers its indent. */
const oddLine = /^(?: *%|\.\.\.| +---)|[|>][-+]?[+1-9][-+]?(?: .*)?$/m;
/** What an odd line holds: most texts have none of it, and it is found sooner than that no line is odd. */
const maybeOdd = /[%|>]|\.\.\.| ---/;
const longestLine = 1000;

function hasLongLine(text: string): boolean {
  let start = 0;
  while (text.length - start > longestLine) {
    const end = text.indexOf("\n", start);
    if (end < 0 || end - start > longestLine) return true;
    start = end + 1;
  }
  return false;
}

function valueOf(text: string, events: readonly Event[]): unknown {
  const root: unknown[] = [];
  let open: Open = { value: root, key: null, keyEnd: 0 };
  const outer: Open[] = [open];
  for (const [index, event] of events.entries()) {
    if (event.type === EVENT_ID.DOCUMENT) {
      if (index > 0 || event.directives.length > 0) return undefined;
    } else if (event.type === EVENT_ID.POP) {
      open = outer.pop() ?? open;
    } else if (event.type === EVENT_ID.ALIAS || event.anchorStart !== absent || event.tagStart !== absent) {
      return undefined;
    } else if (event.type === EVENT_ID.SCALAR) {
      if (!addScalar(open, text, event)) return undefined;
    } else {
      const value = event.type === EVENT_ID.SEQUENCE ? [] : {};
      if (!addValue(open, value)) return undefined;
      outer.push(open);
      open = { value, key: null, keyEnd: 0 };
    }
  }
  // Parsers differ about scalars that stand alone, and no document of ours is one.
  return typeof root[0] === "object" ? root[0] : undefined;
}

/** False when it must be read with care. */
function addScalar(open: Open, text: string, event: ScalarEvent): boolean {
  const source = getScalarValue(text, event);
  const isPlain = event.style === SCALAR_STYLE.PLAIN;
  if (Array.isArray(open.value)) return addValue(open, isPlain ? plainScalar(source) : source);
  if (open.key === null) return addKey(open, source, event);
  if (!isPlain) return addValue(open, source);
  return !isBelowComment(text, open.keyEnd, event.valueStart) && addValue(open, plainScalar(source));
}

function addKey(open: Open, source: string, { style, valueEnd }: ScalarEvent): boolean {
  if (style === SCALAR_STYLE.PLAIN && (source === "" || source === "<<")) return false;
  if (source === "__proto__" || Object.hasOwn(open.value, source)) return false;
  open.key = source;
  open.keyEnd = valueEnd;
  return true;
}

/** A plain value with a comment between it and its key: parsers differ about how far in the comment may stand. */
function isBelowComment(text: string, keyEnd: number, start: number): boolean {
  return start - keyEnd > 2 && text.slice(keyEnd, start).includes("#");
}

/** False when there is no key for it: then the value is a key itself. */
function addValue(open: Open, value: unknown): boolean {
  if (Array.isArray(open.value)) {
    open.value.push(value);
    return true;
  }
  if (open.key === null) return false;
  open.value[open.key] = value;
  open.key = null;
  return true;
}
