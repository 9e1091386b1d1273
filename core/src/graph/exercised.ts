import type { Control } from "@compline/schemas";
import { type Diagnostic, errorAt } from "../manifest/diagnostic.ts";
import type { Place } from "../manifest/place.ts";
import type { ByKind } from "./by-kind.ts";
import { controlsOf, type FrameworkNode, type Graph } from "./graph.ts";

/** How many controls a message names before it only counts. */
const named = 5;

/**
 * Frameworks that call themselves exercised although a control that a look at a host can show has no check that a drill
 * breaks. While a family or a drill is broken, nothing is said: that file's own fault is reported.
 */
export function exercisedFindings(
  { Drill }: ByKind,
  { frameworks }: Graph,
  broken: readonly Place[],
): Diagnostic[] {
  if (broken.some(({ kind }) => kind === "ControlFamily" || kind === "Drill")) return [];
  const drilled = new Set(Drill.map(({ spec }) => spec.check));
  return [...frameworks.values()]
    .filter(({ document }) => document.spec.status === "exercised")
    .flatMap((framework) => unexercised(framework, drilled));
}

function unexercised(framework: FrameworkNode, drilled: ReadonlySet<string>): Diagnostic[] {
  const { document } = framework;
  const isDrilled = ({ checks = [] }: Control): boolean => checks.some((check) => drilled.has(check));
  const lacking = controlsOf(framework).filter((control) => control.nature === "host" && !isDrilled(control));
  if (lacking.length === 0) return [];
  const pointer = "/spec/status";
  const rest = lacking.length > named ? ` and ${lacking.length - named} more` : "";
  const ids = lacking.slice(0, named).map(({ id }) => id);
  return [
    errorAt({
      file: document.path,
      at: document.locate(pointer),
      pointer,
      code: "REF_UNEXERCISED",
      expected: "a check with a drill at every control of nature host",
      found: `none at ${ids.join(", ")}${rest}`,
      hint: "add the drills, or say status: mapped",
    }),
  ];
}
