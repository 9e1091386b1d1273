import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "..", "..");
const call = /\blog\??\.(?:trace|debug|info|warn|error|fatal)\(/g;
const text = /^"(?:[^"\\]|\\.)*"$/;
const quoted = /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`|\/\/[^\n]*|\/\*[^]*?\*\//y;

/** The arguments of a call as they stand in a source; `start` is behind the opening bracket. */
function argumentsAt(source: string, start: number): readonly string[] {
  const found: string[] = [];
  let [depth, begin, at] = [1, start, start];
  while (depth > 0 && at < source.length) {
    quoted.lastIndex = at;
    const skipped = quoted.exec(source)?.[0].length ?? 0;
    if (skipped > 0) {
      at += skipped;
      continue;
    }
    const character = source[at] ?? "";
    if ("([{".includes(character)) depth += 1;
    if (")]}".includes(character)) depth -= 1;
    if ((character === "," && depth === 1) || depth === 0) {
      found.push(source.slice(begin, at).trim());
      begin = at + 1;
    }
    at += 1;
  }
  return found.filter((argument) => argument !== "");
}

/** Calls of a source that do not log `"a text"`, or `fields, "a text"`. */
function wrongCalls(source: string): readonly string[] {
  return [...source.matchAll(call)].flatMap(({ 0: head, index }) => {
    const given = argumentsAt(source, index + head.length);
    const [message, ...more] = given.toReversed();
    const isConstant = message !== undefined && text.test(message) && more.length <= 1;
    return isConstant ? [] : [`${head}${given.join(", ")})`];
  });
}

function callsIn(source: string): number {
  return [...source.matchAll(call)].length;
}

describe("the message of a log call is a constant text, and what varies is a field", () => {
  test("the scanner knows good calls from wrong ones", () => {
    expect(
      wrongCalls('log.info("ready"); log.warn({ a: f(1, "b)"), c: [2] }, "odd, but good"); // log?'),
    ).toEqual([]);
    const wrong = [
      "log.info(`ready ${x}`)",
      "log.info(message)",
      'log.error({ err }, "failed: " + err.message)',
      "log.fatal({ code }, error.message)",
      'log.warn("failed", detail)',
      'log.warn({ a }, "failed %s", detail)',
      "log.debug({ a })",
      "this.#ports.log.warn({ a }, `b`)",
    ];
    expect(wrong.filter((source) => wrongCalls(source).length === 0)).toEqual([]);
  });

  const files = globSync("{controller,agent,portal,core}/src/**/*.ts", { cwd: root }).filter(
    (file) => !file.endsWith(".test.ts"),
  );
  const sources = files.map((file) => [file, readFileSync(join(root, file), "utf8")] as const);

  test("in every source", () => {
    expect(sources.reduce((sum, [, source]) => sum + callsIn(source), 0)).toBeGreaterThan(20);
    expect(sources.flatMap(([file, source]) => wrongCalls(source).map((one) => `${file}: ${one}`))).toEqual(
      [],
    );
  });
});
