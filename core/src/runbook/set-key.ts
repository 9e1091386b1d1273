import type { Step } from "@compline/schemas";

type SetKey = NonNullable<Step["setKey"]>;

/**
 * A key-value file with one key set: the first active line of the key is replaced, later ones are commented out (some
 * programs take the first, some the last), and a missing one is appended. All other lines stay byte for byte. Setting
 * the same again changes nothing. Keys are told apart by case where the separator is not a single space: with a space
 * they are sshd's, which ignores case.
 */
export function setKey(step: SetKey, text: string): string {
  const lines = text.split("\n");
  const wanted = `${step.key}${step.separator}${step.value}`;
  const first = lines.findIndex((line) => isActive(line, step));
  if (first < 0) return append(text, wanted);
  return lines.map((line, index) => edit(line, { step, wanted, place: index - first })).join("\n");
}

function append(text: string, line: string): string {
  return text === "" || text.endsWith("\n") ? `${text}${line}\n` : `${text}\n${line}\n`;
}

interface Edit {
  readonly step: SetKey;
  readonly wanted: string;
  /** Lines from the first active one. */
  readonly place: number;
}

function edit(line: string, { step, wanted, place }: Edit): string {
  if (place === 0) return line.endsWith("\r") ? `${wanted}\r` : wanted;
  return place > 0 && isActive(line, step) ? `# ${line}` : line;
}

/** A line that gives the key a value: not a comment, and the key ends where white space or `=` begins. */
function isActive(line: string, step: SetKey): boolean {
  if (step.separator === ":") return line.startsWith(`${step.key}:`); // as in passwd, which knows no comments
  const match = /^\s*-?([^\s=#;]+)\s*(?:[\s=]|$)/.exec(line);
  const key = match?.[1];
  if (key === undefined) return false;
  return step.separator === " " ? key.toLowerCase() === step.key.toLowerCase() : key === step.key;
}
