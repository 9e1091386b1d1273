/** A piece of HTML: made by {@link html} only, so whatever came from YAML or from a host in it is escaped. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a template: text is escaped, HTML and lists of it are not, null is nothing. */
export type Part = Html | readonly Html[] | string | number | null;

/**
 * A template of HTML. For what a page has hundreds of: a row made by a component takes about twenty times as long.
 * Attributes must stand between double quotes.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  let text = strings[0] ?? "";
  for (const [at, part] of parts.entries()) text += textOf(part) + (strings[at + 1] ?? "");
  // Asking for a character makes one string of the pieces: what is kept and used again is then copied, not walked through.
  if (text.length > 2000) text.charCodeAt(0);
  return new Html(text);
}

function textOf(part: Part): string {
  if (part === null) return "";
  if (part instanceof Html) return part.text;
  if (typeof part === "string") return escapeText(part);
  if (typeof part === "number") return String(part);
  return part.map(({ text }) => text).join("");
}

const SPECIAL = /[&<>"']/;
const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

function escapeText(text: string): string {
  if (!SPECIAL.test(text)) return text;
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? "");
}
