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
  assignments: number;
}

const declaring: ReadonlySet<string> = new Set(["export", "readonly", "declare", "typeset", "local"]);

/**
 * Variables that shell start-up files set, file by file in the order given, read and never run. The last certain
 * assignment wins until the variable is read-only; after that none counts. A file ends at a certain `return` or `exit`.
 * Facts: `{found, settings, readonly: {NAME: true}, conditional: {NAME: [value, …]}}`.
 */
export function parseShellVariables(roots: readonly RawFile[]): FactsResult {
  const state: Variables = {
    settings: new Map(),
    readonly: new Set(),
    conditional: new Map(),
    maybeReadonly: new Set(),
    assignments: 0,
  };
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
  for (const command of readShellCommands(file.text ?? "")) {
    const [first] = command.words;
    if (!command.conditional && (first === "return" || first === "exit")) return;
    if (first === "unset") unset(state, command);
    else if (first !== undefined && declaring.has(first)) declare(state, command);
    else if (command.words.every((word) => assignment(word) !== null)) assignAll(state, command);
  }
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

function assignAll(state: Variables, command: ShellCommand): void {
  for (const word of command.words) {
    const found = assignment(word);
    if (found !== null) assign(state, found, command.conditional);
  }
}

function declare(state: Variables, command: ShellCommand): void {
  const [first, ...rest] = command.words;
  const options = rest.filter((word) => /^-[A-Za-z]+$/.test(word));
  const freezes =
    first === "readonly" || (first !== "export" && options.some((option) => option.includes("r")));
  for (const word of rest.filter((word) => !/^[-+]/.test(word))) {
    const named = assignment(word) ?? { name: word, value: null, append: false };
    assign(state, named, command.conditional);
    if (freezes) freeze(state, named, command.conditional);
  }
}

function assign(state: Variables, { name, value, append }: Assignment, conditional: boolean): void {
  if (value === null || state.readonly.has(name)) return;
  state.assignments += 1;
  if (state.assignments > maxAssignments) return;
  const whole = ((append ? (state.settings.get(name) ?? "") : "") + value).slice(0, maxValue);
  if (conditional) {
    addPossible(state, name, whole);
    return;
  }
  state.settings.set(name, whole);
  if (!state.maybeReadonly.has(name)) state.conditional.delete(name);
}

/** A freeze that may not happen: `readonly TMOUT` alone would hold on to the value there is at this point. */
function freeze(state: Variables, { name, value }: Assignment, conditional: boolean): void {
  if (!conditional) {
    state.readonly.add(name);
  } else if (!state.readonly.has(name)) {
    state.maybeReadonly.add(name);
    if (value === null) addPossible(state, name, state.settings.get(name) ?? "");
  }
}

function unset(state: Variables, command: ShellCommand): void {
  const names = command.words.slice(1).filter((word) => !word.startsWith("-") && !state.readonly.has(word));
  for (const name of names) {
    if (command.conditional) {
      addPossible(state, name, "");
      continue;
    }
    state.settings.delete(name);
    if (!state.maybeReadonly.has(name)) state.conditional.delete(name);
  }
}

function addPossible(state: Variables, name: string, value: string): void {
  const values = state.conditional.get(name) ?? new Set();
  state.conditional.set(name, values.add(value));
}
