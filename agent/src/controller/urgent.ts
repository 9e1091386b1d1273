import type { ApplianceReport } from "@compline/core/appliance";

/**
 * What of a report a person or the controller must see now, however much evidence waits: whether this box heals and why
 * not, that a person stopped it or let it go on, and which fails are left to people. Two reports that differ in nothing of this have the
 * same text.
 */
export function urgentPart({ healing, suspension, override, held }: ApplianceReport): string {
  const pairs = held.map(({ host, check, code }) => [host, check, code]);
  return JSON.stringify([healing, suspension, override, pairs]);
}
