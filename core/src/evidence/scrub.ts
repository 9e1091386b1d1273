/** What stands in the place of what was taken out. */
const REDACTED = "[redacted]";

/** Kinds of text that are likely to be secret; each takes out more than it must. Linear in the length of the text. */
const SECRETS: readonly (readonly [pattern: RegExp, put: string])[] = [
  [/-----BEGIN [A-Z ]{0,32}KEY-----[^]*?(?:-----END [A-Z ]{0,32}KEY-----|$)/g, REDACTED],
  // All of the line behind a word for a secret.
  [
    /((?:pass(?:word|wd|phrase|code)|pwd|secret|token|(?:api|private)[-_]?key|credential|authorization|cookie)[\w-]{0,64}["']?[ \t]{0,8}[:=])[^\n]*/gi,
    `$1 ${REDACTED}`,
  ],
  [/\b(password|passphrase|secret|token|bearer|basic) [^\n]*/gi, `$1 ${REDACTED}`],
  [/:\/\/[^\s/@]{1,256}@/g, `://${REDACTED}@`],
  // crypt(3), as in shadow.
  [/\$[0-9a-z]{1,8}\$[./A-Za-z0-9$=,]{8,}/g, REDACTED],
];

/** A long word in which letters and digits are mixed, as keys and digests are. */
const LONG_WORD = /[A-Za-z0-9+_=-]{32,}/g;

/** Characters that a terminal or a page would obey rather than show; line ends and tabs stay. */
const UNSHOWN = /[\p{Cc}\u2028-\u202e\u2066-\u2069]/gu;

/**
 * What a program wrote, without what looks like a secret and without control characters. It goes by patterns, so it finds
 * what has the form of a secret and nothing else: programs of runbooks are reviewed for what they print, too.
 */
export function scrubOutput(output: string): string {
  const text = output.replace(UNSHOWN, (found) => (found === "\n" || found === "\t" ? found : "\u{fffd}"));
  const without = SECRETS.reduce((left, [pattern, put]) => left.replace(pattern, put), text);
  return without.replace(LONG_WORD, (word) => (/\d/.test(word) && /[A-Za-z]/.test(word) ? REDACTED : word));
}
