import { tokenizeShell } from "./shell-words.ts";
import type { ShellToken } from "./shell-words.ts";

/** A simple command of a script, without the reserved words in front of it. */
export interface ShellCommand {
  readonly words: readonly string[];
  /** Whether it may not run at all, or runs in a shell of its own: inside if, loop, case, function or (…), after && and ||, in a pipe. */
  readonly conditional: boolean;
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
  const walk: Walk = { open: [], lost: false, joined: false, commands: [] };
  let words: string[] = [];
  for (const token of [...tokenizeShell(text), { kind: "operator", text: "\n" } satisfies ShellToken]) {
    if (token.kind === "word") {
      words.push(token.text);
      continue;
    }
    endCommand(walk, words, token.text);
    words = [];
  }
  return walk.commands;
}

interface Walk {
  readonly open: string[];
  readonly commands: ShellCommand[];
  /** A block was closed that was not open: from here on nothing is certain. */
  lost: boolean;
  /** The next command hangs on the one before: after &&, || or |. */
  joined: boolean;
}

function endCommand(walk: Walk, words: readonly string[], operator: string): void {
  const rest = takeReserved(walk, words);
  const separate = operator === "|" || operator === "&";
  const conditional = walk.open.length > 0 || walk.lost || walk.joined || separate;
  if (rest.length > 0) walk.commands.push({ words: rest, conditional });
  if (operator === "(") walk.open.push(")");
  if (operator === ")") closeBracket(walk);
  if (operator === "\n" && words.length === 0) return;
  walk.joined = operator === "&&" || operator === "||" || operator === "|";
}

/** Opens and closes blocks for the reserved words a command starts with, and gives the words after them. */
function takeReserved(walk: Walk, words: readonly string[]): readonly string[] {
  const [first, ...rest] = words;
  if (first === undefined) return [];
  const closer = openers.get(first);
  if (closer !== undefined) walk.open.push(closer);
  if (closers.has(first)) close(walk, first);
  if (first === "function") return takeReserved(walk, afterName(words));
  if (first === "{" || first === "if" || first === "while" || first === "until" || separators.has(first)) {
    return takeReserved(walk, rest);
  }
  return closer !== undefined || closers.has(first) ? [] : words;
}

/** `function name {`: the bracket opens the body, and a first command may follow it. */
function afterName(words: readonly string[]): readonly string[] {
  const body = words.indexOf("{");
  return body < 0 ? [] : words.slice(body);
}

function close(walk: Walk, word: string): void {
  if (walk.open.at(-1) === word) walk.open.pop();
  else walk.lost = true;
}

/** In a case block a bracket ends a pattern and closes nothing. */
function closeBracket(walk: Walk): void {
  if (walk.open.at(-1) === ")") walk.open.pop();
  else if (walk.open.at(-1) !== "esac") walk.lost = true;
}
