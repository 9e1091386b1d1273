import { hexToBytes } from "@noble/hashes/utils.js";
import { easiestLimit, mineHeader } from "../../../ots/testdata/mine.ts";
import { ENTRIES_PATH, HEADERS_PATH } from "../../kit-files.ts";
import { anchored, BLOCK_TIME } from "../anchored.ts";
import { steps } from "../forgeries.ts";
import { put } from "../listed.ts";
import { leavesOf, logged } from "../logged.ts";
import { type ForgedCase, type HonestCase, NOWHERE } from "./case.ts";

const FILE = "ots/12.ots";
const ALONE = "NOT_ANCHORED -";
const OTHER = mineHeader("00".repeat(32), hexToBytes("22".repeat(32)), BLOCK_TIME);

/** Timestamps that show nothing. */
export const anchorCases: readonly ForgedCase[] = [
  [
    "of something else",
    [ALONE, `OTS_WRONG_DIGEST ${FILE}`],
    { tamper: steps(logged(), anchored({ of: "11".repeat(32) })) },
  ],
  [
    "of a leaf in place of the root",
    [ALONE, `OTS_WRONG_DIGEST ${FILE}`],
    { tamper: steps(logged(), (kit) => anchored({ of: leavesOf(kit)[3] ?? "" })(kit)), powLimit: easiestLimit },
  ],
  [
    "of another size",
    [ALONE, "OTS_WRONG_DIGEST ots/5.ots"],
    { tamper: steps(logged(), anchored({ size: 5 })) },
  ],
  [
    "of more than there is",
    [ALONE, "OTS_WRONG_DIGEST ots/99.ots"],
    { tamper: steps(logged(), anchored({ size: 99 })) },
  ],
  ["with bytes after it", [ALONE, `OTS_TRAILING ${FILE}`], { tamper: steps(logged(), anchored({ after: [0] })) }],
  ["that is none", [ALONE, `SCHEMA ${FILE}`], { tamper: steps(logged(), anchored(), put(FILE, 1)) }],
  [
    "in a block that was not given",
    [ALONE, `OTS_NO_MATCH ${FILE}`],
    { tamper: steps(logged(), anchored({ headers: OTHER })) },
  ],
  [
    "without headers",
    ["MISSING_FILE headers.bin", ALONE],
    { tamper: steps(logged(), anchored({ headers: null })) },
  ],
  [
    "with headers cut short",
    [ALONE, "SCHEMA headers.bin"],
    { tamper: steps(logged(), anchored(), put(HEADERS_PATH, ...OTHER.slice(0, 79))) },
  ],
  ["in a block without the work of its time", [ALONE, `NO_WORK ${FILE}`], { tamper: steps(logged(), anchored()) }],
  [
    "in a block without the work of its time, whatever the trust file says",
    [ALONE, `NO_WORK ${FILE}`],
    { tamper: steps(logged(), anchored({ powLimit: "f".repeat(64) })) },
  ],
  [
    "without the work that the trust file asks for",
    [ALONE, `NO_WORK ${FILE}`],
    { tamper: steps(logged(), anchored({ powLimit: NOWHERE.replace(/0$/, "1") })), powLimit: easiestLimit },
  ],
  [
    "at another height than the pinned one",
    [ALONE, `WRONG_HEADER ${FILE}`],
    { tamper: steps(logged(), anchored({ heights: [99] })), powLimit: easiestLimit },
  ],
  ["that is still pending", [ALONE], { tamper: steps(logged(), anchored({ heights: [] })) }],
  [
    "in a block that the given trust file does not pin",
    [ALONE, `NO_WORK ${FILE}`, "TRUST_SWAPPED trust.json"],
    { tamper: steps(logged(), anchored()), given: (kit) => ({ ...kit.trust, bitcoin: null }) },
  ],
];

/** Timestamps with which nothing is wrong, as far as blocks may be this easy. */
export const honestAnchors: readonly HonestCase[] = [
  ["an anchor in a pinned block", [], { tamper: steps(logged(), anchored()), powLimit: easiestLimit }],
  [
    "an anchor in a block that nobody pinned",
    [],
    { tamper: steps(logged(), anchored({ pins: [] })), powLimit: easiestLimit },
  ],
  [
    "an anchor of which one of two blocks was not given",
    [],
    { tamper: steps(logged(), anchored({ heights: [100, 101], pins: [] })), powLimit: easiestLimit },
  ],
  [
    "an anchor of a log that is not there",
    [],
    { tamper: steps(logged(), anchored(), ({ files }) => void files.delete(ENTRIES_PATH)) },
  ],
];
