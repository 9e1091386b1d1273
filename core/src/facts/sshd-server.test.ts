import { describe, expect, test } from "vitest";
import { checkOf, factsIn, look, type Machine } from "./testdata/rows.ts";

const check = {
  ...checkOf({ file: { path: "/etc/ssh/sshd_config" } }, "sshd-config"),
  defaults: { port: "22" },
};
const config = { "/etc/ssh/sshd_config": "PermitRootLogin no\nMatch user eve\nPermitRootLogin yes\n" };
const printed = "port 2222\npermitrootlogin without-password\nacceptenv LANG\nacceptenv LC_*\nusepam yes\n";

/** A machine whose sshd ends in some way, and whose agent is some user. */
function machine(parts: { readonly code: number; readonly uid?: string; readonly ran?: boolean }): Machine {
  return {
    files: { ...config, ...(parts.ran === false ? {} : { "/run/sshd": "" }) },
    says: ([program]) =>
      program === "/usr/sbin/sshd"
        ? { code: parts.code, text: parts.code === 0 ? printed : "" }
        : { text: `${parts.uid ?? "0"}\n` },
  };
}

describe("a real host's sshd", () => {
  test("has the last word on settings, and its files on conditions", () => {
    expect(factsIn(look(check, machine({ code: 0 })))).toEqual({
      found: true,
      judgedBy: "sshd",
      settings: { port: "2222", permitrootlogin: "without-password", acceptenv: "LANG", usepam: "yes" },
      conditional: [{ criteria: "user eve", settings: { permitrootlogin: "yes" } }],
      includes: [],
    });
  });

  test("answers root only", () => {
    expect(look(check, machine({ code: 1, uid: "1000" }))).toEqual({
      kind: "error",
      reason: "NEEDS_PRIVILEGE",
    });
  });

  test("that has not run since boot is judged by its files, and says so", () => {
    expect(factsIn(look(check, machine({ code: 255, ran: false })))).toMatchObject({
      found: true,
      judgedBy: "files",
      settings: { permitrootlogin: "no", port: "22" },
    });
  });

  test("that refuses its own files is an error", () => {
    expect(look(check, machine({ code: 255 }))).toEqual({ kind: "error", reason: "PROGRAM_FAILED" });
  });

  test("that is not installed is not found, whatever its files say", () => {
    expect(factsIn(look(check, { files: config }))).toMatchObject({ found: false });
    expect(factsIn(look(check, {}))).toMatchObject({ found: false });
  });

  test("does not exist on a practice host: the files are judged, and nothing is run", () => {
    expect(factsIn(look(check, { files: config, practice: true }))).toMatchObject({
      judgedBy: "files",
      settings: { permitrootlogin: "no" },
    });
  });
});
