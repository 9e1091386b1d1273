import type { DrillSpec } from "@compline/schemas";

/** What a container has none of, in words. */
const OWN: Readonly<Record<string, string>> = {
  kernel: "kernel",
  audit: "record of system calls",
  clock: "clock",
  disks: "disks",
};

/** Why a drill would show nothing on a container with these packages; null when it can be run there. */
export function lackingFor({ needs }: DrillSpec, installed: ReadonlySet<string>): string | null {
  const own = (needs?.own ?? []).map((part) => OWN[part] ?? part);
  if (own.length > 0) return `the machine is a container, which has no ${own.join(" and no ")} of its own`;
  const missing = (needs?.packages ?? []).filter((name) => !installed.has(name));
  return missing.length === 0 ? null : `this system has no package ${missing.join(", ")}`;
}
