import { describe, expect, test } from "vitest";
import type { RawFile } from "./raw-file.ts";
import { parseShellVariables } from "./shell-variables.ts";

function parse(...texts: readonly string[]): unknown {
  const roots = texts.map((text, index): RawFile => {
    return {
      path: `/etc/profile.d/${index}.sh`,
      found: true,
      text,
      mode: null,
      uid: null,
      gid: null,
      modifiedAt: null,
      error: null,
    };
  });
  const result = parseShellVariables(roots);
  return result.kind === "facts" ? result.facts : result;
}

function certain(value: string, readonly: boolean): object {
  return { settings: { TMOUT: value }, readonly: readonly ? { TMOUT: true } : {}, conditional: {} };
}

describe("sets TMOUT for certain", () => {
  test.each([
    ["TMOUT=900", certain("900", false)],
    ["export TMOUT=900", certain("900", false)],
    ["readonly TMOUT=900", certain("900", true)],
    ["declare -r TMOUT=900", certain("900", true)],
    ["typeset -xr TMOUT=900", certain("900", true)],
    ["declare -x TMOUT=900", certain("900", false)],
    ["TMOUT=900; readonly TMOUT; export TMOUT", certain("900", true)],
    ["TMOUT='900'\nreadonly TMOUT", certain("900", true)],
    ['TMOUT="900" # fifteen minutes', certain("900", false)],
    ["TMOUT=60 TMOUT=900", certain("900", false)],
    ["TMOUT=90\nTMOUT+=0", certain("900", false)],
    ["TMOUT=\\\n900", certain("900", false)],
    ["TMOUT=900 >/dev/null 2>&1", certain("900", false)],
    ["if true; then :; fi\nTMOUT=900", certain("900", false)],
    ["case $x in (a) : ;; b|c) : ;; esac; TMOUT=900", certain("900", false)],
    ["f() { :; }\nTMOUT=900", certain("900", false)],
    ["for x in a b; do :; done; while false; do :; done; TMOUT=900", certain("900", false)],
    ["TMOUT=$(nproc)", certain("$(nproc)", false)],
    ['[ -z "${PS1-}" ] && return\nreadonly TMOUT=900', certain("900", true)],
    ['[ -n "$PS1" ] || return\nreadonly TMOUT=900', certain("900", true)],
    ["f() { return 1; }\nreadonly TMOUT=900", certain("900", true)],
    ["function f\n{\n if x; then return; fi\n}\nreadonly TMOUT=900", certain("900", true)],
    ["[ -e /x ] && exit\nreadonly TMOUT=900", certain("900", true)],
    ['readonly TMOUT=900; eval "TMOUT=0"; TMOUT[0]=0; unset TMOUT', certain("900", true)],
    ['X=$(echo ")"); readonly TMOUT=900', certain("900", true)],
  ])("%j", (text, expected) => {
    expect(parse(text)).toMatchObject(expected);
  });
});

describe("does not set TMOUT", () => {
  test.each([
    "# TMOUT=900",
    "TMOUT=900 make",
    "echo TMOUT=900",
    "echo 'x\nTMOUT=900\n'",
    "cat <<EOF\nTMOUT=900\nEOF",
    "cat <<-'EOF' >/tmp/x\n\tTMOUT=900\n\tEOF",
    "XTMOUT=900",
    "return\nTMOUT=900",
    "exit 0; TMOUT=900",
    "TMOUT=900; unset TMOUT",
    "x=$(\nTMOUT=900\n)",
    '"TMOUT=900"',
    "'TMOUT'=900",
    "readonly -f TMOUT",
    "\ufeffTMOUT=900",
  ])("%j", (text) => {
    expect(parse(text)).not.toHaveProperty(["settings", "TMOUT"]);
    expect(parse(text)).toMatchObject({ conditional: {} });
  });
});

