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

  test("calls addressable what the regulation calls so, and nothing else", () => {
    const found = controls.filter((control) => control.requirement === "addressable");
    expect(idsOf(found)).toEqual(identifiers(addressable).toSorted());
  });

  test("is exercised: a drill breaks what is looked at for each of these", () => {
    const text = readFileSync(join(repository, "frameworks/hipaa/framework.yaml"), "utf8");
    // `compline validate` refuses the word where it is not so.
    expect(parse(text)).toMatchObject({ spec: { status: "exercised" } });
  });

  test("calls a matter of hosts what a look at a host can show something about, and nothing else", () => {
    const found = controls.filter((control) => control.nature === "host");
    expect(idsOf(found)).toEqual(identifiers(hostCheckable).toSorted());
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
