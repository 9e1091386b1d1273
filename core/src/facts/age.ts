import type { FactsResult, RawFile } from "./raw-file.ts";

const hourMs = 3_600_000;

/**
 * How old files are, from when their content last changed to `at`. Facts: `{found, files: [{hours}]}`, in whole hours
 * rounded down; one from the future is 0 hours old. A practice host keeps no times: there the check does not apply.
 */
export function parseAges(roots: readonly RawFile[], at: number): FactsResult {
  const files = roots.map(({ modifiedAt }) => ({
    hours: modifiedAt === null ? null : Math.max(0, Math.floor((at - modifiedAt) / hourMs)),
  }));
  return { kind: "facts", facts: { found: files.length > 0, files } };
}