describe("may set TMOUT", () => {
  test.each([
    'if [ -n "$PS1" ]; then\n  TMOUT=900\nfi',
    '[ -n "$PS1" ] && TMOUT=900',
    '[ -n "$PS1" ] &&\n  TMOUT=900',
    "false || export TMOUT=900",
    "f() { TMOUT=900; }",
    "f()\n{\n TMOUT=900\n}",
    "function f { TMOUT=900; }",
    "(TMOUT=900)",
    "TMOUT=900 | cat",
    "TMOUT=900 &",
    "case $x in a) TMOUT=900 ;; esac",
    "while true; do TMOUT=900; done",
    "fi\nTMOUT=900",
    '[ "$USER" = root ] && return\nTMOUT=900',
    'true || [ -z "$PS1" ] && return\nTMOUT=900',
    "if x; then return; fi\nTMOUT=900",
    "true |& TMOUT=900",
    "TMOUT=900 export X",
  ])("%j", (text) => {
    expect(parse(text)).not.toHaveProperty(["settings", "TMOUT"]);
    expect(parse(text)).toMatchObject({ conditional: { TMOUT: ["900"] } });
  });
});

describe("over several files", () => {
  test("the last certain assignment wins until the variable is read-only", () => {
    expect(parse("TMOUT=60", "readonly TMOUT=900", "TMOUT=0")).toMatchObject(certain("900", true));
    expect(parse("readonly TMOUT=900", "unset TMOUT", "if x; then TMOUT=0; fi")).toMatchObject(
      certain("900", true),
    );
  });

  test("a certain assignment ends the doubt of an uncertain one before it", () => {
    expect(parse("if x; then TMOUT=0; fi", "readonly TMOUT=900")).toMatchObject(certain("900", true));
  });

  test("but not where the uncertain one may have made it read-only", () => {
    expect(parse("if x; then readonly TMOUT=0; fi", "readonly TMOUT=900")).toMatchObject({
      settings: { TMOUT: "900" },
      conditional: { TMOUT: ["0"] },
    });
    expect(parse("TMOUT=5; if x; then readonly TMOUT; fi", "TMOUT=900")).toMatchObject({
      settings: { TMOUT: "900" },
      conditional: { TMOUT: ["5"] },
    });
  });

  test("an uncertain unset leaves the doubt that there is none", () => {
    expect(parse("TMOUT=900", "x && unset TMOUT")).toMatchObject({ conditional: { TMOUT: [""] } });
  });

  test("return ends its own file only", () => {
    expect(parse("return", "TMOUT=900")).toMatchObject(certain("900", false));
  });

  test("an uncertain return makes the rest of its own file uncertain", () => {
    const facts = parse("x && return\nreadonly TMOUT=60", "TMOUT=900");
    expect(facts).toMatchObject({ settings: { TMOUT: "900" }, conditional: { TMOUT: ["60"] } });
  });
});

describe("an assignment that nobody can follow leaves a doubt", () => {
  test.each([
    "eval TMOUT=0",
    "eval 'unset TMOUT'",
    "read TMOUT <<< 0",
    "printf -v TMOUT 0",
    "let TMOUT=0",
    ": ${TMOUT:=0}",
    "for TMOUT in 0; do :; done",
    "TMOUT[0]=0",
    "TMOUT=(0)",
    "declare -i TMOUT",
    "readonly -a TMOUT",
    "declare -n TMOUT=Y",
  ])("%s", (text) => {
    expect(parse(`TMOUT=900\n${text}\nreadonly TMOUT`)).toMatchObject({
      conditional: { TMOUT: expect.arrayContaining(["?"]) },
    });
  });

  test("a carriage return is part of a name or value, as it is for a shell", () => {
    expect(parse("TMOUT=900\r\nreadonly TMOUT\r\n")).toMatchObject({ settings: { TMOUT: "900\r" } });
    expect(parse("TMOUT=900\r\nreadonly TMOUT\r\n")).not.toHaveProperty(["readonly", "TMOUT"]);
  });

  test("a shell drops NUL characters, and then other names appear", () => {
    expect(parse("readonly TMOUT=900\nTM\0OUT=0")).toEqual({ kind: "error", reason: "SYNTAX_UNSUPPORTED" });
  });
});

test.each([
  "'",
  '"',
  "`",
  "$(",
  "${",
  "\\",
  "<<",
  "<<X",
  "(((",
  "}}}",
  "\u000b",
  "&&",
  "\f x",
  "<(x)",
  "2>",
  "$",
])("a file that ends in the middle of %j does no harm", (text) => {
  expect(parse(`TMOUT=900\n${text}`)).toMatchObject({ settings: { TMOUT: "900" } });
});
