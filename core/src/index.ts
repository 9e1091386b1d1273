// keys: who may sign what
export {
  type KeyEvent,
  type KeyFacts,
  type KeyHolder,
  type KeyMoment,
  type KeyPeriod,
  type KeyRevocation,
  type KeyRotation,
  type KeyState,
  type SigningKey,
  signingKeys,
} from "./keys/signing-keys.ts";

// enrolment: what two people read to each other
export { controllerFingerprint, enrolmentFingerprint } from "./enrolment/fingerprint.ts";

// lab: what the drills on real machines came to
export { type HealRate, healRate } from "./lab/heal-rate.ts";

// evidence: the format of evidence/FORMAT.md, written and verified
export {
  ASSIGNMENT_TYPE,
  type AssignmentRefusal,
  assignmentSignatureItem,
  type JudgedAssignment,
  type ReadAssignment,
  readAssignment,
  signAssignment,
  sliceDigest,
} from "./evidence/assignment.ts";
export { decodeBase64, encodeBase64 } from "./evidence/base64.ts";
export {
  buildAuthorityEvent,
  buildEvent,
  buildObservation,
  type HeaderInput,
  type ObservationInput,
} from "./evidence/build.ts";
export {
  type CodeText,
  EVIDENCE_TEXTS,
  type EvidenceCode,
  EvidenceError,
  type FindingLevel,
  type FormCode,
} from "./evidence/codes.ts";
export { type Decision, decisionsInForce } from "./evidence/authority.ts";
export { missingInFile } from "./evidence/carried-out.ts";
export type { Bundle, CheckedChain } from "./evidence/chain.ts";
export { keyidOf, type Sha256, sha256Hex } from "./evidence/digest.ts";
export { checkPublicKey, nobleEngine } from "./evidence/ed25519-noble.ts";
export { type SubtleVerifier, webCryptoEngine } from "./evidence/ed25519-webcrypto.ts";
export {
  MAX_ENVELOPE_BYTES,
  preAuthEncoding,
  type ReadEnvelope,
  type Refusal,
  readEnvelope,
  type SealedEnvelope,
  STATEMENT_TYPE,
  sealStatement,
  signatureItem,
} from "./evidence/envelope.ts";
export { createFindings, type Finding } from "./evidence/finding.ts";
export { canonicalBytes, canonicalJson } from "./evidence/jcs.ts";
export {
  checkpointPath,
  ENTRIES_PATH,
  type EvidenceFile,
  envelopePath,
  HEADERS_PATH,
  MANIFEST_PATH,
  policyPath,
  timestampPath,
  attachmentPath,
  type VerifyMode,
} from "./evidence/kit-files.ts";
export { encodeManifest } from "./evidence/kit-manifest.ts";
export { chooseSample, populationOf } from "./evidence/sample.ts";
export {
  createEngine,
  type RawVerify,
  type Sign,
  type SignatureEngine,
  type SignatureItem,
} from "./evidence/signature.ts";
export { applyResults, type PairVerdict, pairKey, type StateMap, stateClaim } from "./evidence/state.ts";
export {
  type ApplianceEvent,
  type ApplianceEventDetail,
  type LostRun,
  type ApplianceHeader,
  type Attachment,
  type AuthorityEvent,
  type AuthorityEventDetail,
  type ChainPlace,
  type ClockClaim,
  type Coverage,
  type Digest,
  type HealLevel,
  type HealOutcome,
  type HealRecord,
  type Instant,
  isObservation,
  type Observation,
  type ObservationResult,
  type Observed,
  type PolicyReference,
  type Predicate,
  type Seen,
  type Software,
  type StateClaim,
  type Statement,
  type Subject,
  type TimeWindow,
  type Verdict,
} from "./evidence/statement.ts";
export {
  encodeTranscript,
  MAX_TRANSCRIPT_BYTES,
  readTranscript,
  type Transcript,
  TRANSCRIPT_CLASS,
  TRANSCRIPT_TYPE,
  transcriptAttachment,
  type TranscriptOutput,
  type TranscriptProgram,
  type TranscriptStep,
} from "./evidence/transcript.ts";
export {
  addedTrust,
  type AuthorityKey,
  type EnrolledKey,
  encodeTrust,
  type ReadTrust,
  readTrust,
  type TrustFile,
  type TrustHead,
  type TrustKey,
  type TrustRefusal,
} from "./evidence/trust.ts";
// requests: what an appliance asks, signed
export { contentDigest } from "./requests/content-digest.ts";
export {
  type ReadRequestSignature,
  readRequestSignature,
  type RequestParts,
  requestSignatureItem,
  type SignatureHeaders,
  signRequest,
  splitTarget,
} from "./requests/request-signature.ts";
// manifest: YAML files to typed documents or diagnostics
export { type DiagnosticCode, diagnosticTexts } from "./errors.ts";
export {
  compareDiagnostics,
  type Diagnostic,
  diagnosticDetails,
  formatDiagnostic,
  type Position,
  type Severity,
} from "./manifest/diagnostic.ts";
export { type AnyDocument, digestOf, type ManifestDocument } from "./manifest/document.ts";
export { durationMs } from "./manifest/duration.ts";
export {
  type ApplianceIdentity,
  enrolAppliance,
  enrolPartner,
  type PartnerIdentity,
} from "./manifest/enrol.ts";
export { type EngagedKillSwitch, readKillSwitch } from "./manifest/kill-switch.ts";
export { loadTree, splitUnits, type Tree, type Unit, type Units } from "./manifest/load-tree.ts";
export { type ParsedFile, parseDocument, type SourceFile } from "./manifest/parse-document.ts";
export {
  decisionPlaceOf,
  isDecisionPath,
  isManifestPath,
  labReportPath,
  type Place,
  placeOf,
} from "./manifest/place.ts";
export { visible } from "./manifest/visible.ts";
export { changedDecisions } from "./decisions/changed-decisions.ts";
export type { DecisionFile, DecisionTree } from "./decisions/decision-tree.ts";
export { judgeDecisions } from "./decisions/judge-decisions.ts";
// graph: what leads to what
export { type AnchorPlan, anchorPlanOf } from "./graph/anchors.ts";
export { buildGraph } from "./graph/build-graph.ts";
export {
  checksOfSite,
  controlsOf,
  type FrameworkNode,
  frameworksOfSite,
  type Graph,
  hostsOfAppliance,
  type Pair,
  type PartnerNode,
  pairsOfAppliance,
  pairsOfHosts,
  type SiteNode,
} from "./graph/graph.ts";
// assignment: everything one appliance must do
export {
  type ApplianceTarget,
  type AssignmentStamp,
  deriveAssignment,
  enrolledAppliances,
} from "./assignment/derive.ts";
export {
  type AssignmentReading,
  type AssignmentRefusalCode,
  encodeAssignment,
  MAX_ASSIGNMENT_BYTES,
  readAssignmentForAgent,
  sameWork,
} from "./assignment/encode.ts";
// heal: which runbook may run for a fail, now, or what holds it back
export {
  type Breaker,
  BREAKER_COUNTED_MS,
  breakerAfter,
  breakerBefore,
  type SiteAttempt,
} from "./heal/breaker.ts";
export { decideHeal, type HealDecision, type Telling } from "./heal/decide.ts";
export { isFlapping, withResult } from "./heal/flapping.ts";
export {
  type BoxLimits,
  type BoxStop,
  type EffectiveHealing,
  effectiveHealing,
  type GuardReason,
  HEALING_MODES,
  RISKS,
} from "./heal/guards.ts";
export { describeHold, type Hold, type HoldCode } from "./heal/hold.ts";
export {
  type AttemptOutcome,
  type HealAttempt,
  type HealPair,
  type HealPlan,
  type HealSituation,
  ruleOf,
  runbookOf,
  type Told,
} from "./heal/situation.ts";
// plan: from what is published to what is desired
export type { Action, AssignmentChange, SetChange, ValueChange } from "./plan/action.ts";
export { describeAction, describeCounts, describePlan, placeName } from "./plan/describe.ts";
export { describeForecast } from "./plan/describe-forecast.ts";
export { type Forecast, type GraphOfPartner, observedPlaces } from "./plan/forecast.ts";
export { healMoves } from "./plan/forecast-heals.ts";
export { scoreMoves } from "./plan/forecast-scores.ts";
export { type DesiredAssignment, plan, renewalDueMs } from "./plan/plan.ts";
export {
  type FormerPlaces,
  type PlannedAction,
  plannedAction,
  type PlanReport,
  type PlanSide,
  type RefusedUnit,
} from "./plan/report.ts";
// snapshot: the portal's only input
export type { ApplianceDoubt } from "./snapshot/appliance-doubts.ts";
export { buildSnapshot, buildStatus } from "./snapshot/build-snapshot.ts";
export { type ChainRecord, type ChainRecorder, createChainRecorder } from "./snapshot/chain-record.ts";
export { SAVED_CHAIN_FORM, type SavedChain } from "./snapshot/chain-state.ts";
export { type Continuation, continuationOf } from "./snapshot/continuation.ts";
export { type FleetFigures, type FleetInput, fleetFigures } from "./snapshot/fleet.ts";
export type { HistoryDay } from "./snapshot/history.ts";
export {
  type AssignmentFacts,
  type Evidence,
  neededAssignments,
  neededBundles,
  type ReceivedReport,
  type SnapshotInput,
  type StatusInput,
} from "./snapshot/input.ts";
export { type SitePart, type SnapshotHead, snapshotLines } from "./snapshot/lines.ts";
export { observedState } from "./snapshot/observed.ts";
export { MAX_OBSERVED_LENGTH, type ObservedReading, readObserved } from "./snapshot/read-observed.ts";
export { type StoredBundle, toldAt } from "./snapshot/recorded-bundles.ts";
export { forEachRow, namedBy, type RecordedRow, type RecordedRows } from "./snapshot/recorded-rows.ts";
export {
  type ApplianceReport,
  type BoxCeiling,
  CHECKPOINT_LENGTH,
  FAULTS_REPORTED,
  HELD_REPORTED,
  type HeldPair,
  type Suspension,
} from "./snapshot/report.ts";
export { type FindSharedEvidence, type SharedEvidence, sharedEvidence } from "./snapshot/shared-evidence.ts";
export type {
  ApplianceState,
  ApplianceView,
  AssignmentFile,
  BundleView,
  ChainView,
  CheckView,
  ControlView,
  FamilyView,
  FormerHost,
  FrameworkView,
  HealView,
  HostView,
  Notice,
  AnchorsView,
  AnchorView,
  LogView,
  PartnerView,
  PublishedAssignment,
  HeldView,
  ResultView,
  RuleView,
  SiteState,
  SiteView,
  Snapshot,
  StatusView,
  WitnessesView,
  WitnessSight,
} from "./snapshot/snapshot.ts";
// verdict: what verdicts come to
export { type ControlIndex, indexControls, indexViews } from "./verdict/control-index.ts";
export { freshnessMs, freshUntilMs } from "./verdict/freshness.ts";
export { type Score, scoreOf, sumOfScores, WORST_FIRST } from "./verdict/score.ts";
export {
  type ControlCounts,
  type ControlState,
  type ControlStatus,
  controlsLookedAt,
  controlStatuses,
  type HostCheck,
  partnerStatus,
  type SiteStatus,
  siteStatus,
  type Status,
} from "./verdict/status.ts";
// end of the domain's exports
// facts: what was collected, read as the programs read it
export { firstNeeds, parseFacts } from "./facts/parse.ts";
export {
  type Facts,
  type FactsReason,
  type FactsResult,
  type FactValue,
  type Needs,
  type ObservedHost,
  type RawFile,
  type RawRows,
} from "./facts/raw-file.ts";
export { type Program, type RawOutput } from "./facts/raw-output.ts";
export { matchesGlob } from "./facts/wildcard.ts";
// judge: facts to verdicts
export { type Evaluation, evaluateCheck, type JudgeReason, ruleApplies } from "./judge/evaluate.ts";
export { type CelCompilation, compileCel } from "./judge/expression.ts";
// runbook: what a step makes of a file or a unit
export { readUnit, type UnitState, unitProgram, unitPrograms } from "./runbook/service.ts";
export {
  applyFileStep,
  type FileChange,
  type FileState,
  type StepKind,
  stepKind,
  stepPath,
} from "./runbook/step.ts";
// end of facts, judge and runbook
export {
  type Checked,
  type Unchecked,
  type Verification,
  verifyBundles,
  type VerifyInput,
} from "./evidence/verify.ts";

