const encoder = new TextEncoder();

/** A component of a message and its value, as RFC 9421 section 2 derives it. */
export type ComponentLine = readonly [name: string, value: string];

/** The `@signature-params` of covered components: their names in order, then the parameters as they are sent. */
export function signatureParams(names: readonly string[], parameters: string): string {
  return `(${names.map((name) => `"${name}"`).join(" ")})${parameters}`;
}

/** The bytes that a signature covers (RFC 9421 section 2.5). Values hold no line break: no header or target can. */
export function signatureBase(lines: readonly ComponentLine[], parameters: string): Uint8Array {
  const params = signatureParams(
    lines.map(([name]) => name),
    parameters,
  );
  const all: readonly ComponentLine[] = [...lines, ["@signature-params", params]];
  return encoder.encode(all.map(([name, value]) => `"${name}": ${value}`).join("\n"));
}
