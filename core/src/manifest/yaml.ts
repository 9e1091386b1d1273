import { Composer, type CST, type Document, isMap, isNode, isScalar, isSeq, LineCounter, Parser } from "yaml";
import type { DiagnosticCode } from "../errors.ts";
import type { Position } from "./diagnostic.ts";
import { offsetWithin } from "./yaml-text.ts";
import { type TokenFault, tokenFaults } from "./yaml-tokens.ts";

/** Where to look: at a value, or at the key that names it. */
export type Aspect = "key" | "value";

/** A document as data, and where each part of it stands. */
export interface YamlDocument {
  readonly value: unknown;
  /**
   * The place of the pointer's value or key; of the nearest thing around it when it is not there. With `within`, the
   * place of that character of a text value, counted from 0, as far as the value is written as it reads.
   */
  locate(pointer: string, aspect?: Aspect, within?: number): Position;
}

/** Why a text is not taken as YAML. */
export interface YamlFault {
  readonly code: DiagnosticCode;
  readonly at: Position;
  readonly message: string;
}

/** Reads one YAML document of bounded size; `document` is null when there is any fault. */
export function readYaml(text: string): {
  readonly document: YamlDocument | null;
  readonly faults: readonly YamlFault[];
} {
  const lines = new LineCounter();
  const tokens = [...new Parser(lines.addNewLine).parse(text)];
  const faults = tokenFaults(tokens);
  const document = faults.some((fault) => fault.code === "YAML_TOO_DEEP") ? null : compose(tokens);
  if (document !== null) faults.push(...composeFaults(document));
  if (document?.contents === null) {
    faults.push({ code: "YAML_EMPTY", offset: 0, message: "expected a document; found nothing" });
  }
  const positioned = distinct(faults).map(({ code, offset, message }) => ({
    code,
    at: positionOf(lines, offset),
    message,
  }));
  if (document === null || faults.length > 0) return { document: null, faults: positioned };
  return { document: located(document, lines, text), faults: [] };
}

function compose(tokens: readonly CST.Token[]): Document.Parsed {
  const composer = new Composer({ stringKeys: true, prettyErrors: false, logLevel: "silent" });
  const [document] = composer.compose(tokens, true, 0);
  if (document === undefined) throw new Error("unreachable: forceDoc gives a document");
  return document;
}

const composeTexts: Readonly<Record<string, readonly [DiagnosticCode, string]>> = {
  DUPLICATE_KEY: ["YAML_DUPLICATE_KEY", "this key stands in the same mapping before"],
  NON_STRING_KEY: ["YAML_KEY", "expected a plain word as key"],
};

function composeFaults(document: Document.Parsed): TokenFault[] {
  return [...document.errors, ...document.warnings].map((error) => {
    const [code, message] = composeTexts[error.code] ?? ["YAML_SYNTAX", error.message];
    return { code, offset: error.pos[0], message };
  });
}

/** Of several faults at one offset the first says it; what the tokens show goes before what follows from it. */
function distinct(faults: readonly TokenFault[]): TokenFault[] {
  const byOffset = new Map<number, TokenFault>();
  for (const fault of faults) if (!byOffset.has(fault.offset)) byOffset.set(fault.offset, fault);
  return [...byOffset.values()];
}

function located(document: Document.Parsed, lines: LineCounter, text: string): YamlDocument {
  return {
    value: document.toJS(),
    locate: (pointer, aspect = "value", within = 0) => {
      const offset = offsetOf(document, pointer, aspect);
      const node = within === 0 ? null : nodeAt(document, pointer);
      return positionOf(lines, node === null ? offset : (offsetWithin(node, text, within) ?? offset));
    },
  };
}

function positionOf(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { line, column: col };
}

/** The members of a JSON pointer, unescaped. */
export function pointerMembers(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((member) => member.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/** A JSON pointer one member longer. */
export function joinPointer(pointer: string, member: string | number): string {
  return `${pointer}/${String(member).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

/** A member of a value that is not known to be anything; undefined when there is none. */
export function member(value: unknown, name: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
  return (value as Readonly<Record<string, unknown>>)[name]; // an object by the test above
}

function offsetOf(document: Document.Parsed, pointer: string, aspect: Aspect): number {
  let node: unknown = document.contents;
  let offset = startOf(node, 0);
  for (const member of pointerMembers(pointer)) {
    const step = stepInto(node, member);
    if (step === null) return offset;
    const valueOffset = startOf(step.value, startOf(step.key, offset));
    offset = aspect === "key" && step.key !== null ? startOf(step.key, valueOffset) : valueOffset;
    node = step.value;
  }
  return offset;
}

function nodeAt(document: Document.Parsed, pointer: string): unknown {
  return pointerMembers(pointer).reduce(
    (node: unknown, member) => stepInto(node, member)?.value ?? null,
    document.contents,
  );
}

function stepInto(node: unknown, member: string): { readonly key: unknown; readonly value: unknown } | null {
  if (isSeq(node))
    return Number(member) in node.items ? { key: null, value: node.items[Number(member)] } : null;
  if (!isMap(node)) return null;
  return node.items.find(({ key }) => isScalar(key) && key.value === member) ?? null;
}

function startOf(node: unknown, otherwise: number): number {
  return isNode(node) ? (node.range?.[0] ?? otherwise) : otherwise;
}
