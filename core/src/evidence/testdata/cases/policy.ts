import { deriveAssignment } from "../../../assignment/derive.ts";
import type { SourceFile } from "../../../manifest/parse-document.ts";
import { type Sample, sampleFiles, sampleGraph, sampleUlid } from "../../../testdata/sample-tree.ts";
import { type JudgedAssignment, sliceDigest } from "../../assignment.ts";
import { sha256Hex } from "../../digest.ts";
import { policyPath } from "../../kit-files.ts";
import type { Tamper } from "../forgeries.ts";
import type { Forgery, TestKit } from "../generator.ts";
import type { ForgedCase, HonestCase } from "./case.ts";

const WINDOW = { days: ["mon", "thu"], start: "22:00", end: "04:00" } as const;

/** What the reviewed files declare; by the second assignment a check has come. */
const sampleOf = (index: number): Sample => ({
  checks: ["ca", "cb", "cc", ...(index === 0 ? [] : ["cd"])],
  sites: [
    {
      name: "clinic",
      hosts: ["desk"],
      healing: { mode: "standard", riskCeiling: "medium", windows: [{ ...WINDOW, days: [...WINDOW.days] }] },
    },
  ],
});

const ids = {
  partner: sampleUlid("partner"),
  site: sampleUlid("site clinic"),
  appliance: sampleUlid("box clinic"),
  host: sampleUlid("desk clinic"),
};
const target = { partner: "lanternfish", site: "clinic", appliance: "box" };
const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const digestOf = ({ text }: SourceFile): string => sha256Hex(bytesOf(text));

/** Derived as a controller does. */
function derived(honest: JudgedAssignment, index: number): JudgedAssignment {
  const assignment = deriveAssignment(sampleGraph(sampleOf(index)), target, honest);
  if (assignment === null) throw new Error("unreachable: the sample's box is enrolled");
  return assignment;
}

/** Of the first assignment something else is signed than its files give. */
function forging(bend: (assignment: JudgedAssignment) => object): Forgery {
  return {
    take: 2,
    ids,
    assignment: (honest, index) => {
      const good = derived(honest, index);
      return index === 0 ? { ...good, ...bend(good) } : good;
    },
  };
}

const honest: Forgery = { take: 2, ids, assignment: derived };

/** Puts the reviewed files of both assignments beside them: of a path with two versions the newer has the plain name. */
function addFiles({ files }: TestKit): void {
  for (const index of [1, 0])
    for (const file of sampleFiles(sampleOf(index))) {
      const plain = policyPath(file.path, null);
      const known = files.get(plain);
      if (known !== undefined && sha256Hex(known) === digestOf(file)) continue;
      const path = known === undefined ? plain : policyPath(file.path, digestOf(file));
      files.set(path, bytesOf(file.text));
    }
}

const FAMILY = "frameworks/iso/controls/all.yaml";
const SITE = "sites/lanternfish/clinic/site.yaml";
const APPLIANCE = "sites/lanternfish/clinic/appliances/box.yaml";

/** The same, and one more thing that happens to the files. */
const then =
  (tamper: (files: Map<string, Uint8Array>) => void): Tamper =>
  (kit) => {
    addFiles(kit);
    tamper(kit.files);
  };

/** A list with other files; `null` takes one out. */
function listing(
  { files }: JudgedAssignment,
  changes: Readonly<Record<string, string | null>>,
): Pick<JudgedAssignment, "files" | "slice"> {
  const listed = files.flatMap(([path, digest]): [string, string][] => {
    const change = changes[path];
    if (change === null) return [];
    return [[path, change === undefined ? digest : sha256Hex(bytesOf(change))]];
  });
  return { files: listed, slice: sliceDigest(listed) };
}

/** The controls name a check more than the files have. */
const WIDER: Sample = { ...sampleOf(0), checks: ["ca", "cb", "cc", "ce"] };

const familyOf = (sample: Sample): string =>
  sampleFiles(sample).find(({ path }) => path === FAMILY)?.text ?? "";

const moved = (hours: number) => (assignment: JudgedAssignment) => ({
  healing: {
    ...assignment.healing,
    windows: assignment.healing.windows?.map(({ start, end }) => ({
      start,
      end: new Date(Date.parse(end) + hours * 3_600_000).toISOString(),
    })),
  },
});

const wrong = ["WRONG_SLICE assignments/A0.json"];

/** Assignments that do not follow from the reviewed files that they list, and files that are not those. */
export const policyCases: readonly ForgedCase[] = [
  [
    "an assignment that heals more than the site's file says",
    wrong,
    {
      forgery: forging(({ healing }) => ({ healing: { ...healing, mode: "full" } })),
      tamper: addFiles,
    },
  ],
  ["an assignment with another runbook", wrong, { forgery: forging(() => ({ runbooks: {} })), tamper: addFiles }],
  ["an assignment with a member of its own", wrong, { forgery: forging(() => ({ more: 1 })), tamper: addFiles }],
  ["maintenance windows that are longer", wrong, { forgery: forging(moved(12)), tamper: addFiles }],
  [
    "a check that a control names and the list leaves out",
    wrong,
    {
      forgery: forging((assignment) => listing(assignment, { [FAMILY]: familyOf(WIDER) })),
      tamper: then((files) => {
        files.delete(policyPath(FAMILY, sha256Hex(bytesOf(familyOf(sampleOf(0))))));
        files.set(policyPath(FAMILY, sha256Hex(bytesOf(familyOf(WIDER)))), bytesOf(familyOf(WIDER)));
      }),
    },
  ],
  [
    "a list without the file that enrols the appliance",
    wrong,
    { forgery: forging((assignment) => listing(assignment, { [APPLIANCE]: null })), tamper: addFiles },
  ],
  [
    "a list with a file that is no document",
    wrong,
    {
      forgery: forging((assignment) => listing(assignment, { [APPLIANCE]: "nothing" })),
      tamper: then((files) => void files.set(policyPath(APPLIANCE, sha256Hex(bytesOf("nothing"))), bytesOf("nothing"))),
    },
  ],
  [
    "a changed reviewed file",
    [`CHANGED_FILE policy/${SITE}`, `MISSING_FILE policy/${SITE}`, `MISSING_FILE policy/${SITE}`],
    { forgery: honest, tamper: then((files) => void files.set(policyPath(SITE, null), bytesOf("{}"))) },
  ],
  [
    "an absent reviewed file",
    [`MISSING_FILE policy/${SITE}`, `MISSING_FILE policy/${SITE}`],
    { forgery: honest, tamper: then((files) => void files.delete(policyPath(SITE, null))) },
  ],
];

/** Assignments with their reviewed files. */
export const honestPolicyCases: readonly HonestCase[] = [
  ["reviewed files, one of them in two versions", [], { forgery: honest, tamper: addFiles }],
  ["assignments of reviewed files that were not given", [], { forgery: honest }],
  ["maintenance windows by other tables of time zones", [], { forgery: forging(moved(1)), tamper: addFiles }],
  [
    "a policy file that no assignment lists",
    ["OTHER_FILES"],
    { forgery: honest, tamper: then((files) => void files.set(policyPath("README.md", null), bytesOf("x"))) },
  ],
];
