/** One line of an sshd configuration: keyword in lower case and canonical, arguments without quotes. */
export interface SshdLine {
  readonly keyword: string;
  readonly args: readonly string[];
}

/** Names under which sshd knows the same setting. */
const aliases: ReadonlyMap<string, string> = new Map([
  ["challengeresponseauthentication", "kbdinteractiveauthentication"],
  ["skeyauthentication", "kbdinteractiveauthentication"],
  ["dsaauthentication", "pubkeyauthentication"],
]);

/**
 * Reads one line as sshd does: `Keyword args`, `Keyword=args` or `Keyword = args`, quotes, a comment after white space.
 * Gives null for an empty line or a comment, "invalid" where sshd would refuse its configuration (open quotes).
 */
export function parseSshdLine(line: string): SshdLine | null | "invalid" {
  const match = /^[ \t\r\f]*"?([^ \t\r\f="]+)"?[ \t\r\f]*=?(.*)$/s.exec(line);
  const word = match?.[1];
  if (word === undefined || word.startsWith("#")) return null;
  const args = splitArguments(match?.[2] ?? "");
  if (args === null) return "invalid";
  const keyword = word.toLowerCase();
  return { keyword: aliases.get(keyword) ?? keyword, args };
}

/** OpenSSH's `argv_split` with comments: null when a quote stays open. */
function splitArguments(text: string): readonly string[] | null {
  const args: string[] = [];
  let at = 0;
  while (at < text.length) {
    at += blanks(text, at);
    if (at >= text.length || text[at] === "#") break;
    const word = readWord(text, at);
    if (word === null) return null;
    args.push(word.text);
    at = word.end;
  }
  return args;
}

function blanks(text: string, from: number): number {
  let at = from;
  while (at < text.length && isBlank(text.charAt(at))) at += 1;
  return at - from;
}

function isBlank(character: string): boolean {
  return character === " " || character === "\t" || character === "\r" || character === "\f";
}

function readWord(text: string, from: number): { readonly text: string; readonly end: number } | null {
  let word = "";
  let quote = "";
  let at = from;
  while (at < text.length && (quote !== "" || !isBlank(text.charAt(at)))) {
    const character = text.charAt(at);
    const next = text.charAt(at + 1);
    if (character === "\\" && isEscapable(next, quote)) {
      word += next;
      at += 1;
    } else if (quote === "" && (character === '"' || character === "'")) {
      quote = character;
    } else if (character === quote) {
      quote = "";
    } else {
      word += character;
    }
    at += 1;
  }
  return quote === "" ? { text: word, end: at } : null;
}

function isEscapable(next: string, quote: string): boolean {
  return next === '"' || next === "'" || next === "\\" || (quote === "" && next === " ");
}
