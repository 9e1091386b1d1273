import { type Kind, kinds, type Manifest, validators } from "@compline/schemas";
import { sha256Hex } from "../evidence/digest.ts";
import type { Digest } from "../evidence/statement.ts";
import { compareDiagnostics, type Diagnostic, errorAt, type Finding } from "./diagnostic.ts";
import { type AnyDocument, digestOf } from "./document.ts";
import { describe, type FormFault, formFaults, quote } from "./form.ts";
import { meaningFaults } from "./meaning.ts";
import { nearestHint } from "./nearest.ts";
import { formsBeside, type Place, pathForm, placeOf } from "./place.ts";
import { readQuickly } from "./quick-yaml.ts";
import { member, readYaml, type YamlDocument } from "./yaml.ts";

/** A file of the repository as text (UTF-8, decoded without dropping a byte order mark). */
export interface SourceFile {
  readonly path: string;
  readonly text: string;
}

/** What one file gave: a document, or everything that is wrong with it. */
export interface ParsedFile {
  readonly path: string;
  readonly document: AnyDocument | null;
  readonly diagnostics: readonly Diagnostic[];
}

const largestBytes = 256 * 1024;
const encoder = new TextEncoder();
const start = { line: 1, column: 1 };

/** Reads one file. It depends on nothing but path and text, so a caller may keep the result by path and blob. */
export function parseDocument(file: SourceFile): ParsedFile {
  const place = placeOf(file.path);
  if (place === null) return refused(file, [unexpectedPath(file.path)]);
  const form = textFault(file);
  if (form !== null) return refused(file, [form]);
  const quick = readQuickly(file.text);
  if (quick !== undefined && isSound(quick, place)) return accepted(file, quick);
  return parseCarefully(file, place);
}

/** Whether there is nothing to say about a value that was read without positions. */
function isSound(value: unknown, { kind, name }: Place): boolean {
  return (
    member(value, "kind") === kind &&
    member(member(value, "metadata"), "name") === name &&
    validators[kind](value) &&
    meaningFaults(kind, value).length === 0
  );
}

/** Reads with positions; several times slower, so only where something is wrong, or odd, or may be. */
function parseCarefully(file: SourceFile, place: Place): ParsedFile {
  const { document: yaml, faults } = readYaml(file.text);
  if (yaml === null)
    return refused(
      file,
      faults.map((fault) => ({ file: file.path, ...fault })),
    );
  const findings = documentFindings(file.path, yaml, place);
  return findings.length > 0 ? refused(file, findings) : accepted(file, yaml.value);
}

function accepted(file: SourceFile, value: unknown): ParsedFile {
  // `validators` found the value to be a document of its kind.
  return { path: file.path, document: documentOf(file, value as Manifest), diagnostics: [] };
}

/** Digests are computed when they are first asked for: judging a tree needs none of them. */
function documentOf(file: SourceFile, manifest: Manifest): AnyDocument {
  const { kind, spec } = manifest;
  const { name } = manifest.metadata;
  let digest: Digest | null = null;
  let sha256: Digest | null = null;
  const document = {
    path: file.path,
    kind,
    name,
    spec,
    get digest() {
      return (digest ??= digestOf(kind, name, spec));
    },
    get sha256() {
      return (sha256 ??= sha256Hex(encoder.encode(file.text)));
    },
    locate: positionsIn(file.text),
  };
  return document as AnyDocument; // kind and spec come from the same document
}

function refused(file: SourceFile, findings: readonly Finding[]): ParsedFile {
  return { path: file.path, document: null, diagnostics: findings.map(errorAt).toSorted(compareDiagnostics) };
}

/** Positions are asked for only when something is wrong, so the tree of the text is not kept but read again. */
function positionsIn(text: string): YamlDocument["locate"] {
  return (...place) => readYaml(text).document?.locate(...place) ?? start;
}

function unexpectedPath(path: string): Finding {
  const expected = `one of ${formsBeside(path).join(", ")}`;
  const hint = path.endsWith(".yml") ? "the ending is .yaml" : null;
  return { file: path, at: start, code: "PATH_UNEXPECTED", expected, found: path, hint };
}

function textFault(file: SourceFile): Finding | null {
  // A character is at most three bytes for each of its UTF-16 units.
  const bytes = file.text.length * 3 > largestBytes ? encoder.encode(file.text).length : 0;
  if (bytes > largestBytes) {
    const found = `${bytes} bytes`;
    return {
      file: file.path,
      at: start,
      code: "YAML_TOO_LARGE",
      expected: `at most ${largestBytes} bytes`,
      found,
    };
  }
  const bad = file.text.startsWith("\uFEFF") || file.text.includes("\uFFFD");
  if (!bad) return null;
  const expected = "UTF-8 without a byte order mark";
  return { file: file.path, at: start, code: "YAML_ENCODING", expected, found: "other bytes" };
}

function documentFindings(path: string, yaml: YamlDocument, place: Place): Finding[] {
  const kind = kindOf(yaml.value);
  if (kind === null) return [unknownKind(path, yaml, place)];
  const form = formFaults(validators[kind], yaml.value);
  const said = new Set(form.map(({ pointer }) => pointer));
  const meaning = meaningFaults(kind, yaml.value).filter(({ pointer }) => !said.has(pointer));
  const findings = [...form, ...meaning].map((fault) => findingOf(path, yaml, fault));
  return [...findings, ...placeFindings(path, yaml, place)];
}

function findingOf(path: string, yaml: YamlDocument, fault: FormFault): Finding {
  const { aspect, ...rest } = fault;
  return { file: path, at: yaml.locate(fault.pointer, aspect), ...rest };
}

function kindOf(value: unknown): Kind | null {
  const kind = member(value, "kind");
  return kinds.find((one) => one === kind) ?? null;
}

function unknownKind(path: string, yaml: YamlDocument, place: Place): Finding {
  const written = member(yaml.value, "kind");
  const found = written === undefined ? "none" : describe(written);
  const expected = `kind ${place.kind}`;
  const hint = typeof written === "string" ? nearestHint(written, kinds) : null;
  return {
    file: path,
    at: yaml.locate("/kind"),
    pointer: "/kind",
    code: "SCHEMA_KIND",
    expected,
    found,
    hint,
  };
}

function placeFindings(path: string, yaml: YamlDocument, place: Place): Finding[] {
  const kind = kindOf(yaml.value);
  if (kind !== place.kind && kind !== null) {
    const hint = `${kind} documents live at ${pathForm(kind)}`;
    const at = yaml.locate("/kind");
    return [
      {
        file: path,
        at,
        pointer: "/kind",
        code: "PATH_KIND",
        expected: `kind ${place.kind}`,
        found: kind,
        hint,
      },
    ];
  }
  const name = member(member(yaml.value, "metadata"), "name");
  if (typeof name !== "string" || name === place.name) return [];
  const pointer = "/metadata/name";
  const expected = `${quote(place.name)}, as the path says`;
  return [{ file: path, at: yaml.locate(pointer), pointer, code: "PATH_NAME", expected, found: quote(name) }];
}
