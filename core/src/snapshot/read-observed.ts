import { type ObservedState, observedValidator } from "@compline/schemas";
import { pairKey } from "../evidence/state.ts";
import { formFaults } from "../manifest/form.ts";
import { visible } from "../manifest/visible.ts";

/** An observed state's text is never longer: 1,000 sites with 10 hosts and 30 checks have about half of it. */
export const MAX_OBSERVED_LENGTH: number = 64 * 1024 * 1024;

/** How many faults are told; a file of another kind has no end of them. */
const told = 10;

/** What reading came to; each fault says where it is: a place in the text, or a pointer into the value. */
export type ObservedReading =
  | { readonly ok: true; readonly observed: ObservedState }
  | { readonly ok: false; readonly faults: readonly string[] };

/**
 * Reads a text of unknown origin that claims to be an observed state: bounded, closed, and nothing in it twice. It is
 * not signed: what follows from it is as true as where it came from.
 */
export function readObserved(text: string): ObservedReading {
  if (text.length > MAX_OBSERVED_LENGTH)
    return refuse([`it is longer than ${MAX_OBSERVED_LENGTH} characters`]);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return refuse([`it is no JSON: ${error instanceof Error ? error.message : String(error)}`]);
  }
  const faults = formFaults(observedValidator, value);
  if (faults.length > 0) {
    const lines = faults.map(
      ({ pointer, expected, found }) =>
        `at ${pointer === "" ? "its top" : pointer}: expected ${expected}; found ${found}`,
    );
    const rest = lines.length - told;
    return refuse(rest > 0 ? [...lines.slice(0, told), `and ${rest} more`] : lines);
  }
  // The schema's validator found the value to be one.
  const observed = value as ObservedState;
  const twice = firstTwice(observed);
  return twice === null ? { ok: true, observed } : refuse([`at ${twice}: it stands there a second time`]);
}

function refuse(faults: readonly string[]): ObservedReading {
  return { ok: false, faults: faults.map(visible) };
}

/** Where the first identity or pair is that another one before it has, too. */
function firstTwice({ partners }: ObservedState): string | null {
  const partner = repeated(partners.map(({ id }) => id));
  if (partner >= 0) return `/partners/${partner}`;
  const seen = new Set<string>();
  for (const [at, { sites }] of partners.entries()) {
    for (const [of, site] of sites.entries()) {
      const where = `/partners/${at}/sites/${of}`;
      if (seen.has(site.id)) return where;
      seen.add(site.id);
      const appliance = repeated(site.appliances.map(({ id }) => id));
      if (appliance >= 0) return `${where}/appliances/${appliance}`;
      const result = repeated(site.results.map(({ host, check }) => pairKey(host, check)));
      if (result >= 0) return `${where}/results/${result}`;
    }
  }
  return null;
}

/** The place of the first that was there before; -1 when all differ. */
function repeated(keys: readonly string[]): number {
  const seen = new Set<string>();
  return keys.findIndex((key) => seen.size === seen.add(key).size);
}
