import { diagnosticDetails, visible } from "@compline/core";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { printGithub } from "./github.ts";
import { anyDiagnostic, example } from "./testdata/any-diagnostic.ts";

interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

/** What the runner makes of a job's output: its `ActionCommand.TryParseV2`, and the older `##[` form where that fails. */
function readAsRunner(output: string): (Command | string)[] {
  return output.split(/\r\n|\r|\n/).map((line) => readLine(line.trim()) ?? line);
}

function readLine(line: string): Command | null {
  const end = line.indexOf("::", 2);
  if (!line.startsWith("::") || end < 0) return null;
  const head = line.slice(2, end);
  const space = head.indexOf(" ");
  const pairs = space < 0 ? [] : head.slice(space + 1).split(",");
  const properties = Object.fromEntries(
    pairs.map((pair) => pair.split("=", 2)).map(([name = "", value = ""]) => [name, unescapeProperty(value)]),
  );
  return {
    name: space < 0 ? head : head.slice(0, space),
    properties,
    data: unescapeData(line.slice(end + 2)),
  };
}

function unescapeData(text: string): string {
  return text.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%25", "%");
}

function unescapeProperty(text: string): string {
  const rest = text.replaceAll("%0D", "\r").replaceAll("%0A", "\n").replaceAll("%3A", ":");
  return rest.replaceAll("%2C", ",").replaceAll("%25", "%");
}

describe("workflow commands", () => {
  it("say place, code and details", () => {
    expect(printGithub({ files: 1, diagnostics: [example] })).toBe(
      "::error file=policies/checks/linux/a.yaml,line=4,col=13,title=SCHEMA_ENUM at /spec/severity::" +
        'expected one of low, high%0Afound "hihg"%0Anearest: high',
    );
  });

  it("are none when nothing was found", () => {
    expect(printGithub({ files: 1, diagnostics: [] })).toBe("");
  });

  it("are one for each diagnostic and say just that, whatever the files hold", () => {
    fc.assert(
      fc.property(fc.array(anyDiagnostic, { minLength: 1, maxLength: 4 }), (diagnostics) => {
        const read = readAsRunner(printGithub({ files: 1, diagnostics }));
        expect(read).toEqual(
          diagnostics.map((one) => ({
            name: one.severity,
            properties: {
              // The runner cuts a value at a second `=`, which cannot start another property.
              file: cut(visible(one.file)),
              line: String(one.line),
              col: String(one.column),
              title: cut(one.pointer === "" ? one.code : `${one.code} at ${visible(one.pointer)}`),
            },
            // The runner drops spaces at a line's end.
            data: diagnosticDetails(one)
              .join("\n")
              .replace(/\p{Zs}+$/u, ""),
          })),
        );
      }),
    );
  });
});

function cut(text: string): string {
  return text.split("=")[0] ?? "";
}
