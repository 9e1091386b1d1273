import type { UndoStep } from "@compline/schemas";
import { describe, expect, test } from "vitest";
import { applyFileStep, stepKind, stepPath } from "./step.ts";

const steps = {
  writeFile: { writeFile: { path: "/etc/a", content: "x\n", mode: "0600" } },
  setKey: { setKey: { path: "/etc/a", key: "k", value: "v", separator: "=" } },
  setMode: { setMode: { path: "/etc/a", mode: "0640" } },
  reload: { reload: { service: "ssh" } },
  run: { run: { argv: ["/bin/true"] } },
  restoreFile: { restoreFile: { path: "/etc/a" } },
} satisfies Record<string, UndoStep>;

test.each([
  [steps.writeFile, "file", "/etc/a"],
  [steps.setKey, "file", "/etc/a"],
  [steps.setMode, "mode", "/etc/a"],
  [steps.reload, "reload", null],
  [steps.run, "run", null],
  [steps.restoreFile, "restore", "/etc/a"],
] as const)("%j is of kind %s and touches %s", (step, kind, path) => {
  expect(stepKind(step)).toBe(kind);
  expect(stepPath(step)).toBe(path);
});

describe("what becomes of a file", () => {
  const before = { text: "k=1\n", mode: 0o664 };
  const missing = { text: null, mode: null };

  test("writeFile replaces content and mode, whatever there was", () => {
    expect(applyFileStep(steps.writeFile, before)).toEqual({ ok: true, text: "x\n", mode: 0o600 });
    expect(applyFileStep(steps.writeFile, missing)).toEqual({ ok: true, text: "x\n", mode: 0o600 });
  });

  test("setKey edits the content and keeps the mode; a new file is 0644", () => {
    expect(applyFileStep(steps.setKey, before)).toEqual({ ok: true, text: "k=v\n", mode: 0o664 });
    expect(applyFileStep(steps.setKey, missing)).toEqual({ ok: true, text: "k=v\n", mode: 0o644 });
  });

  test("setMode leaves the content alone, and needs a file", () => {
    expect(applyFileStep(steps.setMode, before)).toEqual({ ok: true, text: null, mode: 0o640 });
    expect(applyFileStep(steps.setMode, { text: null, mode: 0o600 })).toEqual({
      ok: true,
      text: null,
      mode: 0o640,
    });
    expect(applyFileStep(steps.setMode, missing)).toEqual({ ok: false, reason: "FILE_MISSING" });
  });

  test("setMode of what need not be there does nothing where there is nothing", () => {
    const setMode = { setMode: { path: "/etc/a", mode: "0640", ifPresent: true } } as const;
    expect(applyFileStep(setMode, before)).toEqual({ ok: true, text: null, mode: 0o640 });
    expect(applyFileStep(setMode, missing)).toEqual({ ok: true, text: null, mode: null });
  });

  test.each([steps.reload, steps.run, steps.restoreFile])(
    "%j is no step for a file, and using it so is a bug",
    (step) => {
      expect(() => applyFileStep(step, before)).toThrow("unreachable");
    },
  );
});
