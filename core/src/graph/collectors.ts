import type { CheckSpec, Platform } from "@compline/schemas";
import { type Diagnostic, errorAt } from "../manifest/diagnostic.ts";
import type { ManifestDocument } from "../manifest/document.ts";
import { joinPointer } from "../manifest/yaml.ts";
import type { ByKind } from "./by-kind.ts";

type Collector = keyof CheckSpec["collect"];

/** Where each collector works. Those that take paths want one root, which Windows does not have; others ask Linux itself. */
const servedBy: Readonly<Record<Collector, readonly Platform[]>> = {
  file: ["linux", "macos"],
  files: ["linux", "macos"],
  mode: ["linux", "macos"],
  argv: ["linux", "macos"],
  certificate: ["linux", "macos"],
  program: ["linux"],
  service: ["linux"],
  port: ["linux"],
  sysctl: ["linux"],
  package: ["linux"],
};

/** Every platform of a check that its collector does not serve. */
export function collectorFindings({ Check }: ByKind): Diagnostic[] {
  return Check.flatMap((check) =>
    check.spec.platforms.flatMap((platform, at) => unserved(check, platform, at)),
  );
}

function unserved(check: ManifestDocument<"Check">, platform: Platform, index: number): Diagnostic[] {
  // The schema allows exactly one member, and only these.
  const [collector] = Object.keys(check.spec.collect) as [Collector];
  const served = servedBy[collector];
  if (served.includes(platform)) return [];
  const pointer = joinPointer("/spec/platforms", index);
  const expected = `a platform that the collector ${collector} serves: ${served.join(", ")}`;
  const at = check.locate(pointer);
  return [errorAt({ file: check.path, at, pointer, code: "REF_PLATFORM", expected, found: platform })];
}
