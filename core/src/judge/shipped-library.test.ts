import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { CheckSpec, ControlFamilySpec, RuleSpec } from "@compline/schemas";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { compileCel } from "./expression.ts";

const repository = fileURLToPath(new URL("../../../", import.meta.url));

function specs<T>(folder: string): T[] {
  return readdirSync(join(repository, folder)).map((name) => {
    const document = parse(readFileSync(join(repository, folder, name), "utf8")) as { spec: T };
    return document.spec;
  });
}

/** The identifiers of 45 CFR 164 Subpart C. */
const standards = `164.308(a)(1)(i) 164.308(a)(2) 164.308(a)(3)(i) 164.308(a)(4)(i) 164.308(a)(5)(i) 164.308(a)(6)(i)
  164.308(a)(7)(i) 164.308(a)(8) 164.308(b)(1) 164.310(a)(1) 164.310(b) 164.310(c) 164.310(d)(1) 164.312(a)(1)
  164.312(b) 164.312(c)(1) 164.312(d) 164.312(e)(1) 164.314(a)(1) 164.314(b)(1) 164.316(a) 164.316(b)(1)`;
const required = `164.308(a)(1)(ii)(A) 164.308(a)(1)(ii)(B) 164.308(a)(1)(ii)(C) 164.308(a)(1)(ii)(D)
  164.308(a)(4)(ii)(A) 164.308(a)(6)(ii) 164.308(a)(7)(ii)(A) 164.308(a)(7)(ii)(B) 164.308(a)(7)(ii)(C) 164.308(b)(3)
  164.310(d)(2)(i) 164.310(d)(2)(ii) 164.312(a)(2)(i) 164.312(a)(2)(ii) 164.314(a)(2)(i) 164.314(a)(2)(ii)
  164.314(a)(2)(iii) 164.314(b)(2)(i) 164.314(b)(2)(ii) 164.314(b)(2)(iii) 164.314(b)(2)(iv) 164.316(b)(2)(i)
  164.316(b)(2)(ii) 164.316(b)(2)(iii)`;
const addressable = `164.308(a)(3)(ii)(A) 164.308(a)(3)(ii)(B) 164.308(a)(3)(ii)(C) 164.308(a)(4)(ii)(B)
  164.308(a)(4)(ii)(C) 164.308(a)(5)(ii)(A) 164.308(a)(5)(ii)(B) 164.308(a)(5)(ii)(C) 164.308(a)(5)(ii)(D)
  164.308(a)(7)(ii)(D) 164.308(a)(7)(ii)(E) 164.310(a)(2)(i) 164.310(a)(2)(ii) 164.310(a)(2)(iii) 164.310(a)(2)(iv)
  164.310(d)(2)(iii) 164.310(d)(2)(iv) 164.312(a)(2)(iii) 164.312(a)(2)(iv) 164.312(c)(2) 164.312(e)(2)(i)
  164.312(e)(2)(ii)`;
/** A look at a host can show something about these, never all of what they ask. */
const hostCheckable = `164.308(a)(1)(ii)(D) 164.308(a)(5)(ii)(B) 164.308(a)(5)(ii)(C) 164.308(a)(5)(ii)(D)
  164.308(a)(7)(ii)(A) 164.310(d)(2)(iv) 164.312(a)(1) 164.312(a)(2)(i) 164.312(a)(2)(iii) 164.312(a)(2)(iv) 164.312(b)
  164.312(c)(1) 164.312(c)(2) 164.312(d) 164.312(e)(1) 164.312(e)(2)(i) 164.312(e)(2)(ii)`;

function identifiers(text: string): string[] {
  return text.split(/\s+/);
}

describe("the HIPAA catalogue", () => {
  const families = specs<ControlFamilySpec>("frameworks/hipaa/controls");
  const controls = families.flatMap((family) => family.controls);
  const idsOf = (list: typeof controls): string[] => list.map((control) => control.id).toSorted();

  test("lists every standard and specification once", () => {
    const all = [standards, required, addressable].flatMap(identifiers);
    expect(all).toHaveLength(22 + 24 + 22);
    expect(idsOf(controls)).toEqual(all.toSorted());
  });

  test("calls addressable what the regulation calls so, and nothing else", () => {
    const found = controls.filter((control) => control.requirement === "addressable");
    expect(idsOf(found)).toEqual(identifiers(addressable).toSorted());
  });

  test("is in the regulation's order within each family", () => {
    // The numerals that occur, i to iv, sort as text.
    for (const family of families) {
      const ids = family.controls.map((control) => control.id);
      expect(ids).toEqual(ids.toSorted());
    }
  });

  test("maps checks only to what a look at a host can show, and says beside each what it does not show", () => {
    expect(idsOf(controls.filter((control) => control.nature === "host"))).toEqual(
      identifiers(hostCheckable).toSorted(),
    );
    for (const control of controls.filter((control) => (control.checks ?? []).length > 0)) {
      expect(control.nature).toBe("host");
      expect(control.note).toMatch(/Says nothing about/);
    }
  });

  test("names every shipped check at least once", () => {
    const shipped = readdirSync(join(repository, "policies/checks/linux")).map((name) =>
      name.replace(".yaml", ""),
    );
    expect([...new Set(controls.flatMap((control) => control.checks ?? []))].toSorted()).toEqual(
      shipped.toSorted(),
    );
  });
});

describe("every shipped expression compiles", () => {
  test.each(specs<CheckSpec>("policies/checks/linux").map((spec) => [spec.title, spec] as const))(
    "%s",
    (_title, spec) => {
      const sources = [
        spec.assert,
        spec.applicable ?? "true",
        ...Object.values(spec.record).map((field) => field.value),
      ];
      for (const source of sources) expect(compileCel(source)).toEqual({ ok: true });
    },
  );

  test("when of every rule", () => {
    for (const rule of specs<RuleSpec>("policies/rules"))
      expect(compileCel(rule.when ?? "true")).toEqual({ ok: true });
  });
});
