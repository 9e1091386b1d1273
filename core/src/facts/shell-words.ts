/** A word with its quotes taken off; an expansion such as `$(id -u)` stays as it is written. */
export interface ShellWord {
  readonly kind: "word";
  readonly text: string;
  /** Whether it begins `NAME=` or `NAME+=` without a quote: as written, for a quoted one is a command's name. */
  readonly assigns: boolean;
}

/** An operator between commands; a line end is "\n". */
interface ShellOperator {
  readonly kind: "operator";
  readonly text: "\n" | ";" | ";;" | "&" | "&&" | "|" | "||" | "(" | ")";
}

/** One token of a shell script. */
export type ShellToken = ShellWord | ShellOperator;

/**
 * Splits a shell script into words and operators: enough of the grammar to find assignments, nothing is expanded.
 * Comments, redirections and here-documents are left out. An open quote takes the rest of the text into one word, as a
 * shell would. A carriage return is a character like any other, as it is for a shell.
 */
export function tokenizeShell(text: string): readonly ShellToken[] {
  const reader = new ShellReader(text);
  return reader.read();
}

const operators = ["&&", "||", ";;", "|&", "|", "&", ";", "(", ")"] as const;

class ShellReader {
  readonly #text: string;
  readonly #tokens: ShellToken[] = [];
  readonly #heredocs: { readonly end: string; readonly tabs: boolean }[] = [];
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): readonly ShellToken[] {
    while (this.#at < this.#text.length) this.#step();
    return this.#tokens;
  }

  #step(): void {
    const character = this.#text.charAt(this.#at);
    if (character === "\n") this.#endLine();
    else if (character === " " || character === "\t") this.#at += 1;
    else if (this.#text.startsWith("\\\n", this.#at)) this.#at += 2;
    else if (character === "#") this.#at = this.#indexOf("\n");
    else if (!this.#redirection() && !this.#operator()) this.#word();
  }

  #endLine(): void {
    this.#tokens.push({ kind: "operator", text: "\n" });
    this.#at += 1;
    for (const heredoc of this.#heredocs.splice(0)) this.#skipHeredoc(heredoc);
  }

  #skipHeredoc(heredoc: { readonly end: string; readonly tabs: boolean }): void {
    while (this.#at < this.#text.length) {
      const end = this.#indexOf("\n");
      const line = this.#text.slice(this.#at, end);
      this.#at = end + 1;
      if ((heredoc.tabs ? line.replace(/^\t+/, "") : line) === heredoc.end) return;
    }
  }

  /** `<`, `>`, `2>&1`, `<<EOF`: the operator and its target leave no trace in the tokens. */
  #redirection(): boolean {
    const match = /^[0-9]*(<<<|<<-|<<|<&|>&|>>|>\||<>|&>>|&>|<|>)[ \t]*/.exec(
      this.#text.slice(this.#at, this.#at + 64),
    );
    if (match === null) return false;
    this.#at += match[0].length;
    const target = this.#readWord();
    if (match[1] === "<<" || match[1] === "<<-")
      this.#heredocs.push({ end: target, tabs: match[1] === "<<-" });
    return true;
  }

  #operator(): boolean {
    const operator = operators.find((candidate) => this.#text.startsWith(candidate, this.#at));
    if (operator === undefined) return false;
    this.#tokens.push({ kind: "operator", text: operator === "|&" ? "|" : operator });
    this.#at += operator.length;
    return true;
  }

  #word(): void {
    const start = this.#at;
    const text = this.#readWord();
    const assigns = /^[A-Za-z_][A-Za-z0-9_]*\+?=/.test(this.#text.slice(start, this.#at));
    this.#tokens.push({ kind: "word", text, assigns });
  }

  #readWord(): string {
    let word = "";
    while (this.#at < this.#text.length && !/[ \t\n;&|()<>]/.test(this.#text.charAt(this.#at)))
      word += this.#part();
    return word;
  }

  /** One quoted, escaped, expanded or plain part of a word. Moves on by at least one character. */
  #part(): string {
    const character = this.#text.charAt(this.#at);
    if (character === "'") return this.#upTo("'");
    if (character === '"') return this.#doubleQuoted();
    if (character === "`") return `\`${this.#upTo("`")}\``;
    if (character === "$") return this.#expansion();
    this.#at += character === "\\" ? 2 : 1;
    return character === "\\" ? this.#text.charAt(this.#at - 1).replace("\n", "") : character;
  }

  #upTo(quote: string): string {
    const start = this.#at + 1;
    const end = this.#text.indexOf(quote, start);
    this.#at = end < 0 ? this.#text.length : end + 1;
    return this.#text.slice(start, end < 0 ? undefined : end);
  }

  #doubleQuoted(): string {
    let text = "";
    this.#at += 1;
    while (this.#at < this.#text.length && this.#text[this.#at] !== '"') {
      text += this.#text[this.#at] === "'" ? this.#take(1) : this.#part();
    }
    this.#at += 1;
    return text;
  }

  /**
   * `$name` is left to the plain characters; `$(…)` and `${…}` run to the bracket that closes them. Whether a quote in
   * `${…}` means anything depends on what is around it, so one that has no partner takes the rest of the text.
   */
  #expansion(): string {
    const open = this.#text.charAt(this.#at + 1);
    const close = { "(": ")", "{": "}" }[open];
    if (close === undefined) return this.#take(1);
    const start = this.#at;
    let depth = 0;
    while (this.#at < this.#text.length) {
      const character = this.#text.charAt(this.#at);
      if (open === "(" && character === "'") this.#upTo("'");
      else if (open === "(" && character === '"') this.#doubleQuoted();
      else this.#at += character === "\\" ? 2 : 1;
      if (character === open) depth += 1;
      else if (character === close && --depth === 0) break;
    }
    const text = this.#text.slice(start, this.#at);
    if (open === "{" && /^[^']*'(?:[^']*'[^']*')*[^']*$/.test(text)) this.#at = this.#text.length;
    return text;
  }

  #take(count: number): string {
    this.#at += count;
    return this.#text.slice(this.#at - count, this.#at);
  }

  #indexOf(text: string): number {
    const index = this.#text.indexOf(text, this.#at);
    return index < 0 ? this.#text.length : index;
  }
}
