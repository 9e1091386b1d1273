import { type Diagnostic, diagnosticDetails, visible } from "@compline/core";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { printGithub } from "./github.ts";
import { anyDiagnostic, example } from "./testdata/any-diagnostic.ts";

interface Command {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

/** What the runner makes of a job's output, line by line: its `ActionCommand.TryParseV2`, which is asked first. */
function readAsRunner(output: string): (Command | string)[] {
  return output.split(/\r\n|\r|\n/).map((line) => readLine(line.trimStart()) ?? line);
}

function readLine(line: string): Command | null {
  const end = line.indexOf("::", 2);
  if (!line.startsWith("::") || end < 0) return null;
  const head = line.slice(2, end);
  const space = head.indexOf(" ");
  return {
    name: space < 0 ? head : head.slice(0, space),
    properties: space < 0 ? {} : readProperties(head.slice(space + 1).trim()),
    data: unescapeData(line.slice(end + 2)),
  };
}

/** A name goes to the first `=`; a property without a value is left out. */
function readProperties(text: string): Record<string, string> {
  const pairs = text.split(",").map((pair) => /^=*([^=]+)=+([^=].*)$/s.exec(pair));
  return Object.fromEntries(
    pairs.flatMap((found) => (found === null ? [] : [[found[1] ?? "", unescapeProperty(found[2] ?? "")]])),
  );
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
            properties: propertiesOf(one),
            data: diagnosticDetails(one).join("\n"),
          })),
        );
      }),
    );
  });
});

/** As written, but for what the runner itself drops: a value's first `=`, and spaces at the end of the list. */
function propertiesOf({ file, line, column, code, pointer }: Diagnostic): Record<string, string> {
  const named = visible(file).replace(/^=+/, "");
  return {
    ...(named === "" ? {} : { file: named }),
    line: String(line),
    col: String(column),
    title: pointer === "" ? code : `${code} at ${visible(pointer)}`.trimEnd(),
  };
}
