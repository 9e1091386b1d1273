// What a command needs that judges a change: `@compline/core/change`. All of core loads the expression language, which
// takes longer than all else that such a command does.
export { diagnosticTexts } from "../errors.ts";
export { structureOf } from "../graph/structure.ts";
export { diagnosticDetails, formatDiagnostic } from "../manifest/diagnostic.ts";
export { isDecisionPath, isManifestPath } from "../manifest/place.ts";
export { visible } from "../manifest/visible.ts";
export { bringsNothing, type FindFaults } from "./judge-change.ts";
export type { ChangedFile } from "./read-change.ts";
export type { TextSearch } from "./searches.ts";
export { type Survey, surveyChange } from "./survey.ts";
