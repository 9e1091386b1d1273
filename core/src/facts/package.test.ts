import { describe, expect, test } from "vitest";
import type { RawOutput } from "./raw-output.ts";
import { checkOf, factsIn, look } from "./testdata/rows.ts";

const check = checkOf({ package: { names: ["telnetd", "openssh-server", "nis"] } }, "package");
const seen = (said: Partial<RawOutput>) => factsIn(look(check, { says: () => said }));
const absent = { installed: false, version: null };

describe("packages", () => {
  test("are installed only when dpkg says so: removed with files left behind is not", () => {
    const text = "nis\tconfig-files\t4.3\nopenssh-server\tinstalled\t1:9.2p1-2\n";
    expect(seen({ text, code: 1 })).toEqual({
      manager: "dpkg",
      packages: {
        telnetd: absent,
        "openssh-server": { installed: true, version: "1:9.2p1-2" },
        nis: absent,
      },
    });
  });

  test("that dpkg knows none of are all absent", () => {
    expect(seen({ text: "", code: 1 })).toMatchObject({ packages: { telnetd: absent, nis: absent } });
  });

  test("of one architecture are enough", () => {
    const text = "nis\tnot-installed\t\nnis\tinstalled\t4.3\n";
    expect(seen({ text })).toMatchObject({ packages: { nis: { installed: true } } });
  });

  test("do not exist where there is no dpkg", () => {
    expect(factsIn(look(check, {}))).toEqual({ manager: "none", packages: {} });
  });

  test("are an error when dpkg cannot read its own files, or says something else", () => {
    expect(seen({ code: 2 })).toEqual({ kind: "error", reason: "PROGRAM_FAILED" });
    expect(seen({ error: "TIMEOUT" })).toEqual({ kind: "error", reason: "TIMEOUT" });
    expect(seen({ text: "nis installed\n" })).toEqual({ kind: "error", reason: "SYNTAX_INVALID" });
  });
});
