/** What is wrong at one place of a JSON value. `path` is a JSON pointer. */
export interface Problem {
  readonly code: "SCHEMA" | "UNKNOWN_MEMBER" | "PASS_WITHOUT_OBSERVATION";
  readonly path: string;
  readonly message: string;
}

/** What one walk over a value found so far; paths begin where the walk is. */
export interface Walk {
  readonly problems: Problem[];
  /** Whether the members of every object are known to stand in the order of canonical JSON. */
  isInOrder: boolean;
}

/** A closed description of a JSON value; reports into the walk, never throws. Recursion is bounded by the shape. */
export type Shape = (value: unknown, walk: Walk) => void;

/** A JSON object as parsed. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** All problems of a value against a shape, in the order met. */
export function problemsOf(shape: Shape, value: unknown): readonly Problem[] {
  return walkOver(shape, value).problems;
}

/** Walks over a value with a shape. */
export function walkOver(shape: Shape, value: unknown): Readonly<Walk> {
  const walk: Walk = { problems: [], isInOrder: true };
  shape(value, walk);
  return walk;
}

/** Notes a problem at the walk's place. */
export function report(walk: Walk, message: string, code: Problem["code"] = "SCHEMA"): void {
  walk.problems.push({ code, path: "", message });
}

/** True for a JSON object (no array, no null). */
export function isObject(value: unknown): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** An object with exactly these members. */
export function closed(members: Readonly<Record<string, Shape>>): Shape {
  const entries = Object.entries(members);
  const sorted = Object.keys(members).toSorted();
  const open = withMembers(members);
  return (value, walk) => {
    if (!isObject(value) || !hasInOrder(value, sorted)) return judgeOthers(value, walk);
    for (const [name, shape] of entries) descend(walk, name, shape, value[name]);
  };
  function judgeOthers(value: unknown, walk: Walk): void {
    open(value, walk);
    if (!isObject(value)) return;
    for (const name of Object.keys(value))
      if (!Object.hasOwn(members, name))
        report(walk, `unknown member ${JSON.stringify(name)}`, "UNKNOWN_MEMBER");
  }
}

function hasInOrder(value: JsonObject, names: readonly string[]): boolean {
  const found = Object.keys(value);
  if (found.length !== names.length) return false;
  for (let at = 0; at < names.length; at++) if (found[at] !== names[at]) return false;
  return true;
}

/** An object with at least these members, and the optional ones of their shape; others are ignored. */
export function withMembers(
  members: Readonly<Record<string, Shape>>,
  optional: Readonly<Record<string, Shape>> = {},
): Shape {
  const entries = Object.entries({ ...members, ...optional });
  return (value, walk) => {
    walk.isInOrder = false; // nobody looked at the other members
    if (!isObject(value)) return report(walk, "expected an object");
    for (const [name, shape] of entries) {
      if (Object.hasOwn(value, name)) descend(walk, name, shape, value[name]);
      else if (Object.hasOwn(members, name)) report(walk, `member ${name} is missing`);
    }
  };
}

/** An object whose member names match the pattern and whose values have one shape. */
export function dictionary(names: RegExp, shape: Shape): Shape {
  return (value, walk) => {
    if (!isObject(value)) return report(walk, "expected an object");
    let before = "";
    for (const name of Object.keys(value)) {
      if (!names.test(name)) report(walk, `member name ${JSON.stringify(name)} is not allowed`);
      else descend(walk, name, shape, value[name]);
      if (name < before) walk.isInOrder = false;
      before = name;
    }
  };
}

/** An array of one shape. */
export function list(shape: Shape, minimum = 0): Shape {
  return (value, walk) => {
    if (!Array.isArray(value)) return report(walk, "expected an array");
    if (value.length < minimum) report(walk, `expected at least ${minimum} entries`);
    value.forEach((entry, index) => descend(walk, index, shape, entry));
  };
}