// kit: a site's evidence as one file
export { compareKits, type GivenKit } from "./kit/compare-kits.ts";
export { openKit, verifyKit } from "./kit/verify-kit.ts";
export { encodeZip } from "./kit/encode-zip.ts";
export { readZip } from "./kit/read-zip.ts";
export { isZip } from "./kit/zip-form.ts";

// log: the tree of RFC 6962 and the C2SP formats around it
export {
  type Checkpoint,
  checkpointText,
  isSignedByLog,
  readCheckpoint,
  type SignedCheckpoint,
  signCheckpoint,
} from "./log/checkpoint.ts";
export { witnessedSize } from "./evidence/judge-witnesses.ts";
export {
  type Cosignature,
  type CosignatureLine,
  cosign,
  cosignatureLines,
  cosignaturesOf,
} from "./log/cosignature.ts";
export { type FollowOn, type FollowOnRefusal, judgeFollowOn, type Views } from "./log/follow-on.ts";
export {
  encodeNote,
  encodeVerifierKey,
  MAX_NOTE_BYTES,
  NOTE_TYPES,
  type Note,
  type NoteKey,
  type NoteSignature,
  noteKeyId,
  type Read,
  readNote,
  readVerifierKey,
  signaturesBy,
} from "./log/note.ts";
export { encodePolicy } from "./log/policy.ts";
export {
  consistencyProof,
  inclusionProof,
  type NodeAt,
  rootAt,
  type TreeHead,
  verifyConsistency,
  verifyInclusion,
} from "./log/proof.ts";
export {
  type ConsistencyFile,
  encodeConsistencyFile,
  encodeLoggedProof,
  type LoggedProof,
  readConsistencyFile,
  readLoggedProof,
} from "./log/proof-files.ts";
export {
  consistencyRanges,
  inclusionRanges,
  type LeafRange,
  type NodePlace,
  placesOf,
} from "./log/ranges.ts";
export type { ReadTile } from "./log/tile-nodes.ts";
export {
  encodeEntryTile,
  encodeHashTile,
  hasTile,
  readTilePath,
  TILE_LEVELS,
  TILE_WIDTH,
  type Tile,
  tileNodes,
  tilePath,
} from "./log/tiles.ts";
export {
  emptyRoot,
  foldPeaks,
  type HashBytes,
  leafHash,
  nodeHash,
  TreeEdge,
  type TreeNode,
} from "./log/tree.ts";

// ots: OpenTimestamps, read, written, derived and held against block headers
export type { Attestation } from "./ots/attestation.ts";
export {
  type BlockHeader,
  commitsTo,
  HEADER_BYTES,
  hasWork,
  type PowLimit,
  readBlockHeader,
} from "./ots/block-header.ts";
export { deriveOts, type LoggedDigest } from "./ots/derive.ts";
export { extendTimestamp } from "./ots/extend.ts";
export { mainnetLimit } from "./ots/mainnet-limit.ts";
export {
  type BlockJudgement,
  type BlockPin,
  type BlockStanding,
  type GivenBlocks,
  judgeBlocks,
} from "./ots/judge-blocks.ts";
export {
  type Attested,
  attestedMessages,
  encodeOts,
  encodeTimestamp,
  MAX_OTS_BYTES,
  mergeTimestamps,
  type OtsCode,
  type ReadTimestamp,
  readOts,
  readTimestamp,
  type Timestamp,
} from "./ots/timestamp.ts";
