/** What one pass over JSON text met; texts are quoted in messages. */
export interface JsonFaults {
  readonly depth: number;
  readonly duplicateKey: string | null;
  readonly badNumber: string | null;
  readonly notAscii: boolean;
  readonly longString: boolean;
}

interface Scanner {
  readonly text: string;
  at: number;
  /** One entry per open container: the member names met so far, or null for an array. */
  readonly open: (Set<string> | null)[];
  depth: number;
  duplicateKey: string | null;
  badNumber: string | null;
  notAscii: boolean;
  longString: boolean;
}

const QUOTE = 34;
const BACKSLASH = 92;
const NUMBER = /-?[0-9][0-9.eE+-]*/y;
const PLAIN_INTEGER = /^(?:0|-?[1-9][0-9]*)$/;
const PRINTABLE = /^[\x20-\x7e]*$/;

/**
 * Looks at the tokens of text that `JSON.parse` accepts, for what parsing hides: repeated members, rounded
 * numbers, nesting. Iterative, so depth costs no stack. Only called for text that was refused, to say why.
 */
export function scanJson(text: string): JsonFaults {
  const scanner: Scanner = {
    text,
    at: 0,
    open: [],
    depth: 0,
    duplicateKey: null,
    badNumber: null,
    notAscii: false,
    longString: false,
  };
  while (scanner.at < text.length) step(scanner);
  return scanner;
}

function step(scanner: Scanner): void {
  const character = scanner.text[scanner.at] ?? "";
  if (character === '"') return takeString(scanner);
  if (character === "-" || (character >= "0" && character <= "9")) return takeNumber(scanner);
  if (character === "{" || character === "[") {
    scanner.open.push(character === "{" ? new Set() : null);
    scanner.depth = Math.max(scanner.depth, scanner.open.length);
  }
  if (character === "}" || character === "]") scanner.open.pop();
  scanner.at += 1;
}

function takeString(scanner: Scanner): void {
  const start = scanner.at;
  let end = start + 1;
  while (scanner.text.charCodeAt(end) !== QUOTE) end += scanner.text.charCodeAt(end) === BACKSLASH ? 2 : 1;
  scanner.at = end + 1;
  const value = String(JSON.parse(scanner.text.slice(start, end + 1)));
  if (!PRINTABLE.test(value)) scanner.notAscii = true;
  if (value.length > 256) scanner.longString = true;
  if (isMemberName(scanner)) noteMember(scanner, value);
}

function isMemberName(scanner: Scanner): boolean {
  let next = scanner.at;
  while (" \t\r\n".includes(scanner.text[next] ?? "?")) next += 1;
  return scanner.text[next] === ":";
}

function noteMember(scanner: Scanner, member: string): void {
  const members = scanner.open.at(-1);
  if (members?.has(member)) scanner.duplicateKey ??= member;
  members?.add(member);
}

function takeNumber(scanner: Scanner): void {
  NUMBER.lastIndex = scanner.at;
  const literal = NUMBER.exec(scanner.text)?.[0] ?? "-";
  scanner.at += literal.length;
  if (!PLAIN_INTEGER.test(literal) || !Number.isSafeInteger(Number(literal))) scanner.badNumber ??= literal;
}
