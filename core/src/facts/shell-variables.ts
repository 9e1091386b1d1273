import { factsError, toFacts } from "./raw-file.ts";
import type { FactsResult, RawFile } from "./raw-file.ts";
import { readShellCommands } from "./shell-commands.ts";
import type { ShellCommand } from "./shell-commands.ts";
import { compareText } from "./wildcard.ts";

/** No honest start-up files set more; a value that is longer is not looked at beyond this. */
const maxAssignments = 10_000;
const maxValue = 1024;

interface Variables {
  readonly settings: Map<string, string>;
  readonly readonly: Set<string>;
  /** Values a variable may have instead, from commands that may or may not run. */
  readonly conditional: Map<string, Set<string>>;
  /** Variables that a command which may or may not run made read-only. */
  readonly maybeReadonly: Set<string>;
  /** Variables that may be no plain text. */
  readonly unclear: Set<string>;
  assignments: number;
}

const declaring: ReadonlySet<string> = new Set(["export", "readonly", "declare", "typeset", "local"]);
/** Commands that may set any variable they name, to what nobody can tell without running them. */
const elusive: ReadonlySet<string> = new Set([
  "eval",
  "for",
  "getopts",
  "let",
  "mapfile",
  "printf",
  "read",
  "readarray",
  "select",
]);
/** What an elusive command may have set: no number, so that no check takes it for one. */
const unforeseen = "?";

/**
 * Variables that shell start-up files set, file by file in the order given, read and never run. The last certain
 * assignment wins until the variable is read-only; after that none counts. A file ends at a certain `return` or `exit`;
 * after a `return` that may have run, the rest of the file counts as possible only.
 * Facts: `{found, settings, readonly: {NAME: true}, conditional: {NAME: [value, …]}}`.
 */
export function parseShellVariables(roots: readonly RawFile[]): FactsResult {
  const state: Variables = {
    settings: new Map(),
    readonly: new Set(),
    conditional: new Map(),
    maybeReadonly: new Set(),
    unclear: new Set(),
    assignments: 0,
  };
  // Shells drop such characters, so that names and values come together that are not written together.
  if (roots.some(({ text }) => text?.includes("\0"))) return factsError("SYNTAX_UNSUPPORTED");
  for (const file of roots) readFile(state, file);
  if (state.assignments > maxAssignments) return factsError("FACTS_TOO_LARGE");
  return { kind: "facts", facts: { found: roots.length > 0, ...describe(state) } };
}

function describe(state: Variables): ReturnType<typeof toFacts> {
  const readonly = [...state.readonly].toSorted(compareText).map((name) => [name, true] as const);
  const conditional = [...state.conditional].map(([name, values]) => [name, [...values]] as const);
  return {
    settings: toFacts(state.settings),
    readonly: toFacts(new Map(readonly)),
    conditional: toFacts(new Map(conditional)),
  };
}

function readFile(state: Variables, file: RawFile): void {
  let mayHaveReturned = false;
  for (const read of readShellCommands(file.text ?? "")) {
    const command: ShellCommand = { ...read, conditional: read.conditional || mayHaveReturned };
    const first = command.words[command.assignments];
    if (first === "return" || first === "exit") {
      if (!command.conditional) return;
      // Where `exit` ran there is no shell, and a function's return ends the function.
      mayHaveReturned ||= first === "return" && !command.inFunction && !isForNonInteractive(command);
    }
    readCommand(state, command, first);
  }
}

function readCommand(state: Variables, command: ShellCommand, first: string | undefined): void {
  assignAll(state, command, first !== undefined);
  for (const word of command.words) noteElusive(state, command, word);
  if (first === "unset") unset(state, command);
  else if (first !== undefined && declaring.has(first)) declare(state, command);
}

/** `[ -z "$PS1" ] && return` and its like: such a file goes on where a person sits, which is what TMOUT is for. */
function isForNonInteractive({ after }: ShellCommand): boolean {
  if (after === null || after.words.length !== 4) return false;
  const [bracket, test, variable, end] = after.words;
  const empty = after.operator === "&&" ? "-z" : "-n";
  const isPrompt = variable === "$PS1" || variable === "${PS1-}" || variable === "${PS1:-}";
  return bracket === "[" && test === empty && isPrompt && end === "]";
}

