import type { Collected } from "./collected.ts";
import { toFacts } from "./raw-file.ts";
import type { Facts, FactsResult } from "./raw-file.ts";

/** Values of the running kernel. Facts: `{running: {"kernel.randomize_va_space": "2"}}`; one that does not exist is left out. */
export function parseSysctl(keys: readonly string[], collected: Collected): FactsResult {
  return { kind: "facts", facts: { running: runningValues(keys, collected) } };
}

/** What the running kernel says of some keys, read below /proc/sys. Only for a host that has a kernel of its own. */
export function runningValues(keys: readonly string[], collected: Collected): Facts {
  const values = keys.flatMap((key) =>
    collected.find(kernelFile(key)).map((file) => [key, (file.text ?? "").trim()] as const),
  );
  return toFacts(new Map(values));
}

/** Where the kernel shows a value. */
export function kernelFile(key: string): string {
  return `/proc/sys/${key.replaceAll(".", "/")}`;
}
