import { ENTRIES_PATH, checkpointPath } from "../../kit-files.ts";
import type { TrustFile } from "../../trust.ts";
import { edit, set, steps, type Tamper } from "../forgeries.ts";
import { makeKit } from "../generator.ts";
import { put } from "../listed.ts";
import { logged, ORIGIN, rootOf } from "../logged.ts";
import { type ForgedCase, type HonestCase, NOWHERE, SEED } from "./case.ts";

const honest = await makeKit(SEED);
const digests = [...honest.digests.values()];
const NEWEST = `log/checkpoints/${digests.length}`;
const WITHOUT = "MISSING_FILE log/checkpoints/";

/** An appliance says that it saw this of the log. */
function saw(size: number, root: string, origin = ORIGIN): ReturnType<typeof set> {
  return set({ seen: { checkpoint: { origin, size, root }, block: null } });
}

/** The log after that many leaves, as the trust file knows it from elsewhere. */
function known(size: number): (trust: TrustFile) => TrustFile {
  return (trust) => ({ ...trust, log: trust.log && { ...trust.log, newest: { size, root: NOWHERE } } });
}

/** The first key of the trust file is good for a part of the log. */
function enrolled(period: { readonly from?: number; readonly to?: number }): (trust: TrustFile) => TrustFile {
  return (trust) => ({
    ...trust,
    keys: trust.keys.map((key, at) => (at === 0 ? { ...key, ...period } : key)),
  });
}

const cutLeaves: Tamper = ({ files }) =>
  void files.set(ENTRIES_PATH, files.get(ENTRIES_PATH)?.slice(0, -32) ?? new Uint8Array());

const renameCheckpoint: Tamper = ({ files }) => {
  files.set(checkpointPath(7), files.get(NEWEST) ?? new Uint8Array());
  files.delete(NEWEST);
};

/** Logs that show somebody another history, or that nobody vouches for. */
export const logCases: readonly ForgedCase[] = [
  [
    "a bundle that is no leaf",
    ["NOT_LOGGED 0-2"],
    { tamper: logged({ leaves: (own) => own.toSpliced(2, 1) }) },
  ],
  ["a bundle after the newest checkpoint", ["NOT_LOGGED 1-1"], { tamper: logged({ sizes: [11] }) }],
  [
    "leaves cut off",
    [`ROLLED_BACK ${NEWEST}`, "NOT_LOGGED 1-1"],
    { tamper: steps(logged({ sizes: [11, 12] }), cutLeaves) },
  ],
  [
    "a head that the trust file knows is longer",
    [`ROLLED_BACK ${ENTRIES_PATH}`],
    { tamper: logged({ trust: known(13) }) },
  ],
  [
    "a head that the trust file knows is of another history",
    [`SPLIT_VIEW ${ENTRIES_PATH}`],
    { tamper: logged({ trust: known(5) }) },
  ],
  ["a checkpoint of another history", [WITHOUT, `SPLIT_VIEW ${NEWEST}`], { tamper: logged({ root: NOWHERE }) }],
  [
    "a checkpoint of another log",
    [WITHOUT, `WRONG_ORIGIN ${NEWEST}`],
    { tamper: logged({ origin: "other.example/evidence" }) },
  ],
  [
    "a checkpoint signed by another key",
    [`BAD_CHECKPOINT_SIGNATURE ${NEWEST}`, WITHOUT],
    { tamper: logged({ signer: 9 }) },
  ],
  ["a checkpoint that cannot be read", [WITHOUT, `SCHEMA ${NEWEST}`], { tamper: steps(logged(), put(NEWEST, 1)) }],
  [
    "a checkpoint under another size",
    ["MISPLACED log/checkpoints/7"],
    { tamper: steps(logged(), renameCheckpoint) },
  ],
  ["no checkpoint", [WITHOUT], { tamper: logged({ sizes: [] }) }],
  [
    "leaves of another length",
    [`SCHEMA ${ENTRIES_PATH}`],
    { tamper: steps(logged(), put(ENTRIES_PATH, ...new Uint8Array(33))) },
  ],
  ["too few witnesses", [`NOT_WITNESSED ${NEWEST}`], { tamper: logged({ cosigners: () => [2] }) }],
  ["an unknown witness", [`NOT_WITNESSED ${NEWEST}`], { tamper: logged({ cosigners: () => [2, 4] }) }],
  ["a witness counted twice", [`NOT_WITNESSED ${NEWEST}`], { tamper: logged({ cosigners: () => [2, 2] }) }],
  [
    "a bundle that only one witness saw",
    [`NOT_WITNESSED ${NEWEST}`],
    { tamper: logged({ sizes: [11, 12], cosigners: (size) => (size === 11 ? [2, 3] : [3]) }) },
  ],
  [
    "a bundle that saw another history",
    ["SPLIT_VIEW 0-3"],
    { forgery: edit("0-3", saw(2, NOWHERE)), tamper: logged() },
  ],
  [
    "a bundle that saw a longer log",
    ["ROLLED_BACK 0-3"],
    { forgery: edit("0-3", saw(99, NOWHERE)), tamper: logged() },
  ],
  [
    "a bundle that saw another log",
    ["WRONG_ORIGIN 0-3"],
    { forgery: edit("0-3", saw(2, NOWHERE, "other.example/evidence")), tamper: logged() },
  ],
  [
    "a bundle that saw itself",
    ["SEEN_IMPOSSIBLE 0-3"],
    { forgery: edit("0-3", saw(4, NOWHERE)), tamper: logged() },
  ],
  [
    "a bundle before its key was enrolled",
    ["NOT_ENROLLED 0-0", "NOT_ENROLLED 0-1"],
    { tamper: logged({ trust: enrolled({ from: 2 }) }) },
  ],
  [
    "a bundle after its key was removed",
    ["NOT_ENROLLED 0-9"],
    { tamper: logged({ trust: enrolled({ to: 9 }) }) },
  ],
  [
    "a log, its key and its witnesses that the given trust file lacks",
    ["TRUST_SWAPPED trust.json", "TRUST_SWAPPED trust.json", "TRUST_SWAPPED trust.json"],
    { tamper: logged(), given: (kit) => ({ ...kit.trust, log: null, witnesses: [], quorum: 0 }) },
  ],
];

/** Two witnesses saw all bundles, each by a checkpoint of its own, and nobody what the log holds after them. */
export const seenApart: Tamper = logged({
  leaves: (own) => [...own, NOWHERE, NOWHERE, NOWHERE],
  sizes: [12, 14, 15],
  cosigners: (size) => ({ 12: [2], 14: [3, 4] })[size] ?? [],
});

/** Logs with which nothing is wrong. */
export const honestLogs: readonly HonestCase[] = [
  ["a log that two witnesses saw at different times", [], { tamper: seenApart }],
  ["a log with two checkpoints", [], { tamper: logged({ sizes: [4, 12] }) }],
  [
    "a bundle that saw an earlier checkpoint",
    [],
    { forgery: edit("0-3", saw(2, rootOf(digests.slice(0, 2)))), tamper: logged() },
  ],
  ["a log with bundles of others", [], { tamper: logged({ leaves: (own) => [NOWHERE, ...own, NOWHERE] }) }],
  ["a log in another order", ["LOG_ORDER"], { tamper: logged({ leaves: (own) => own.toReversed() }) }],
  [
    "a log that no witness was asked for",
    [],
    { tamper: logged({ trust: (trust) => ({ ...trust, quorum: 0 }), cosigners: () => [] }) },
  ],
];
