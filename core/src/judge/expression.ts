import { celEnv, isCelError, parse, plan } from "@bufbuild/cel";
import type { CelInput, CelValue } from "@bufbuild/cel";
import { strings } from "@bufbuild/cel/ext";
import { findFault } from "./expression-fault.ts";
import { findTypeFault, type WantedType } from "./type-fault.ts";

/** Standard CEL with the string functions (`lowerAscii`, `split`, …). There is no clock and no input but `facts`. */
const environment = celEnv({ funcs: strings });
const functions: ReadonlySet<string> = new Set([...environment.funcs].map((func) => func.name));
const maxSourceBytes = 4096;
/** The parser recurses for each bracket; what it takes must not depend on how much stack a runtime has. */
const maxBrackets = 64;

/** Whether an expression can be used, and where it cannot, why; the offset counts characters from 0. */
export type CelCompilation =
  | { readonly ok: true }
  | { readonly ok: false; readonly message: string; readonly offset: number };

/** An expression's value, or that there is none: the message is for people, of its author; the offset as above. */
export type CelOutcome =
  | { readonly ok: true; readonly value: CelValue }
  | { readonly ok: false; readonly message: string; readonly offset: number };

/**
 * Whether a source is an expression that the judge takes: at most 4 KiB, comprehensions nested at most twice, no
 * variable but `facts` and those that a comprehension binds, no unknown function. Where a type is wanted, also whether
 * it gives that one, as far as that follows without the facts.
 */
export function compileCel(source: string, wanted?: WantedType): CelCompilation {
  const key = `${wanted ?? "any"}: ${source}`;
  const known = compiledBefore.get(key);
  if (known !== undefined) return known;
  const compiled = compileAnew(source, wanted);
  if (source.length > longestRemembered) return compiled;
  if (compiledBefore.size >= rememberedSources) compiledBefore.clear();
  compiledBefore.set(key, compiled);
  return compiled;
}

/** A tree is judged anew at every commit, and its expressions hardly change. At most 4 MB of text in all. */
const compiledBefore = new Map<string, CelCompilation>();
const rememberedSources = 4096;
const longestRemembered = 1024;

function compileAnew(source: string, wanted: WantedType | undefined): CelCompilation {
  if (new TextEncoder().encode(source).length > maxSourceBytes) {
    return { ok: false, message: `longer than ${maxSourceBytes} bytes`, offset: 0 };
  }
  if (bracketDepth(source) > maxBrackets) return { ok: false, message: "nests too deeply", offset: 0 };
  try {
    const parsed = parse(source);
    const unknown = findFault(parsed, functions);
    const fault = unknown ?? (wanted === undefined ? null : findTypeFault(parsed, wanted));
    return fault === null ? { ok: true } : { ok: false, ...fault };
  } catch (cause) {
    return { ok: false, ...syntaxFault(cause) };
  }
}

/** Evaluates an expression over `facts`. Its time is not bounded: see `evaluateCheck`. */
export function evaluateCel(source: string, facts: CelInput): CelOutcome {
  const compiled = compileCel(source);
  if (!compiled.ok) return compiled;
  const parsed = parse(source);
  const value = plan(environment, parsed)({ facts });
  if (!isCelError(value)) return { ok: true, value };
  const offset = parsed.sourceInfo?.positions[String(value.exprId)] ?? 0;
  return { ok: false, message: value.message, offset };
}

/** Brackets within strings count as well: an upper bound is enough. */
function bracketDepth(source: string): number {
  let depth = 0;
  let deepest = 0;
  for (const character of source) {
    if ("([{".includes(character)) depth += 1;
    else if (")]}".includes(character)) depth -= 1;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

/** The parser throws errors with a location; one that overflows the stack is a source that nests too deeply. */
function syntaxFault(cause: unknown): { readonly message: string; readonly offset: number } {
  if (!(cause instanceof Error)) throw cause;
  const raw = "rawMessage" in cause ? String(cause.rawMessage) : cause.message;
  const message = cause instanceof RangeError ? "nests too deeply" : raw;
  return { message, offset: offsetOf(cause) };
}

function offsetOf(cause: Error): number {
  const location: unknown = "location" in cause ? cause.location : undefined;
  if (typeof location !== "object" || location === null || !("start" in location)) return 0;
  const start: unknown = location.start;
  if (typeof start !== "object" || start === null || !("offset" in start)) return 0;
  return typeof start.offset === "number" ? start.offset : 0;
}