/** Assignments that hide in an expansion, in an element of an array, or in what a command is told. */
function noteElusive(state: Variables, { words, assignments }: ShellCommand, word: string): void {
  const array = /^([A-Za-z_][A-Za-z0-9_]*)\[/.exec(word)?.[1];
  if (array !== undefined) keepUnclear(state, array);
  const names = [...word.matchAll(/\$\{([A-Za-z_][A-Za-z0-9_]*):?=/g)];
  if (elusive.has(words[assignments] ?? "")) names.push(...word.matchAll(/([A-Za-z_][A-Za-z0-9_]*)/g));
  for (const [, name] of names) if (name !== undefined) possible(state, name, unforeseen);
}

interface Assignment {
  readonly name: string;
  /** null for a name without a value, as in `readonly TMOUT`. */
  readonly value: string | null;
  readonly append: boolean;
}

function assignment(word: string): Assignment | null {
  const match = /^([A-Za-z_][A-Za-z0-9_]*)(\+?)=(.*)$/s.exec(word);
  return match?.[1] === undefined
    ? null
    : { name: match[1], append: match[2] === "+", value: match[3] ?? "" };
}

/** The assignments in front of a command are for that command only; some shells keep them after a built-in one. */
function assignAll(
  state: Variables,
  { words, assignments, conditional }: ShellCommand,
  before: boolean,
): void {
  for (const word of words.slice(0, assignments)) {
    const found = assignment(word);
    if (found !== null && (!before || declaring.has(words[assignments] ?? ""))) {
      assign(state, found, conditional || before);
    }
  }
}

function declare(state: Variables, command: ShellCommand): void {
  const [first, ...rest] = command.words.slice(command.assignments);
  const options = rest.filter((word) => /^[-+]/.test(word));
  if (options.some((option) => /^-.*[fFp]/.test(option))) return; // of functions, or only shown
  // Arrays, references, integers and what is taken back: the value is not what is written.
  const unclear = options.some((option) => !/^-[xrg]+$/.test(option));
  const freezes =
    first === "readonly" || (first !== "export" && options.some((option) => option.includes("r")));
  for (const word of rest.filter((word) => !options.includes(word))) {
    const named = assignment(word) ?? { name: word, value: null, append: false };
    if (unclear) keepUnclear(state, named.name);
    assign(state, named, command.conditional);
    if (freezes) freeze(state, named, command.conditional);
  }
}

/** No later assignment makes such a variable plain again: it may be an array, or stand for another one. */
function keepUnclear(state: Variables, name: string): void {
  if (!state.readonly.has(name)) state.unclear.add(name);
  possible(state, name, unforeseen);
}

function assign(state: Variables, { name, value, append }: Assignment, conditional: boolean): void {
  if (value === null || state.readonly.has(name)) return;
  state.assignments += 1;
  if (state.assignments > maxAssignments) return;
  const whole = ((append ? (state.settings.get(name) ?? "") : "") + value).slice(0, maxValue);
  if (conditional) {
    possible(state, name, whole);
    return;
  }
  state.settings.set(name, whole);
  forgetPossible(state, name);
}

/** A freeze that may not happen: `readonly TMOUT` alone would hold on to the value there is at this point. */
function freeze(state: Variables, { name, value }: Assignment, conditional: boolean): void {
  if (!conditional) {
    state.readonly.add(name);
  } else if (!state.readonly.has(name)) {
    state.maybeReadonly.add(name);
    if (value === null) possible(state, name, state.settings.get(name) ?? "");
  }
}

function unset(state: Variables, command: ShellCommand): void {
  const words = command.words.slice(command.assignments + 1);
  if (words.includes("-f")) return; // functions
  for (const name of words.filter((word) => !word.startsWith("-") && !state.readonly.has(word))) {
    if (command.conditional || words.includes("-n")) {
      possible(state, name, "");
      continue;
    }
    state.settings.delete(name);
    forgetPossible(state, name);
  }
}

/** What was possible before a certain command no longer is, unless it may have held on to the variable. */
function forgetPossible(state: Variables, name: string): void {
  if (!state.maybeReadonly.has(name) && !state.unclear.has(name)) state.conditional.delete(name);
}

function possible(state: Variables, name: string, value: string): void {
  if (state.readonly.has(name)) return;
  state.assignments += 1;
  if (state.assignments > maxAssignments) return;
  const values = state.conditional.get(name) ?? new Set();
  state.conditional.set(name, values.add(value));
}
