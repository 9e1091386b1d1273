/** A piece of a message; `code` is to be typed as it stands. */
export interface Span {
  readonly text: string;
  readonly code: boolean;
}

/** Splits a message at its back-quotes: what stands between two of them is code. */
export function codeSpans(message: string): readonly Span[] {
  return message
    .split("`")
    .map((text, at) => ({ text, code: at % 2 === 1 }))
    .filter(({ text }) => text !== "");
}
