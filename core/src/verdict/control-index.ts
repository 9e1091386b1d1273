import type { Control } from "@compline/schemas";
import { controlsOf, type Graph } from "../graph/graph.ts";
import type { FrameworkView } from "../snapshot/snapshot.ts";

/** What of a control its verdict follows from. */
export interface JudgedControl {
  readonly id: string;
  readonly checks?: readonly string[];
  readonly shown?: Control["shown"] | null;
}

/** A control and the numbers of its checks. */
export interface IndexedControl {
  readonly id: string;
  readonly checks: readonly number[];
  /** What stands for it while no check does. */
  readonly shown: "attested" | "not_assessed";
}

/** A framework's controls in its order, and the numbers of all checks they name, each once. */
export interface IndexedFramework {
  readonly controls: readonly IndexedControl[];
  readonly checks: readonly number[];
}

/** The controls of a library with their checks numbered: made once, so that no name is looked up for each site. */
export interface ControlIndex {
  readonly numbers: ReadonlyMap<string, number>;
  readonly frameworks: ReadonlyMap<string, IndexedFramework>;
}

/** The index of some frameworks. */
export function indexControls(
  frameworks: Iterable<{ readonly id: string; readonly controls: Iterable<JudgedControl> }>,
): ControlIndex {
  const numbers = new Map<string, number>();
  const numberOf = (check: string): number => {
    const number = numbers.get(check) ?? numbers.size;
    numbers.set(check, number);
    return number;
  };
  const indexed = new Map<string, IndexedFramework>();
  for (const { id, controls } of frameworks) {
    const own = Array.from(
      controls,
      (control): IndexedControl => ({
        id: control.id,
        checks: [...new Set(control.checks ?? [])].map(numberOf),
        shown: control.shown === "attested" ? "attested" : "not_assessed",
      }),
    );
    indexed.set(id, { controls: own, checks: [...new Set(own.flatMap(({ checks }) => checks))] });
  }
  return { numbers, frameworks: indexed };
}

/** The index of a graph's frameworks. */
export function controlIndex({ frameworks }: Graph): ControlIndex {
  return indexControls([...frameworks].map(([id, node]) => ({ id, controls: controlsOf(node) })));
}

/** The index of frameworks as a snapshot shows them. */
export function indexViews(views: readonly Pick<FrameworkView, "id" | "families">[]): ControlIndex {
  return indexControls(
    views.map(({ id, families }) => ({ id, controls: families.flatMap((family) => family.controls) })),
  );
}
