import type { CST } from "yaml";
import type { DiagnosticCode } from "../errors.ts";

/** Something we do not allow in YAML, by its offset in the text. */
export interface TokenFault {
  readonly code: DiagnosticCode;
  readonly offset: number;
  readonly message: string;
}

const deepestAllowed = 32;

type Visited = CST.Token | CST.CollectionItem | null | undefined;

/**
 * What YAML allows and we do not: anchors, aliases, tags, merge keys, directives, several documents, deep nesting.
 * It walks with a stack of its own, so that hostile nesting costs no call stack.
 */
export function tokenFaults(tokens: readonly CST.Token[]): TokenFault[] {
  const faults = documentFaults(tokens);
  const stack: [Visited, number][] = tokens.map((token) => [token, 0]);
  for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
    const [token, depth] = next;
    if (token === null || token === undefined) continue;
    const fault = faultOf(token);
    if (fault !== null) faults.push(fault);
    if (depth > deepestAllowed) return [tooDeep(token)];
    for (const child of childrenOf(token)) stack.push([child, depth + ("items" in token ? 1 : 0)]);
  }
  return faults;
}

function documentFaults(tokens: readonly CST.Token[]): TokenFault[] {
  const second = tokens.filter((token) => token.type === "document")[1];
  if (second === undefined) return [];
  const message = "expected one document in a file; found a second one";
  return [{ code: "YAML_MULTIPLE_DOCUMENTS", offset: second.offset, message }];
}

function tooDeep(token: Exclude<Visited, null | undefined>): TokenFault {
  const offset = "offset" in token ? token.offset : (token.start[0] ?? token.key ?? token.value)?.offset;
  return {
    code: "YAML_TOO_DEEP",
    offset: offset ?? 0,
    message: `expected at most ${deepestAllowed} levels of nesting`,
  };
}

function childrenOf(token: Exclude<Visited, null | undefined>): Visited[] {
  if (!("type" in token)) return [...token.start, token.key, ...(token.sep ?? []), token.value];
  if ("items" in token) return [...token.items];
  if (token.type === "document") return [...token.start, token.value];
  return token.type === "block-scalar" ? [...token.props] : [];
}

const banned: Readonly<Record<string, readonly [DiagnosticCode, string]>> = {
  anchor: ["YAML_ANCHOR", "anchors (&name) are not allowed: write the value where it is used"],
  alias: ["YAML_ALIAS", "aliases (*name) are not allowed: write the value where it is used"],
  tag: ["YAML_TAG", "tags (!name) are not allowed: the schema says what type a value has"],
  directive: ["YAML_DIRECTIVE", "directives (%NAME) are not allowed"],
};

function faultOf(token: Exclude<Visited, null | undefined>): TokenFault | null {
  if (!("type" in token)) return mergeFault(token);
  const [code, message] = banned[token.type] ?? [];
  if (code === undefined || message === undefined) return null;
  return { code, offset: token.offset, message };
}

function mergeFault(item: CST.CollectionItem): TokenFault | null {
  const key = item.key;
  if (key?.type !== "scalar" || key.source !== "<<") return null;
  const message = "merge keys (<<) are not allowed: write the members where they are used";
  return { code: "YAML_MERGE_KEY", offset: key.offset, message };
}
