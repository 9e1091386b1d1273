import {
  alsoRow,
  edit,
  observed,
  remove,
  removeAssignment,
  setCoverage,
  setRows,
  setSnapshot,
} from "../forgeries.ts";
import { observe } from "../statements.ts";
import { type ForgedCase } from "./case.ts";

/** Bundles that contradict themselves, those before them or their assignment. */
export const contentCases: readonly ForgedCase[] = [
  [
    "a result that is not assigned",
    ["COVERAGE 0-0", "PAIR_NOT_ASSIGNED 0-0"],
    { forgery: { ...edit("0-0", setSnapshot(alsoRow("zz"))), take: 1 } },
  ],
  [
    "a delta with a new pair",
    ["COVERAGE 0-1", "PAIR_NOT_ASSIGNED 0-1"],
    { forgery: { take: 1, append: [{ place: "0-1", make: observe("delta", 0, [["zz", "fail"]]) }] } },
  ],
  [
    "an assigned pair left out of a snapshot",
    ["COVERAGE 0-0", "PAIR_ABSENT 0-0"],
    {
      forgery: {
        ...edit(
          "0-0",
          setSnapshot((rows) => rows.slice(1)),
        ),
        take: 1,
      },
    },
  ],
  [
    "a pair left out of a later snapshot, without the assignment",
    ["MISSING_FILE assignments/A0.json", "PAIR_ABSENT 0-3", "PAIR_ABSENT 0-3"],
    {
      forgery: { take: 3, append: [{ place: "0-3", make: observe("snapshot", 0, [["ca", "pass"]]) }] },
      tamper: removeAssignment(0),
    },
  ],
  [
    "a delta that omits a change",
    ["STATE_MISMATCH 0-8"],
    {
      forgery: {
        ...edit(
          "0-8",
          setRows(() => []),
        ),
        take: 9,
      },
    },
  ],
  [
    "a state of another count",
    ["COVERAGE 0-3", "STATE_MISMATCH 0-3"],
    {
      forgery: edit(
        "0-3",
        observed((seen) => ({ ...seen, state: { ...seen.state, count: 9 } })),
      ),
    },
  ],
  [
    "a verdict that does not add up",
    ["STATE_MISMATCH 0-1"],
    {
      forgery: {
        ...edit(
          "0-1",
          setRows((rows) => rows.map((row) => ({ ...row, verdict: "unknown", reason: "STALE" }))),
        ),
        take: 2,
      },
    },
  ],
  ["an expected coverage of less", ["COVERAGE 0-3"], { forgery: edit("0-3", setCoverage({ expected: 2 })) }],
  ["a fresh coverage of more", ["COVERAGE 0-0"], { forgery: edit("0-0", setCoverage({ fresh: 3 })) }],
  [
    "a fresh coverage beyond what is expected",
    ["COVERAGE 0-3", "GAP 0-2"],
    { forgery: edit("0-3", setCoverage({ fresh: 4 })), tamper: remove("0-2") },
  ],
  [
    "a coverage without its oldest",
    ["COVERAGE 0-3"],
    { forgery: edit("0-3", setCoverage({ oldestAt: null })) },
  ],
];
