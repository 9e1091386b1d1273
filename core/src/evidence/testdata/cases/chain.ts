import { envelopePath } from "../../kit-files.ts";
import {
  alsoRow,
  copy,
  drop,
  edit,
  fork,
  headAt,
  remove,
  set,
  setCoverage,
  setPolicy,
  setPrev,
  setRows,
  swap,
} from "../forgeries.ts";
import { happen, observe, timeAt } from "../statements.ts";
import { type ForgedCase, NOWHERE, SNAPSHOT } from "./case.ts";

/** Files that do not stand in one unbroken order. */
export const chainCases: readonly ForgedCase[] = [
  ["a missing middle file", ["GAP 0-3"], { tamper: remove("0-3") }],
  ["several missing files", ["GAP 0-1"], { tamper: remove("0-1", "0-2", "0-3") }],
  ["a missing beginning of an epoch", ["GAP 1-0"], { tamper: remove("1-0") }],
  ["a bundle that was dropped and told", ["EVIDENCE_DROPPED 0-3"], { tamper: drop([[0, 3, 3]]) }],
  [
    "a run dropped in two goes, from the beginning of the chain",
    ["EVIDENCE_DROPPED 0-0"],
    { tamper: drop([[0, 0, 1], [0, 2, 3]]) },
  ],
  ["the beginning of an epoch dropped and told", ["EVIDENCE_DROPPED 1-0"], { tamper: drop([[1, 0, 0]]) }],
  [
    "more missing than is told as dropped",
    ["GAP 0-1"],
    { tamper: drop([[0, 2, 3]], ["0-1", "0-2", "0-3"]) },
  ],
  ["less told as dropped at its end", ["GAP 0-2"], { tamper: drop([[0, 2, 2]], ["0-2", "0-3"]) }],
  ["another bundle told as dropped", ["GAP 0-3"], { tamper: drop([[0, 3, 3, NOWHERE]]) }],
  [
    "what was dropped, and the rotation before it",
    ["GAP 1-0"],
    { tamper: drop([[0, 9, 9], [1, 0, 0]]) },
  ],
  ["a missing first file", ["CHAIN_STARTS_LATE 0-1"], { tamper: remove("0-0") }],
  ["a missing opening event", ["EPOCH_NOT_OPENED 1-0"], { tamper: remove("0-9") }],
  [
    "a missing last file that the trust file knows",
    ["HEAD_MISSING 1-1"],
    { tamper: remove("1-1"), given: (kit) => ({ ...kit.trust, heads: [headAt(kit, 1, 1)] }) },
  ],
  ["a wrong prev", ["BAD_PREV 0-3"], { forgery: edit("0-3", setPrev(NOWHERE)) }],
  ["a prev at the very beginning", ["BAD_PREV 0-0"], { forgery: edit("0-0", setPrev(NOWHERE)) }],
  ["no prev in the middle", ["BAD_PREV 0-3"], { forgery: edit("0-3", setPrev(null)) }],
  [
    "no prev where a late chain starts",
    ["BAD_PREV 0-4", "CHAIN_STARTS_LATE 0-4"],
    { forgery: edit("0-4", setPrev(null)), tamper: remove("0-0", "0-1", "0-2", "0-3") },
  ],
  ["no prev at a new epoch", ["EPOCH_NOT_OPENED 1-0"], { forgery: edit("1-0", setPrev(null)) }],
  ["two files swapped", ["MISPLACED 0-1", "MISPLACED 0-3"], { tamper: swap("0-1", "0-3") }],
  ["a copy under another number", ["MISPLACED 0-9999"], { tamper: copy("0-3", (kit) => kit.path("0-9999")) }],
  [
    "a copy in another chain's folder",
    ["MISPLACED 0-3"],
    { tamper: copy("0-3", (kit) => envelopePath(kit.ids.site, { id: kit.ids.host, epoch: 0, seq: 3 })) },
  ],
  [
    "a copy in another site's folder",
    ["MISPLACED 0-3"],
    {
      tamper: copy("0-3", (kit) => envelopePath(kit.ids.host, { id: kit.ids.appliance, epoch: 0, seq: 3 })),
    },
  ],
  ["a copy under another epoch", ["MISPLACED 9-3"], { tamper: copy("0-3", (kit) => kit.path("9-3")) }],
  [
    "a copy in a folder below",
    ["MISPLACED envelopes/below/P"],
    { tamper: copy("0-3", (kit) => `envelopes/below/${kit.path("0-3")}`) },
  ],
  [
    "a copy under no place",
    ["MISPLACED envelopes/x.json"],
    { tamper: copy("0-3", () => "envelopes/x.json") },
  ],
  ["a fork", ["FORK 0-3"], { tamper: fork("0-3") }],
  ["a fork at the beginning", ["FORK 0-0"], { tamper: fork("0-0") }],
  ["a fork at the end", ["FORK 1-1"], { tamper: fork("1-1") }],
  [
    "a fork under a suffix of another digest",
    ["FORK 0-3", "MISPLACED 0-3"],
    { tamper: fork("0-3", "0123456789abcdef") },
  ],
  [
    "an epoch that skips one",
    ["EPOCH_NOT_OPENED 2-0"],
    {
      forgery: {
        ...edit("0-9", set({ event: { type: "rotate", publicKey: NOWHERE, newEpoch: 2 } })),
        take: 10,
        append: [{ place: "2-0", make: SNAPSHOT }],
      },
    },
  ],
  [
    "an epoch opened for another chain",
    ["EPOCH_NOT_OPENED 1-0"],
    {
      forgery: {
        ...edit("0-9", set({ event: { type: "rotate", publicKey: NOWHERE, newEpoch: 7 } })),
        take: 11,
      },
    },
  ],
  [
    "an epoch without snapshot",
    ["ASSIGNMENT_WITHOUT_SNAPSHOT 1-0"],
    { forgery: { take: 10, append: [{ place: "1-0", make: observe("delta", 1, []) }] } },
  ],
  [
    "a window reversed",
    ["WINDOW_REVERSED 0-3"],
    { forgery: edit("0-3", set({ window: { start: timeAt(4), end: timeAt(3) } })) },
  ],
  [
    "a window into the one before",
    ["WINDOW_OVERLAP 0-3"],
    { forgery: edit("0-3", set({ window: { start: timeAt(2), end: timeAt(4) } })) },
  ],
  ["another site", ["WRONG_SITE 0-3"], { forgery: edit("0-3", set({ site: "01ARZ3NDEKTSV4RRFFQ69G5FAV" })) }],
  [
    "an assignment of another appliance",
    ["WRONG_SITE 0-0", "WRONG_SITE 0-1"],
    { forgery: { take: 2, assignment: (assignment) => ({ ...assignment, appliance: assignment.site }) } },
  ],
  [
    "an assignment of another site",
    ["WRONG_SITE 0-0"],
    { forgery: { take: 1, assignment: (assignment) => ({ ...assignment, site: assignment.appliance }) } },
  ],
  [
    "a revision that went back",
    ["OLD_REVISION 0-8"],
    { forgery: edit("0-8", setPolicy({ revision: "1".repeat(40) })) },
  ],
  [
    "a revision nobody accepted",
    ["UNKNOWN_REVISION 0-8"],
    { forgery: edit("0-8", setPolicy({ revision: "9".repeat(40) })) },
  ],
  [
    "an assignment that went back",
    ["OLD_ASSIGNMENT 0-6", "OLD_ASSIGNMENT 0-7"],
    { forgery: { take: 8, assignment: (assignment, index) => ({ ...assignment, generation: 9 - index }) } },
  ],
  [
    "an assignment nobody listed",
    ["UNKNOWN_ASSIGNMENT 0-0", "UNKNOWN_ASSIGNMENT 0-1"],
    { forgery: { take: 2, trust: (trust) => ({ ...trust, assignments: trust.assignments.slice(1) }) } },
  ],
  [
    "a delta under a new assignment",
    ["ASSIGNMENT_WITHOUT_SNAPSHOT 0-6"],
    {
      forgery: {
        take: 6,
        append: [{ place: "0-6", make: observe("delta", 1, [], { addedPairs: ["cd"] }) }],
      },
    },
  ],
  [
    "a snapshot without its second part",
    ["PARTS_INCOMPLETE 0-7"],
    { forgery: { take: 7, append: [{ place: "0-7", make: observe("delta", 1, []) }] } },
  ],
  [
    "a snapshot cut off by an event",
    ["PARTS_INCOMPLETE 0-7"],
    { forgery: { take: 7, append: [{ place: "0-7", make: happen({ type: "suspend" }, 1) }] } },
  ],
  [
    "a snapshot cut off by a new epoch",
    ["EPOCH_NOT_OPENED 1-0", "PARTS_INCOMPLETE 0-6"],
    { forgery: { take: 7, append: [{ place: "1-0", make: SNAPSHOT }] } },
  ],
  ["a chain that ends in a part", ["PARTS_INCOMPLETE 0-6"], { forgery: { take: 7 } }],
  [
    "a second part without the first",
    ["PARTS_INCOMPLETE 0-3", "WINDOW_OVERLAP 0-3"],
    { forgery: { take: 3, append: [{ place: "0-3", make: observe("snapshot", 0, [], { part: 2 }) }] } },
  ],
  [
    "parts of two windows",
    ["PARTS_INCOMPLETE 0-7"],
    { forgery: { ...edit("0-7", set({ window: { start: timeAt(7), end: timeAt(8) } })), take: 8 } },
  ],
  [
    "parts of which one ends later",
    ["PARTS_INCOMPLETE 0-7", "WINDOW_OVERLAP 0-7"],
    { forgery: { ...edit("0-7", set({ window: { start: timeAt(6), end: timeAt(8) } })), take: 8 } },
  ],
  [
    "parts of two kinds",
    ["PARTS_INCOMPLETE 0-7"],
    { forgery: { ...edit("0-7", set({ kind: "delta" })), take: 8 } },
  ],
  [
    "a first part in the window of other parts",
    ["PARTS_INCOMPLETE 0-8", "WINDOW_OVERLAP 0-8"],
    {
      forgery: {
        ...edit("0-8", set({ window: { start: timeAt(6), end: timeAt(7) } })),
        take: 8,
        append: [{ place: "0-8", make: observe("snapshot", 1, [], { part: 1 }) }],
      },
    },
  ],
  [
    "a chain that begins with a delta",
    ["ASSIGNMENT_WITHOUT_SNAPSHOT 0-0"],
    {
      forgery: {
        take: 0,
        append: [{ place: "0-0", make: observe("delta", 0, [["ca", "pass"]], { addedPairs: ["cb", "cc"] }) }],
      },
    },
  ],
  [
    "a fork, without judging what its branches hold",
    ["FORK 0-3"],
    { forgery: edit("0-3", setCoverage({ expected: 2 })), tamper: fork("0-3") },
  ],
  [
    "parts of two assignments",
    ["MISSING_FILE assignments/?.json", "PARTS_INCOMPLETE 0-7", "UNKNOWN_ASSIGNMENT 0-7"],
    { forgery: { ...edit("0-7", setPolicy({ assignment: NOWHERE })), take: 8 } },
  ],
  [
    "a pair in two parts",
    ["PARTS_INCOMPLETE 0-7"],
    { forgery: { ...edit("0-7", setRows(alsoRow("ca"))), take: 8 } },
  ],
];
