import type { Diagnostic } from "@compline/core";

/** Something that is no file where the desired state has only files. `mode` is git's. */
export function notAFile(file: string, mode: string): Diagnostic {
  const found = mode === "160000" ? "a submodule" : mode === "120000" ? "a symbolic link" : "something else";
  return diagnose(file, { code: "PATH_UNEXPECTED", expected: "a file", found });
}

/** A file that is larger than any manifest may be; it was not read. */
export function tooLarge(file: string, bytes: number): Diagnostic {
  return diagnose(file, {
    code: "YAML_TOO_LARGE",
    expected: "at most 262144 bytes",
    found: `${bytes} bytes`,
  });
}

/** A file whose bytes are no text. */
export function notUtf8(file: string): Diagnostic {
  return diagnose(file, { code: "YAML_ENCODING", expected: "UTF-8", found: "other bytes" });
}

type Finding = Pick<Diagnostic, "code"> & { readonly expected: string; readonly found: string };

function diagnose(file: string, { code, expected, found }: Finding): Diagnostic {
  const message = `expected ${expected}; found ${found}`;
  return {
    file,
    line: 1,
    column: 1,
    pointer: "",
    code,
    severity: "error",
    message,
    expected,
    found,
    hint: null,
  };
}
