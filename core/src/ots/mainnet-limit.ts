/** The easiest target there is on the main chain: difficulty 1. */
const EASIEST = 0xffffn << 208n;

/**
 * From when on blocks of the main chain were at least this difficult. Coarse on purpose: each entry is about half of
 * the least difficulty from then on, so that no real block is refused.
 */
const LEAST_DIFFICULTY: readonly (readonly [from: string, difficulty: bigint])[] = [
  ["2011-07-01", 500_000n],
  ["2013-07-01", 10_000_000n],
  ["2014-01-01", 500_000_000n],
  ["2015-01-01", 20_000_000_000n],
  ["2016-01-01", 50_000_000_000n],
  ["2017-01-01", 150_000_000_000n],
  ["2018-01-01", 900_000_000_000n],
  ["2019-01-01", 2_500_000_000_000n],
  ["2020-01-01", 6_000_000_000_000n],
  ["2022-01-01", 12_000_000_000_000n],
  ["2024-01-01", 35_000_000_000_000n],
  ["2025-01-01", 50_000_000_000_000n],
];

/**
 * The limit of the main chain by the header's own time. Whoever makes a header chooses its time, and blocks of old
 * times are cheap: work alone never shows when something existed.
 */
export function mainnetLimit(timeS: number): bigint {
  const reached = LEAST_DIFFICULTY.findLast(([from]) => timeS * 1000 >= Date.parse(from));
  return EASIEST / (reached?.[1] ?? 1n);
}
