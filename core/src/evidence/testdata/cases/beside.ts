import { fork, otherBranch, type Tamper } from "../forgeries.ts";
import { logged } from "../logged.ts";
import { type ForgedCase, type HonestCase, NOWHERE } from "./case.ts";

/** The kit shows the second branch of a fork only, under the first one's name. */
const otherAlone: Tamper = async (kit) => {
  await fork("1-1")(kit);
  const { path, bytes } = otherBranch(kit);
  kit.files.set(kit.path("1-1"), bytes);
  kit.files.delete(path);
};

/** Kits that are good alone, and contradict another one. */
export const besideCases: readonly ForgedCase[] = [
  [
    "one with the same bundles in a log of another name",
    ["IN_TWO_LOGS log/entries"],
    { tamper: logged({ named: "other.example/evidence" }), beside: { tamper: logged() } },
  ],
  [
    "one with another history of the log",
    ["SPLIT_VIEW log/entries"],
    { tamper: logged({ leaves: (own) => [NOWHERE, ...own] }), beside: { tamper: logged() } },
  ],
  ["one with the other branch of a fork", ["FORK 1-1"], { tamper: otherAlone, beside: {} }],
];

/** Kits that contradict nothing of another one. */
export const honestBeside: readonly HonestCase[] = [
  ["a kit beside itself", [], { tamper: logged(), beside: { tamper: logged() } }],
  [
    "a kit beside one from before",
    [],
    { tamper: logged(), beside: { forgery: { take: 11 }, tamper: logged() } },
  ],
  [
    "a kit beside one of another site in another log",
    [],
    {
      tamper: logged(),
      beside: {
        forgery: { ids: { site: "01ARZ3NDEKTSV4RRFFQ69G5FAV" } },
        tamper: logged({ named: "other.example/evidence" }),
      },
    },
  ],
];
