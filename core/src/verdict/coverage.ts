/** "n of N controls are looked at by this product". */
export interface ControlCoverage {
  readonly looked: number;
  readonly of: number;
}

/** How many of a framework's controls name at least one check. A check that fails still looks. */
export function controlCoverage(
  controls: Iterable<{ readonly checks?: readonly string[] }>,
): ControlCoverage {
  let looked = 0;
  let of = 0;
  for (const control of controls) {
    of += 1;
    if ((control.checks ?? []).length > 0) looked += 1;
  }
  return { looked, of };
}
