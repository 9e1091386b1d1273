/**
 * The text with every control, format and line-separating character written as `\u{…}`: what a diagnostic quotes was
 * written by anybody who may open a pull request, and neither moves a terminal's cursor nor turns the reading order.
 */
export function visible(text: string): string {
  return text.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, escapeCharacter);
}

function escapeCharacter(character: string): string {
  return `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`;
}