/** An array of exactly these shapes, in order. */
export function tuple(...shapes: readonly Shape[]): Shape {
  return (value, walk) => {
    if (!Array.isArray(value) || value.length !== shapes.length) {
      return report(walk, `expected an array of ${shapes.length}`);
    }
    shapes.forEach((shape, index) => descend(walk, index, shape, value[index]));
  };
}

/** The shape, or null. */
export function nullable(shape: Shape): Shape {
  return (value, walk) => {
    if (value !== null) shape(value, walk);
  };
}

/** A string that matches the pattern. */
export function text(pattern: RegExp, expected: string): Shape {
  return (value, walk) => {
    if (typeof value !== "string" || !pattern.test(value)) report(walk, `expected ${expected}`);
  };
}

/** One of these strings. */
export function oneOf(...choices: readonly string[]): Shape {
  const known = new Set<unknown>(choices);
  return (value, walk) => {
    if (!known.has(value)) report(walk, `expected ${choices.join(" or ")}`);
  };
}

/** A safe integer, not below the minimum. */
export function integer(minimum: number = Number.MIN_SAFE_INTEGER): Shape {
  return (value, walk) => {
    if (!Number.isSafeInteger(value) || (value as number) < minimum)
      report(walk, `expected an integer${minimum < 0 ? "" : ` from ${minimum}`}`); // isSafeInteger proves a number
  };
}

/** True or false. */
export const bool: Shape = (value, walk) => {
  if (typeof value !== "boolean") report(walk, "expected true or false");
};

const HEX64 = /^[0-9a-f]{64}$/;
const INSTANT = /^(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/;

/** 64 lowercase hex digits. */
export const hex64: Shape = text(HEX64, "64 lowercase hex digits");
/** A ULID. */
export const ulid: Shape = text(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/, "a ULID");
/** A git revision: 40 or 64 lowercase hex digits. */
export const revision: Shape = text(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/, "a git revision");
/** A name of anything else. */
export const name: Shape = text(/^[A-Za-z0-9][A-Za-z0-9._:/@-]{0,127}$/, "a name");
/** A code word such as NEVER_SEEN. */
export const token: Shape = text(/^[A-Z][A-Z0-9_]{0,63}$/, "an upper-case code word");
/** Printable ASCII of at most 256 characters. */
export const printable: Shape = text(/^[\x20-\x7e]{0,256}$/, "printable ASCII of at most 256 characters");
/** What people call something: as the schemas' `title`. */
export const label: Shape = text(
  /^[^\p{Cc}\u2028-\u202e\u2066-\u2069]{1,120}$/u,
  "a line of 1 to 120 characters without control characters and marks that turn the direction of text",
);
/** A path in the repository. */
export const repositoryPath: Shape = text(
  /^(?!.*(?:^|\/)\.{0,2}(?:\/|$))[\x21-\x7e]{1,256}$/,
  "a relative path",
);

/** An existing instant, UTC, `YYYY-MM-DDTHH:MM:SS.sssZ`. */
export const instant: Shape = (value, walk) => {
  if (typeof value !== "string" || !isInstant(value)) report(walk, "expected a UTC time with milliseconds");
};

/** True for 64 lowercase hex digits. */
export function isHex64(value: unknown): value is string {
  return typeof value === "string" && HEX64.test(value);
}

function isInstant(value: string): boolean {
  if (!INSTANT.test(value)) return false;
  const day = Number(value.slice(8, 10));
  // The pattern bounds everything but the length of the month; day 0 of the next one is its last.
  return (
    day <= 28 ||
    day <= new Date(Date.UTC(Number(value.slice(0, 4)), Number(value.slice(5, 7)), 0)).getUTCDate()
  );
}

/** Judges a part of a value: what is wrong in it gets its place before the path. */
function descend(walk: Walk, part: string | number, shape: Shape, value: unknown): void {
  const before = walk.problems.length;
  shape(value, walk);
  if (walk.problems.length === before) return;
  const found = walk.problems.splice(before);
  walk.problems.push(...found.map((problem) => ({ ...problem, path: `/${part}${problem.path}` })));
}
