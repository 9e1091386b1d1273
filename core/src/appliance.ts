// What an appliance needs of core but for judging, which its worker does: `@compline/core/appliance`. All of core, with the
// expression language, takes 35 MB more of a small machine.
export { MAX_ASSIGNMENT_BYTES, readAssignmentForAgent } from "./assignment/encode.ts";
export { controllerFingerprint, enrolmentFingerprint } from "./enrolment/fingerprint.ts";
export { assignmentSignatureItem } from "./evidence/assignment.ts";
export { buildEvent, buildObservation, type HeaderInput } from "./evidence/build.ts";
export { keyidOf, type Sha256 } from "./evidence/digest.ts";
export { checkPublicKey } from "./evidence/ed25519-noble.ts";
export { sealStatement } from "./evidence/envelope.ts";
export { canonicalBytes } from "./evidence/jcs.ts";
export { createEngine, type Sign, type SignatureEngine } from "./evidence/signature.ts";
export { pairKey, type PairVerdict } from "./evidence/state.ts";
export type {
  ApplianceEventDetail,
  Attachment,
  Digest,
  HealRecord,
  Instant,
  LostRun,
  Observation,
  ObservationResult,
  Observed,
  Software,
  Verdict,
} from "./evidence/statement.ts";
export {
  encodeTranscript,
  transcriptAttachment,
  transcriptOutput,
  type TranscriptProgram,
  type TranscriptStep,
} from "./evidence/transcript.ts";
export { firstNeeds, parseFacts } from "./facts/parse.ts";
export type { Facts, Needs, ObservedHost, RawFile } from "./facts/raw-file.ts";
export type { Program, RawOutput } from "./facts/raw-output.ts";
export { matchesGlob } from "./facts/wildcard.ts";
export {
  type Breaker,
  BREAKER_COUNTED_MS,
  breakerAfter,
  breakerBefore,
  type SiteAttempt,
} from "./heal/breaker.ts";
export { decideHeal, type HealDecision, type Telling } from "./heal/decide.ts";
export { isFlapping, withResult } from "./heal/flapping.ts";
export { type BoxStop, effectiveHealing, HEALING_MODES, RISKS } from "./heal/guards.ts";
export { describeHold } from "./heal/hold.ts";
export {
  type AttemptOutcome,
  type HealPair,
  type HealPlan,
  ruleOf,
  runbookOf,
  type Told,
} from "./heal/situation.ts";
export { type ExpressionPlace, expressionPointers } from "./judge/expression-place.ts";
export { type Checkpoint, readCheckpoint } from "./log/checkpoint.ts";
export { durationMs } from "./manifest/duration.ts";
export { contentDigest } from "./requests/content-digest.ts";
export { signRequest, splitTarget } from "./requests/request-signature.ts";
export { readUnit, type UnitState, unitProgram, unitPrograms } from "./runbook/service.ts";
export { bootTargets, unitFilesProgram } from "./runbook/unit-install.ts";
export { applyFileStep, describeStep, stepKind, stepPath } from "./runbook/step.ts";
export {
  type ApplianceReport,
  type BoxCeiling,
  CHECKPOINT_LENGTH,
  FAULTS_REPORTED,
  HELD_REPORTED,
  type HeldPair,
  type Override,
  type ReportedFault,
  type Suspension,
} from "./snapshot/report.ts";
export { freshnessMs } from "./verdict/freshness.ts";
