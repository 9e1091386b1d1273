import {
  validateAppliance,
  validateAssignment,
  validateCheck,
  validateControlFamily,
  validateDrill,
  validateFramework,
  validateLabReport,
  validateObservedState,
  validatePartner,
  validatePreset,
  validateRule,
  validateRunbook,
  validateSite,
} from "./generated/validators.js";
import type { Validate } from "./generated/validators.js";
import type { Manifest } from "./kinds.ts";

export type { SchemaError, Validate } from "./generated/validators.js";
export type {
  ApplianceSpec,
  Assignment,
  AssignmentHealing,
  AssignmentHost,
  CheckSpec,
  Collect,
  Control,
  ControlFamilySpec,
  DeclaredWindow,
  DrillSpec,
  FrameworkSpec,
  HealingMode,
  Host,
  KillSwitch,
  LabDrill,
  LabMachine,
  LabReport,
  ObservedAppliance,
  ObservedHeal,
  ObservedPartner,
  ObservedResult,
  ObservedSite,
  ObservedState,
  PartnerSpec,
  Platform,
  RecordField,
  Review,
  Risk,
  RuleSpec,
  RunbookSpec,
  SiteSpec,
  SiteWindow,
  Step,
  Transport,
  UndoStep,
} from "./generated/types.ts";
export { kinds } from "./kinds.ts";
export type { Kind, Manifest, SpecOf } from "./kinds.ts";

/** The validator of each kind of document. It checks one document's form, nothing across files. */
export const validators: Readonly<Record<Manifest["kind"], Validate>> = {
  Framework: validateFramework,
  ControlFamily: validateControlFamily,
  Preset: validatePreset,
  Check: validateCheck,
  Rule: validateRule,
  Runbook: validateRunbook,
  Drill: validateDrill,
  Partner: validatePartner,
  Site: validateSite,
  Appliance: validateAppliance,
};

/** The validator of an assignment, for the appliance that reads one. */
export const assignmentValidator: Validate = validateAssignment;

/** The validator of what `compline status --snapshot` writes, for `compline plan`. */
export const observedValidator: Validate = validateObservedState;

/** The validator of what `npm run lab` writes. */
export const labReportValidator: Validate = validateLabReport;
