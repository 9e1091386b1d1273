import { tokenizeShell } from "./shell-words.ts";
import type { ShellToken, ShellWord } from "./shell-words.ts";

/** A simple command of a script, without the reserved words in front of it; `for NAME …` and `select NAME …` as well. */
export interface ShellCommand {
  readonly words: readonly string[];
  /** How many words in front are assignments. */
  readonly assignments: number;
  /** Whether it may not run at all, or runs in a shell of its own: inside if, loop, case, function or (…), after && and ||, in a pipe. */
  readonly conditional: boolean;
  /** Whether it stands in the body of a function, which runs when somebody calls it. */
  readonly inFunction: boolean;
  /** What it hangs on where that is one command alone, as `b` does in `a && b`. */
  readonly after: { readonly operator: "&&" | "||"; readonly words: readonly string[] } | null;
}

const openers: ReadonlyMap<string, string> = new Map([
  ["if", "fi"],
  ["case", "esac"],
  ["for", "done"],
  ["while", "done"],
  ["until", "done"],
  ["select", "done"],
  ["{", "}"],
]);
const closers: ReadonlySet<string> = new Set(["fi", "esac", "done", "}"]);
const separators: ReadonlySet<string> = new Set([
  "then",
  "else",
  "elif",
  "do",
  "!",
  "time",
  "builtin",
  "command",
]);

/** The commands of a script in order. What cannot be followed counts as conditional, never as certain. */
export function readShellCommands(text: string): readonly ShellCommand[] {
  const walk: Walk = { open: [], lost: false, defining: false, joined: null, last: null, commands: [] };
  let words: ShellWord[] = [];
  for (const token of [...tokenizeShell(text), { kind: "operator", text: "\n" } satisfies ShellToken]) {
    if (token.kind === "word") {
      words.push(token);
      continue;
    }
    endCommand(walk, words, token.text);
    words = [];
  }
  return walk.commands;
}

type Operator = Exclude<ShellToken, ShellWord>["text"];

interface Walk {
  readonly open: { readonly closer: string; readonly isFunction: boolean }[];
  readonly commands: ShellCommand[];
  /** A block was closed that was not open: from here on nothing is certain. */
  lost: boolean;
  /** A function's name was read: the next block is its body. */
  defining: boolean;
  /** The next command hangs on the one before: after &&, || or |. */
  joined: Operator | null;
  /** The words of the command before, when it hangs on nothing itself. */
  last: readonly string[] | null;
}

function endCommand(walk: Walk, words: readonly ShellWord[], operator: Operator): void {
  const rest = asArray(takeReserved(walk, words), operator);
  if (rest.length > 0) addCommand(walk, rest, operator);
  if (operator === "(") openBracket(walk, rest);
  if (operator === ")") closeBracket(walk);
  if (operator === "\n" && words.length === 0) return;
  walk.last = walk.joined === null && rest.length > 0 ? textsOf(rest) : null;
  walk.joined = operator === "&&" || operator === "||" || operator === "|" ? operator : null;
}

function addCommand(walk: Walk, words: readonly ShellWord[], operator: Operator): void {
  const { open, lost, joined, last } = walk;
  const separate = operator === "|" || operator === "&";
  const first = words.findIndex(({ assigns }) => !assigns);
  walk.defining = false;
  walk.commands.push({
    words: textsOf(words),
    assignments: first < 0 ? words.length : first,
    conditional: open.length > 0 || lost || joined !== null || separate,
    inFunction: open.some(({ isFunction }) => isFunction),
    after: (joined === "&&" || joined === "||") && last !== null ? { operator: joined, words: last } : null,
  });
}

/** `NAME=(…)` sets an array, and is given as the word `NAME[`. */
function asArray(words: readonly ShellWord[], operator: Operator): readonly ShellWord[] {
  const last = words.at(-1);
  if (operator !== "(" || last?.assigns !== true || !/^\w+\+?=$/.test(last.text)) return words;
  return [...words.slice(0, -1), { ...last, text: last.text.replace(/\+?=$/, "["), assigns: false }];
}

function textsOf(words: readonly ShellWord[]): readonly string[] {
  return words.map(({ text }) => text);
}

/** Opens and closes blocks for the reserved words a command starts with, and gives the words after them. */
function takeReserved(walk: Walk, words: readonly ShellWord[]): readonly ShellWord[] {
  const [first, ...rest] = words;
  if (first === undefined) return [];
  const word = first.text;
  const closer = openers.get(word);
  if (closer !== undefined) openBlock(walk, closer);
  if (closers.has(word)) close(walk, word);
  if (word === "function") return takeReserved(walk, afterName(walk, words));
  if (word === "for" || word === "select") return words;
  if (word === "{" || word === "if" || word === "while" || word === "until" || separators.has(word)) {
    return takeReserved(walk, rest);
  }
  return closer !== undefined || closers.has(word) ? [] : words;
}

/** `function name {`: the bracket opens the body, and a first command may follow it. */
function afterName(walk: Walk, words: readonly ShellWord[]): readonly ShellWord[] {
  const body = words.findIndex(({ text }) => text === "{");
  walk.defining = true;
  return body < 0 ? [] : words.slice(body);
}

function openBlock(walk: Walk, closer: string): void {
  walk.open.push({ closer, isFunction: walk.defining });
  walk.defining = false;
}

/** A bracket right behind a single word makes that word the name of a function: `name() { … }`. */
function openBracket(walk: Walk, words: readonly ShellWord[]): void {
  // Behind several words a shell takes it for a mistake, and reads no further.
  const last = words.at(-1)?.text ?? "";
  if (words.length > 1 && words[0]?.text !== "[[" && !last.endsWith("[")) walk.lost = true;
  openBlock(walk, ")");
  if (words.length === 1 && words[0]?.assigns === true) walk.lost = true;
  walk.defining = words.length === 1 && !last.endsWith("[");
}

function close(walk: Walk, word: string): void {
  if (walk.open.at(-1)?.closer === word) walk.open.pop();
  else walk.lost = true;
}

/** In a case block a bracket ends a pattern and closes nothing. */
function closeBracket(walk: Walk): void {
  const closer = walk.open.at(-1)?.closer;
  if (closer === ")") walk.open.pop();
  else if (closer !== "esac") walk.lost = true;
}
