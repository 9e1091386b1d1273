import type { Sha256 } from "../evidence/digest.ts";
import type { SignatureEngine } from "../evidence/signature.ts";
import { compareDiagnostics, type Diagnostic, errorAt, type Finding } from "../manifest/diagnostic.ts";
import {
  type DecisionTree,
  isAtPlace,
  type Owner,
  ownerIn,
  type PlacedFile,
  type ReadDecision,
  readDecisionFile,
  top,
  unexpectedPath,
} from "./decision-tree.ts";
import { decisionPlaceOf } from "../manifest/place.ts";
import { byPlace, sequenceFaults } from "./judge-sequence.ts";
import { signerFaults } from "./judge-signers.ts";

/** What decisions are judged with. */
export interface DecisionPorts {
  readonly engine: SignatureEngine;
  readonly sha256?: Sha256;
}

/**
 * What is wrong with the signed decisions that partners keep in git, sorted by file: name, form, partner, place, sequence
 * and, as far as the keys are in the same files, signatures. Whether a reviewed file says what is decided is judged by who
 * has the history: the controller.
 */
export async function judgeDecisions(
  { files, partners }: DecisionTree,
  { engine, sha256 }: DecisionPorts,
): Promise<readonly Diagnostic[]> {
  const placed = files.flatMap((file) => readDecisionFile(file, sha256) ?? []);
  const misplaced = files.filter(({ path }) => decisionPlaceOf(path) === null);
  const byPartner = Map.groupBy(placed, ({ place }) => place.partner);
  const found = await Promise.all(
    [...byPartner].map(([name, ofPartner]) =>
      judgeFolder(ofPartner, { name, text: partners.get(name), engine }),
    ),
  );
  return [...misplaced.map(({ path }) => unexpectedPath(path)), ...found.flat()].toSorted(compareDiagnostics);
}

interface Folder {
  readonly name: string;
  /** Of its partner.yaml. */
  readonly text: string | undefined;
  readonly engine: SignatureEngine;
}

async function judgeFolder(
  files: readonly PlacedFile[],
  { name, text, engine }: Folder,
): Promise<readonly Diagnostic[]> {
  const sorted = files.toSorted(byPlace);
  const owner = text === undefined ? null : ownerIn(name, text);
  const decisions = sorted.flatMap(({ decision }) => decision ?? []);
  const own = decisions.filter((decision) => isOf(decision, owner));
  return [
    ...sorted.flatMap(({ fault }) => fault ?? []),
    ...(text === undefined ? [withoutPartner(name, sorted)] : []),
    ...decisions.filter((decision) => !isOf(decision, owner)).map((one) => errorAt(ofAnother(one, owner))),
    ...decisions.filter((one) => !isAtPlace(one)).map((one) => errorAt(elsewhere(one))),
    ...sequenceFaults(sorted),
    ...(await signerFaults(own, owner?.publicKey ?? null, engine)),
  ];
}

/** What cannot be told is not held against it. */
function isOf({ predicate: { partner, chain } }: ReadDecision, owner: Owner | null): boolean {
  return owner === null ? partner === chain.id : partner === owner.id && chain.id === owner.id;
}

function withoutPartner(name: string, [first]: readonly PlacedFile[]): Diagnostic {
  return errorAt({
    file: first?.path ?? "",
    at: top,
    code: "DECISION_PARTNER",
    expected: `sites/${name}/partner.yaml beside it`,
    found: "none",
    hint: "decisions lie in the folder of the partner that they are of",
  });
}

function ofAnother({ path, predicate: { partner, chain } }: ReadDecision, owner: Owner | null): Finding {
  return {
    file: path,
    at: top,
    code: "DECISION_PARTNER",
    expected: `a decision of partner ${owner?.id ?? partner}, in its own chain`,
    found: `one of partner ${partner}, in chain ${chain.id}`,
    hint: "put it into that partner's folder; a decision counts for the partner that it names only",
  };
}

function elsewhere({ path, place, predicate: { chain } }: ReadDecision): Finding {
  return {
    file: path,
    at: top,
    code: "DECISION_PLACE",
    expected: `${place.epoch}-${place.seq}, as the name says`,
    found: `${chain.epoch}-${chain.seq}`,
    hint: `the file of this decision is ${chain.epoch}-${chain.seq}.dsse.json`,
  };
}
